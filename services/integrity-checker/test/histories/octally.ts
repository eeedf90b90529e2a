/** Octally as it runs: intake, both workers and the checker, each a process that may be killed, on models of the queue and the store. */
import { connect, type Connections } from "@octally/github/connect";
import type { Fetch } from "@octally/github/transport";
import { Random } from "@octally/github-simulator/history/random";
import type { Receiver } from "@octally/github-simulator/webhooks/deliver-send";
import { kinds } from "@octally/model/registry";
import type { Bucket } from "@octally/shared/bucket";
import { toAppError } from "@octally/shared/errors";
import type { JobPorts } from "../../../sync-worker/src/job-ports.ts";
import { processDeliveries } from "../../../sync-worker/src/process-deliveries.ts";
import { processJobs } from "../../../sync-worker/src/process-jobs.ts";
import { startRun } from "../../../sync-worker/src/start-run.ts";
import { checkCompleteness, type Check } from "../../src/check-completeness.ts";
import type { CheckerPorts } from "../../src/ports.ts";
import { makeIntake, WEBHOOK_URL } from "./intake.ts";
import { makeLedger, type Ledger } from "./ledger.ts";
import { makeProcess, type Neighbour, type Process, type Troubles } from "./mortal.ts";
import type { Parts } from "./parts.ts";
import type { HistoryQueue } from "./queue.ts";
import type { Time } from "./time.ts";

export type OctallyOptions = {
  readonly name: string;
  readonly token: string;
  readonly fetch: Fetch;
  readonly time: Time;
  readonly source: string;
  /** What goes wrong now. */
  readonly troubles: { readonly isDown: (what: Neighbour | "intake") => boolean; readonly failing: () => number; readonly killed: () => number };
  readonly skewsMs: readonly number[];
  readonly idleMs: () => number;
  /** To show that it is noticed. */
  readonly states?: ((states: JobPorts["states"], nowMs: () => number) => JobPorts["states"]) | undefined;
};

export type Octally = {
  readonly parts: Parts;
  readonly receive: Receiver;
  readonly queues: { readonly deliveries: HistoryQueue; readonly syncJobs: HistoryQueue; readonly backfillJobs: HistoryQueue };
  /** Whoever is free takes what waits; false: nobody took anything. */
  readonly startWork: () => boolean;
  /** When somebody will take something, as far as it is known now. */
  readonly nextAtMs: () => number;
  readonly isIdle: () => boolean;
  /** Begins the load, or goes on with it. */
  readonly load: (again?: boolean) => void;
  readonly check: (checks: readonly Check[], full: boolean) => void;
  readonly dead: readonly string[];
  /** Errors that are nobody else's fault. */
  readonly defects: readonly string[];
  readonly kills: () => number;
  /** What the store acknowledged and has no more. */
  readonly lost: Ledger["lost"];
  /** Whether the store has acknowledged it. */
  readonly has: Ledger["has"];
};

const QUIET = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
const VISIBILITY_MS = 90_000;
const SLICE_MS = 20_000;

type Machine = { readonly skewMs: number; github: Connections };
type Lane = { readonly name: string; busy: boolean; nextMs: number };

export function makeOctally(parts: Parts, options: OctallyOptions): Octally {
  const { name, time, source, troubles } = options;
  const { nowMs } = time.timing;
  const random = new Random(`${name} octally`);
  const ledger = makeLedger(parts.store);
  const { reader, runs, library } = parts;
  const states = options.states?.(parts.states, nowMs) ?? parts.states;
  const queues = { deliveries: parts.queue("deliveries"), syncJobs: parts.queue("sync"), backfillJobs: parts.queue("backfill") };
  const dead: string[] = [];
  const defects: string[] = [];
  let kills = 0;
  const connected = (): Connections => connect({ is: "token", token: options.token }, { fetch: options.fetch, timing: time.timing, chance: () => random.next() });
  const machines: readonly Machine[] = options.skewsMs.map((skewMs) => ({ skewMs, github: connected() }));

  type Run = { readonly process: Process; readonly machine: Machine; readonly clock: () => Date; readonly number: number };
  let begun = 0;
  function begin(mayDie = true): Run {
    const machine = random.pick(machines);
    const killAfter = mayDie && random.chance(troubles.killed()) ? random.integer(1, 60) : undefined;
    const own: Troubles = { isDown: troubles.isDown, failing: troubles.failing, random };
    return { process: makeProcess(own, killAfter), machine, clock: () => new Date(nowMs() + machine.skewMs), number: (begun += 1) };
  }
  /** A process that comes back has forgotten what it knew of GitHub's budget. */
  function end({ process, machine }: Run): boolean {
    if (!process.isDead()) return true;
    kills += 1;
    machine.github = connected();
    return false;
  }

  /** What is packed and unpacked by threads comes in any order: each object has its own luck. */
  const bucketOf = ({ process: { guard }, number }: Run): Bucket => {
    const diceOf = (key: string): Random => new Random(`${name} ${number} ${key}`);
    return {
      name: "archive",
      put: (key, ...rest) => guard("bucket", parts.bucket.put, diceOf(key))(key, ...rest),
      get: (key) => guard("bucket", parts.bucket.get, diceOf(key))(key),
      list: async function* () {},
    };
  };

  function jobPortsOf(run: Run): JobPorts {
    const { process: { guard, guardWrite }, machine, clock } = run;
    const sending = (to: HistoryQueue): JobPorts["syncJobs"] => ({ sendAll: guard("queue", to.sendAll) });
    return {
      kinds,
      github: { clientFor: guard("github", machine.github.clientFor), app: null },
      store: { write: guardWrite(ledger.write) },
      states: { read: guard("store", states.read), put: guard("store", states.put) },
      library: {
        byIds: guard("store", library.byIds),
        async *scan(...args) {
          await guard("store", () => Promise.resolve())();
          yield* library.scan(...args);
        },
      },
      syncJobs: sending(queues.syncJobs),
      backfillJobs: sending(queues.backfillJobs),
      deliveries: sending(queues.deliveries),
      deadLetters: { sendAll: guard("queue", async (messages) => void dead.push(...messages.map(({ attributes, body }) => `${attributes["dead_letter_reason"] ?? ""} ${body}`))) },
      bucket: bucketOf(run),
      clock,
      random: () => random.next(),
      log: QUIET,
      runs: { sumsOf: guard("store", runs.sumsOf) },
    };
  }

  async function invoke(from: HistoryQueue, most: number, work: (run: Run, records: Awaited<ReturnType<HistoryQueue["receive"]>>) => Promise<ReadonlyMap<{ readonly receiptHandle: string }, { readonly is: string }>>): Promise<void> {
    const run = begin();
    const report = await work(run, await from.receive(most, VISIBILITY_MS));
    if (!end(run)) await from.crashed?.();
    else await from.remove([...report].flatMap(([record, verdict]) => (verdict.is === "retry" ? [] : [record.receiptHandle])));
  }

  const workDeliveries = (): Promise<void> =>
    time.standStill(
      invoke(queues.deliveries, random.integer(1, 40), (run, records) => {
        const { store, syncJobs, deadLetters, bucket, clock, log } = jobPortsOf(run);
        const deliveries = { changeVisibility: run.process.guard("queue", queues.deliveries.changeVisibility) };
        return processDeliveries({ kinds, store, bucket, deliveries, deadLetters, jobs: syncJobs, clock, random: () => random.next(), log }, records);
      }),
    );
  const workJobs = (from: HistoryQueue, queueName: string): Promise<void> =>
    invoke(from, random.integer(1, 6), (run, records) => processJobs(jobPortsOf(run), { records, queue: { changeVisibility: run.process.guard("queue", from.changeVisibility) }, queueName, timeMs: SLICE_MS }));

  const lanes: readonly { readonly lane: Lane; readonly from: HistoryQueue; readonly work: () => Promise<void>; /** Threads pack for it, in their own time: nobody else begins meanwhile. */ readonly alone?: boolean }[] = [
    { lane: { name: "deliveries", busy: false, nextMs: 0 }, from: queues.deliveries, work: workDeliveries, alone: true },
    ...["a", "b"].map((lane) => ({ lane: { name: `sync ${lane}`, busy: false, nextMs: 0 }, from: queues.syncJobs, work: () => workJobs(queues.syncJobs, "sync-jobs") })),
    ...["a", "b"].map((lane) => ({ lane: { name: `backfill ${lane}`, busy: false, nextMs: 0 }, from: queues.backfillJobs, work: () => workJobs(queues.backfillJobs, "backfill-jobs") })),
  ];
  let others = 0;
  /** What fails is begun again by its schedule, or by the person. */
  function beside(work: (run: Run) => Promise<unknown>): void {
    const run = begin();
    others += 1;
    void work(run)
      .catch((thrown: unknown) => {
        if (!run.process.isDead() && !toAppError(thrown).retryable) defects.push(thrown instanceof Error ? (thrown.stack ?? thrown.message) : JSON.stringify(thrown));
      })
      .finally(() => {
        others -= 1;
        end(run);
      });
  }

  function checkerPortsOf(run: Run): CheckerPorts {
    const { kinds: all, github, store, states: guarded, syncJobs, clock, log } = jobPortsOf(run);
    const { guard } = run.process;
    return {
      kinds: all,
      github,
      store,
      states: guarded,
      reader: {
        groups: guard("store", reader.groups),
        existing: guard("store", reader.existing),
        async *scan(query) {
          await guard("store", () => Promise.resolve())();
          yield* reader.scan(query);
        },
      },
      jobs: syncJobs,
      backlog: guard("queue", async () => queues.deliveries.size() + queues.syncJobs.size()),
      clock,
      log,
    };
  }

  const intake = makeIntake(() => {
    if (troubles.isDown("intake")) return undefined;
    const run = begin(false);
    return { process: run.process, clock: run.clock, bucket: bucketOf(run), queue: queues.deliveries };
  });

  return {
    parts,
    queues,
    dead,
    defects,
    kills: () => kills,
    lost: ledger.lost,
    has: ledger.has,
    receive: (request) => time.standStill(Promise.resolve(intake(request))),
    startWork() {
      let started = false;
      for (const { lane, from, work, alone } of lanes) {
        if (lane.busy || nowMs() < lane.nextMs || from.nextAtMs() > nowMs()) continue;
        lane.busy = true;
        started = true;
        void work().finally(() => {
          lane.busy = false;
          lane.nextMs = nowMs() + random.between(0, options.idleMs());
        });
        if (alone === true) break;
      }
      return started;
    },
    nextAtMs: () => lanes.reduce((first, { lane, from }) => (lane.busy ? first : Math.min(first, Math.max(lane.nextMs, from.nextAtMs()))), Number.POSITIVE_INFINITY),
    isIdle: () => others === 0 && lanes.every(({ lane }) => !lane.busy) && queues.deliveries.size() + queues.syncJobs.size() + queues.backfillJobs.size() === 0,
    load: (again = false) =>
      beside((run) => {
        const { states: guarded, backfillJobs, clock } = jobPortsOf(run);
        return startRun(
          {
            states: guarded,
            backfillJobs,
            clock,
            runs,
          },
          { sources: [source], since: null, until: null, kinds: kinds.map((kind) => kind.name) },
          "a history",
          { again },
        );
      }),
    check: (checks, full) => beside((run) => checkCompleteness(checkerPortsOf(run), { checks, sources: [source], full, repair: true, auditDays: 30, mostRepairs: 500, webhookUrl: WEBHOOK_URL, timeMs: 240_000 })),
  };
}
