/** The whole of it on models: a simulated GitHub that delivers, the worker's deliveries and jobs, the checker; store, states and queues in memory. */
import { kinds } from "@octally/model/registry";
import { toDeliveryMessage, type QueueMessage } from "@octally/shared/delivery";
import { parseSyncJob, type SyncJob } from "@octally/shared/sync-job";
import { makeMemoryBucket } from "../../../packages/shared/test/memory-bucket.ts";
import { makeMemoryRuns } from "../../../packages/store/test/memory-runs.ts";
import type { WorkerPorts } from "../../sync-worker/src/ports.ts";
import { processDeliveries } from "../../sync-worker/src/process-deliveries.ts";
import { startNew } from "../../sync-worker/src/look-for-new.ts";
import { makeJobWorld, makeMemoryQueue, type JobWorld } from "../../sync-worker/test/job-world.ts";
import { silent } from "../../sync-worker/test/local-worker.ts";
import { inlineBody } from "../../sync-worker/test/simulated-webhooks.ts";
import { simulateGitHub, type SimulatedGitHub, type SimulatedOptions } from "../../sync-worker/test/simulated-github.ts";
import { checkCompleteness, type Check, type CheckOptions, type Completeness } from "../src/check-completeness.ts";
import type { Coverage } from "../src/core/coverage.ts";
import type { CheckerPorts } from "../src/ports.ts";
import { memoryMirrorStore, type MirrorStore } from "./mirror-store.ts";

export const HOUR = 3_600_000;
export const WEBHOOK_URL = "https://octally.example.org/webhooks/github";
export const SOURCE = "octo-demo";

export type MirrorOptions = SimulatedOptions & {
  /** How long a delivery takes from GitHub to the queue. */
  readonly lateMs?: () => number;
  /** What is loaded and checked. Default: the organisation. */
  readonly sourceOf?: (simulated: SimulatedGitHub) => string;
  /** Default: the model. */
  readonly storeOf?: (simulated: SimulatedGitHub) => MirrorStore;
};

export type Mirror = {
  readonly simulated: SimulatedGitHub;
  readonly jobs: JobWorld;
  readonly stored: MirrorStore;
  readonly checker: CheckerPorts;
  /** What GitHub's deliveries meet: nobody, while it is closed. */
  readonly way: { open: boolean };
  /** All kinds, or those that are named. */
  readonly load: (names?: readonly string[]) => Promise<void>;
  /** Begins a load of what was never loaded; the work is still to be done. */
  readonly discover: () => Promise<void>;
  /** What is due stands in the queue, and nobody works on it. */
  readonly arrive: () => Promise<void>;
  /** What has arrived becomes documents; gives how many deliveries. */
  readonly receive: () => Promise<number>;
  /** All jobs that wait, and the deliveries that they bring. */
  readonly work: () => Promise<void>;
  /** Deliveries that have not become documents. */
  readonly waiting: () => number;
  readonly check: (checks: readonly Check[], options?: Partial<CheckOptions>) => Promise<Completeness>;
  /** Time passes at GitHub, and what happens in it is delivered. */
  readonly pass: (ms: number) => Promise<void>;
  /** Jobs that were sent since the last call. */
  readonly ordered: () => readonly SyncJob[];
};

export function makeMirror({ lateMs = () => 0, sourceOf, storeOf, ...options }: MirrorOptions = {}): Mirror {
  const way = { open: true };
  let arriving: { readonly atMs: number; readonly message: QueueMessage }[] = [];
  const receivers = new Map([[WEBHOOK_URL, ({ headers, body }: { readonly headers: Readonly<Record<string, string>>; readonly body: string }) => {
    if (!way.open) return { status: 503 };
    arriving.push({ atMs: nowMs() + lateMs(), message: toMessage(headers, body, new Date(nowMs()).toISOString()) });
    return { status: 202 };
  }]]);
  const simulated = simulateGitHub({ receivers, ...options });
  const { nowMs } = simulated.timing;
  const source = sourceOf?.(simulated) ?? SOURCE;
  const jobs = makeJobWorld(simulated);
  const deliveries = makeMemoryQueue("deliveries", nowMs);
  const orders: SyncJob[] = [];
  const ordering: CheckerPorts["jobs"] = {
    sendAll: async (messages) => {
      orders.push(...messages.map(({ body }) => parseSyncJob(body)));
      await jobs.syncJobs.sendAll(messages);
    },
  };
  const stored = storeOf?.(simulated) ?? memoryMirrorStore(jobs);
  Object.assign(jobs.ports, { ...stored.ports, deliveries });
  const { bucket, clock, store } = { ...jobs.ports, bucket: makeMemoryBucket() };
  const dead: QueueMessage[] = [];
  const worker: WorkerPorts = { kinds, store, bucket, deliveries, deadLetters: { sendAll: async (messages) => void dead.push(...messages) }, jobs: jobs.syncJobs, clock, random: () => 0.5, log: silent };
  const checker = checkerOf(simulated, jobs.ports, stored, ordering, () => Promise.resolve(deliveries.size() + jobs.syncJobs.size()));

  async function arrive(): Promise<void> {
    await simulated.settle();
    const come = arriving.filter(({ atMs }) => atMs <= nowMs());
    arriving = arriving.filter(({ atMs }) => atMs > nowMs());
    await deliveries.sendAll(come.map(({ message }) => message));
  }

  async function receive(): Promise<number> {
    await arrive();
    let done = 0;
    for (let records = deliveries.receive(100, 60_000); records.length > 0; records = deliveries.receive(100, 60_000)) {
      const report = await processDeliveries(worker, records);
      deliveries.remove([...report].flatMap(([record, verdict]) => (verdict.is === "retry" ? [] : [record.receiptHandle])));
      done += records.length;
    }
    if (dead.length > 0) throw new Error(`Dead letters: ${dead.map(({ body, attributes }) => `${attributes["reason"] ?? ""} ${body.slice(0, 300)}`).join("\n")}`);
    return done;
  }

  return {
    simulated,
    jobs,
    stored,
    checker,
    way,
    load: (names) => load(jobs, source, names),
    discover: async () => void (await startNew({ states: jobs.states, runs: makeMemoryRuns(jobs.states), backfillJobs: jobs.backfillJobs, clock, reader: checker.reader, kinds: kinds.map(({ name }) => name) }, [source])),
    arrive,
    receive,
    work: async () => {
      do await jobs.drain();
      while ((await receive()) > 0 || jobs.syncJobs.size() + jobs.backfillJobs.size() > 0);
    },
    waiting: () => arriving.length + deliveries.size(),
    check: (checks, more = {}) => simulated.run(checkCompleteness(checker, { checks, sources: [source], full: false, repair: true, auditDays: 30, mostRepairs: 5000, webhookUrl: WEBHOOK_URL, timeMs: 120_000, ...more })),
    pass: async (ms) => {
      simulated.playTo(simulated.clock.now() + ms);
      await simulated.settle();
    },
    ordered: () => orders.splice(0),
  };
}

async function load(jobs: JobWorld, source: string, names: readonly string[] = kinds.map(({ name }) => name)): Promise<void> {
  await jobs.send({ type: "discover", run: "r1", part: `r1:${source}`, turn: 0, source, since: null, until: null, kinds: [...names] });
  await jobs.drain();
}

/** What a load from nothing gives at this moment. */
export async function loadAnew(simulated: SimulatedGitHub): Promise<JobWorld> {
  const jobs = makeJobWorld(simulated);
  await load(jobs, SOURCE);
  return jobs;
}

/** The checker on what the worker of these ports writes. */
function checkerOf({ github }: Pick<SimulatedGitHub, "github">, { store, clock, log }: JobWorld["ports"], { reader, states }: MirrorStore, jobs: CheckerPorts["jobs"], backlog: CheckerPorts["backlog"]): CheckerPorts {
  return { kinds, github, reader, states, store, jobs, backlog, clock, log };
}

function toMessage(headers: Readonly<Record<string, string>>, body: string, receivedAt: string): QueueMessage {
  const of = (name: string): string | null => headers[name] ?? null;
  return toDeliveryMessage({ guid: of("X-GitHub-Delivery") ?? "", hookId: of("X-GitHub-Hook-ID") ?? "0", event: of("X-GitHub-Event") ?? "", targetType: of("X-GitHub-Hook-Installation-Target-Type"), targetId: of("X-GitHub-Hook-Installation-Target-ID"), contentType: "application/json", receivedAt, body: inlineBody(body) });
}

/** The kinds that GitHub lists: what is damaged of them can be found. */
export const LISTED_KINDS = kinds.filter(({ sources: { inventory } }) => inventory.by !== "nothing").map(({ name }) => name);

/** Every document that is not deleted, by kind and id. `whole`: with how and when it was seen. */
export async function documentsIn({ entries }: Pick<MirrorStore, "entries">, { whole = false, of = kinds.map(({ name }) => name) }: { readonly whole?: boolean; readonly of?: readonly string[] } = {}): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const kind of of)
    for await (const { id, deletedAt, source } of entries(kind)) {
      if (deletedAt !== null) continue;
      const { octally, ...document } = source();
      found.set(`${kind} ${id}`, JSON.stringify(whole ? { ...document, octally } : document));
    }
  return found;
}

export type Difference = { readonly name: string; readonly is: string; readonly was: string };

export function differences(have: ReadonlyMap<string, string>, want: ReadonlyMap<string, string>): readonly Difference[] {
  const names = new Set([...have.keys(), ...want.keys()]);
  return [...names].filter((name) => have.get(name) !== want.get(name)).map((name) => ({ name, is: have.get(name) ?? "nothing", was: want.get(name) ?? "nothing" }));
}

export function openOnes(coverages: readonly Coverage[]): readonly string[] {
  return coverages.filter(({ status }) => status !== "complete" && status !== "not-countable").map(({ kind, repository, status, expected, stored, stale, reason, permission }) => `${repository?.name_with_owner ?? ""} ${kind} ${expected ?? "-"}/${stored} stale ${stale ?? "-"} ${status} ${permission ?? ""} ${reason ?? ""}`);
}
