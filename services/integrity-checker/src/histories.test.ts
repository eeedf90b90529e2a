/** What was missed altogether comes back by the checks and the worker alone: every document equals that of a fresh load. */
import { expect, test } from "@jest/globals";
import { kinds } from "@octally/model/registry";
import { makeMemoryReader } from "../../../packages/store/test/memory-reader.ts";
import { makeJobWorld, type JobWorld } from "../../sync-worker/test/job-world.ts";
import { simulateGitHub, type SimulatedGitHub } from "../../sync-worker/test/simulated-github.ts";
import { checkAudit } from "./check-audit.ts";
import { checkCounts, type CountsReport } from "./check-counts.ts";
import type { CheckerPorts } from "./ports.ts";

const HOUR = 3_600_000;
const SOURCES = ["octo-demo"];
const [first = 1, many = 2] = (process.env["OCTALLY_HISTORY_SEEDS"] ?? "").split("+").filter((text) => text !== "").map(Number);

/** GitHub has no list of them, or makes them anew each day. */
const COMPARED = kinds.filter(({ sources: { inventory } }) => inventory.by !== "nothing").map(({ name }) => name);

function portsOf(simulated: SimulatedGitHub, { store, states, syncJobs, ports }: JobWorld): CheckerPorts {
  const sources = (kind: string): readonly string[] => [...store.sources(kind), ...states.all(kind).map(({ document }) => `states ${JSON.stringify(document["id"])} ${JSON.stringify(document)}`)];
  return {
    kinds,
    github: simulated.github,
    reader: makeMemoryReader({ sources }),
    states: {
      put: states.put,
      read: async (kind, ids) => new Map([...(await states.read(kind, ids)), ...ids.flatMap((id) => (store.sourceOf(kind, id) === undefined ? [] : [[id, { document: store.sourceOf(kind, id) as never, state: { seqNo: 0, primaryTerm: 0 } }] as const]))]),
    },
    store,
    jobs: syncJobs,
    backlog: () => Promise.resolve(0),
    clock: ports.clock,
    log: ports.log,
  };
}

async function load(simulated: SimulatedGitHub): Promise<JobWorld> {
  const world = makeJobWorld(simulated);
  await world.send({ type: "discover", run: "r1", part: "r1:octo-demo", turn: 0, source: "octo-demo", since: null, until: null, kinds: kinds.map(({ name }) => name) });
  await world.drain();
  return world;
}

/** Without what says how it was seen. */
function documents({ store }: JobWorld): readonly string[] {
  return COMPARED.flatMap((kind) =>
    store.sources(kind).flatMap((line) => {
      const [, id = "", text = "{}"] = /^\S+ (.*?) (\{.*)$/s.exec(line) ?? [];
      const { octally, ...document } = JSON.parse(text) as { readonly octally: { readonly deleted: boolean } };
      return octally.deleted ? [] : [`${kind} ${id} ${JSON.stringify(document)}`];
    }),
  );
}

test.each(Array.from({ length: many }, (_, index) => first + index))("seed %i: weeks without any webhook, and then the checks", async (seed) => {
  const simulated = simulateGitHub({ repositories: 3, pullRequests: 60, seed, from: "beginning" });
  const { start, end } = simulated.options;
  simulated.playTo(start + (end - start) * 0.8);
  const world = await load(simulated);
  simulated.playTo(end);
  const ports = portsOf(simulated, world);
  let report: CountsReport | undefined;
  for (let hour = 0; hour < 8; hour += 1) {
    simulated.clock.moveTo(simulated.clock.now() + HOUR);
    report = await simulated.run(checkCounts(ports, { sources: SOURCES, repair: true, mostRepairs: 500, timeMs: 60_000 }));
    if (hour === 2) await checkAudit(ports, { sources: SOURCES, days: 30, full: true });
    await world.drain();
  }
  const openOnes = report?.coverages.filter(({ status }) => status !== "complete" && status !== "not-countable").map(({ kind, status, reason, expected, stored, repository }) => `${repository?.name_with_owner ?? ""} ${kind} ${expected ?? "-"}/${stored} ${status} ${reason ?? ""}`);
  const fresh = await load(simulated);
  const [have, want] = [new Set(documents(world)), new Set(documents(fresh))];
  expect({ open: openOnes, missing: [...want].filter((line) => !have.has(line)).slice(0, 6), surplus: [...have].filter((line) => !want.has(line)).slice(0, 6) }).toEqual({ open: [], missing: [], surplus: [] });
  expect(simulated.violations()).toBe(0);
}, 120_000);
