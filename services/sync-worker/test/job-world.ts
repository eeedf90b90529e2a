/** The jobs' ports on models: the store and the states in memory, the queues with visibility, time of the simulation. */
import { allKinds } from "@octally/model/own/registry";
import { kinds } from "@octally/model/registry";
import type { Bucket } from "@octally/shared/bucket";
import type { QueueMessage } from "@octally/shared/delivery";
import { PermanentError } from "@octally/shared/errors";
import type { Queue } from "@octally/shared/queue";
import { toJobMessage, type SyncJob } from "@octally/shared/sync-job";
import { makeMemoryLibrary } from "../../../packages/store/test/memory-library.ts";
import { makeMemoryRuns } from "../../../packages/store/test/memory-runs.ts";
import { makeMemoryStateStore, type MemoryStateStore } from "../../../packages/store/test/memory-state-store.ts";
import { makeMemoryStore, type MemoryStore } from "../../../packages/store/test/memory-store.ts";
import { isQueueText } from "../../webhook-intake/src/core/queue-text.ts";
import type { QueueRecord } from "../src/core/queue-record.ts";
import { parsePart, PART_KIND, type PartState } from "../src/core/part-state.ts";
import type { JobPorts } from "../src/job-ports.ts";
import { processDeliveries, type BatchReport } from "../src/process-deliveries.ts";
import { processJobs } from "../src/process-jobs.ts";
import { silent } from "./local-worker.ts";
import type { SimulatedGitHub } from "./simulated-github.ts";

type Waiting = { readonly id: string; readonly message: QueueMessage; visibleAtMs: number; receives: number };

export type MemoryQueue = Pick<Queue, "sendAll" | "changeVisibility"> & {
  readonly receive: (most: number, visibilityMs: number) => readonly QueueRecord[];
  readonly remove: (ids: readonly string[]) => void;
  readonly nextAtMs: () => number | undefined;
  /** How many messages were sent, each counted once. */
  readonly sent: () => number;
  readonly size: () => number;
  readonly bodies: () => readonly string[];
};

export function makeMemoryQueue(name: string, nowMs: () => number, { doubles = () => false }: { readonly doubles?: () => boolean } = {}): MemoryQueue {
  let next = 0;
  let sent = 0;
  const waiting = new Map<string, Waiting>();
  const add = (message: QueueMessage): void => {
    const id = `${name}-${(next += 1)}`;
    waiting.set(id, { id, message, visibleAtMs: nowMs(), receives: 0 });
  };
  return {
    async sendAll(messages) {
      await Promise.resolve();
      for (const message of messages) {
        if (!isQueueText(message.body)) throw new PermanentError("queue-refuses-content", message.body);
        sent += 1;
        add(message);
        if (doubles()) add(message);
      }
    },
    async changeVisibility(changes) {
      await Promise.resolve();
      for (const { receiptHandle, seconds } of changes) {
        const found = waiting.get(receiptHandle);
        if (found !== undefined) found.visibleAtMs = nowMs() + seconds * 1000;
      }
    },
    receive(most, visibilityMs) {
      const taken = [...waiting.values()].filter(({ visibleAtMs }) => visibleAtMs <= nowMs()).slice(0, most);
      return taken.map((one) => {
        one.visibleAtMs = nowMs() + visibilityMs;
        one.receives += 1;
        return { ...one.message, messageId: one.id, receiptHandle: one.id, receiveCount: one.receives };
      });
    },
    remove: (ids) => {
      for (const id of ids) waiting.delete(id);
    },
    nextAtMs: () => [...waiting.values()].map(({ visibleAtMs }) => visibleAtMs).toSorted((a, b) => a - b)[0],
    sent: () => sent,
    size: () => waiting.size,
    bodies: () => [...waiting.values()].map(({ message }) => message.body),
  };
}

export type JobWorld = {
  readonly ports: JobPorts;
  readonly store: MemoryStore;
  readonly states: MemoryStateStore;
  readonly backfillJobs: MemoryQueue;
  readonly syncJobs: MemoryQueue;
  /** What webhooks brought: it is worked on before the jobs. */
  readonly deliveries: MemoryQueue;
  readonly parts: () => readonly PartState[];
  readonly send: (job: SyncJob) => Promise<void>;
  /** Works until the queues are empty. */
  readonly drain: (options?: DrainOptions) => Promise<void>;
};

export type DrainOptions = {
  /** Whether something may still come into empty queues. */
  readonly more?: () => boolean;
  readonly lanes?: number;
  readonly batchSize?: number;
  readonly timeMs?: number;
  /** After how many calls of its ports an invocation's process is killed; undefined: not at all. */
  readonly killAfter?: () => number | undefined;
};

const VISIBILITY_MS = 60_000;
/** How long nobody looks again where nothing is to be expected at a certain time. */
const IDLE_MS = 1000;

export type JobWorldOptions = { readonly doubles?: () => boolean; /** Instead of models: then `store`, `states` and `parts` of the world hold nothing. */ readonly parts?: Pick<JobPorts, "store" | "states" | "library" | "runs"> };

export function makeJobWorld(simulated: SimulatedGitHub, { doubles, parts }: JobWorldOptions = {}): JobWorld {
  const { nowMs } = simulated.timing;
  const queueOptions = doubles === undefined ? {} : { doubles };
  const [backfillJobs, syncJobs, deliveries] = [makeMemoryQueue("backfill", nowMs, queueOptions), makeMemoryQueue("sync", nowMs, queueOptions), makeMemoryQueue("deliveries", nowMs, queueOptions)];
  const store = makeMemoryStore(allKinds);
  const states = makeMemoryStateStore();
  const dead: QueueMessage[] = [];
  const bucket = makeMemoryBucket();
  const ports: JobPorts = {
    kinds,
    github: simulated.github,
    store,
    states,
    runs: makeMemoryRuns(states),
    library: makeMemoryLibrary(store),
    syncJobs,
    backfillJobs,
    deliveries,
    deadLetters: { sendAll: async (messages) => void dead.push(...messages) },
    bucket,
    clock: () => new Date(nowMs()),
    random: () => 0.5,
    log: silent,
    ...parts,
  };

  async function invoke(queue: MemoryQueue, name: string, { batchSize = 4, timeMs = 20_000, killAfter = () => undefined }: DrainOptions): Promise<boolean> {
    const records = queue.receive(batchSize, VISIBILITY_MS);
    if (records.length === 0) return false;
    const process = mortal({ ports, queue }, killAfter());
    const report = await processJobs(process.ports, { records, queue: process.queue, queueName: name, timeMs });
    if (!process.isDead()) queue.remove(doneOf(report));
    return true;
  }

  async function invokeDeliveries({ killAfter = () => undefined }: DrainOptions): Promise<boolean> {
    const records = deliveries.receive(10, VISIBILITY_MS);
    if (records.length === 0) return false;
    const process = mortal({ ports, queue: deliveries }, killAfter());
    const report = await processDeliveries({ ...process.ports, jobs: process.ports.syncJobs, deliveries: process.queue }, records);
    if (!process.isDead()) deliveries.remove(doneOf(report));
    return true;
  }

  async function lane(options: DrainOptions): Promise<void> {
    const { more = () => false } = options;
    while (deliveries.size() + syncJobs.size() + backfillJobs.size() > 0 || more()) {
      if (await invokeDeliveries(options)) continue;
      if (await invoke(syncJobs, "sync-jobs", options)) continue;
      if (await invoke(backfillJobs, "backfill-jobs", options)) continue;
      const nextAt = Math.min(...[deliveries, syncJobs, backfillJobs].map((queue) => queue.nextAtMs() ?? Infinity));
      await simulated.timing.sleep(nextAt === Infinity ? IDLE_MS : Math.max(100, nextAt - nowMs()), new AbortController().signal);
    }
  }

  return {
    ports,
    store,
    states,
    backfillJobs,
    syncJobs,
    deliveries,
    parts: () => states.all(PART_KIND).map(({ document }) => parsePart(document)),
    send: (job) => backfillJobs.sendAll([toJobMessage(job)]),
    drain: async (options = {}) => {
      await simulated.run(Promise.all(Array.from({ length: options.lanes ?? 2 }, () => lane(options))));
      if (dead.length > 0) throw new Error(`Dead letters: ${dead.map(({ body, attributes }) => `${attributes["dead_letter_reason"] ?? ""} ${body}`).join("\n")}`);
    },
  };
}

function doneOf(report: BatchReport): readonly string[] {
  return [...report].flatMap(([record, verdict]) => (verdict.is === "retry" ? [] : [record.receiptHandle]));
}

export function makeMemoryBucket(): Bucket {
  const objects = new Map<string, Uint8Array>();
  return {
    name: "memory",
    put: async (key, body) => void objects.set(key, body),
    get: async (key) => {
      const found = objects.get(key);
      if (found === undefined) throw new PermanentError("no-such-object", key);
      return Promise.resolve(found);
    },
    async *list(prefix) {
      yield* [...objects.keys()].filter((key) => key.startsWith(prefix)).toSorted();
    },
  };
}

type Process = { readonly ports: JobPorts; readonly queue: Pick<MemoryQueue, "changeVisibility"> };

/** From a call on nothing that the process does has any effect: it is dead, and does not know it. That call itself may have had its effect. */
function mortal({ ports, queue }: Process, killAfter: number | undefined): Process & { readonly isDead: () => boolean } {
  if (killAfter === undefined) return { ports, queue, isDead: () => false };
  let left = killAfter;
  const guard = <A extends readonly unknown[], R>(call: (...args: A) => Promise<R>): ((...args: A) => Promise<R>) => async (...args) => {
    if (left <= 0) throw new Error("killed");
    left -= 1;
    const result = await call(...args);
    if (left <= 0) throw new Error("killed");
    return result;
  };
  const sending = (one: Pick<Queue, "sendAll">): Pick<Queue, "sendAll"> => ({ sendAll: guard(one.sendAll) });
  return {
    isDead: () => left <= 0,
    queue: { changeVisibility: guard(queue.changeVisibility) },
    ports: {
      ...ports,
      store: { write: guard(ports.store.write) },
      states: { read: guard(ports.states.read), put: guard(ports.states.put) },
      github: { ...ports.github, clientFor: guard(ports.github.clientFor) },
      syncJobs: sending(ports.syncJobs),
      backfillJobs: sending(ports.backfillJobs),
      deadLetters: sending(ports.deadLetters),
    },
  };
}
