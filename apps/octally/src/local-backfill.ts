/** Composition: a backfill of the local system, begun and watched. */
import { kinds } from "@octally/model/registry";
import { allKinds } from "@octally/model/own/registry";
import { systemClock } from "@octally/shared/clock";
import { ConfigError } from "@octally/shared/errors";
import { textAt } from "@octally/shared/json";
import { makeQueue } from "@octally/shared/queue";
import { makeStoreClient } from "@octally/store/client";
import { makeRunReads, type RunReads } from "@octally/store/runs";
import { makeStateStore } from "@octally/store/state";
import type { RunSpecification } from "@octally/sync-worker/core/run";
import { closeRun } from "@octally/sync-worker/close-run";
import { startRun, type StartedRun, type StartOptions } from "@octally/sync-worker/start-run";
import type { Addresses } from "./core/instance-plan.ts";
import { makeLocalSqsClient } from "./edges/local-clients.ts";

export type FirstLoad = { readonly source: string; readonly run: string };

export type LocalBackfill = {
  readonly start: (specification: RunSpecification, reason: string, options?: StartOptions) => Promise<StartedRun>;
  /** For each source that was never loaded; gives the loads of all of them by source, also those that are over. */
  readonly startFirst: (sources: readonly string[]) => Promise<readonly FirstLoad[]>;
  readonly progressOf: RunReads["progressOf"];
  /** What the run's document says of its end: `done`, `failed` or `cannot-see`, and why; `running` while it has none. */
  readonly endOf: (run: string) => Promise<{ readonly state: string; readonly reason: string }>;
  readonly close: () => Promise<void>;
};

export function makeLocalBackfill(addresses: Addresses): LocalBackfill {
  const client = makeStoreClient(addresses.opensearch_url);
  const sqs = makeLocalSqsClient(addresses.queue_endpoint);
  const reads = makeRunReads(client);
  const ports = { runs: reads, states: makeStateStore(client, allKinds), backfillJobs: makeQueue(sqs, addresses.queue_urls.backfill_jobs), clock: systemClock };
  return {
    start: (specification, reason, options) => startRun(ports, specification, reason, options),
    startFirst: async (sources) => {
      const loads: FirstLoad[] = [];
      for (const source of sources) loads.push({ source, run: (await startRun(ports, { sources: [source], kinds: parseKinds(undefined), since: null, until: null }, "a new source", { again: false })).run });
      return loads;
    },
    progressOf: reads.progressOf,
    endOf: async (run) => {
      // Whoever ended its last part may just be about to.
      await closeRun(ports, run);
      const document = (await ports.states.read("sync-run", [run])).get(run)?.document;
      return { state: textAt(document, "state") ?? "running", reason: textAt(document, "reason") ?? "" };
    },
    close: async () => {
      sqs.destroy();
      await client.close();
    },
  };
}

/** What can be loaded at all, or of it what was asked for. @throws ConfigError */
export function parseKinds(given: string | undefined): readonly string[] {
  const all = kinds.map(({ name }) => name);
  if (given === undefined) return all;
  const names = given.split(",").map((name) => name.trim()).filter((name) => name !== "");
  const unknown = names.filter((name) => !all.includes(name));
  if (unknown.length > 0 || names.length === 0) throw new ConfigError(`${unknown.length === 0 ? "--kinds names none" : `There is no kind ${unknown.join(", ")}`}. There are: ${all.join(", ")}.`);
  return names;
}
