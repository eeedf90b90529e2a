/** The story of a batch of jobs: each is worked on for a while, all at once (the governor decides whose request goes), and reported by itself. */
import type { Call } from "@octally/github/call";
import type { GitHub } from "@octally/github/make-github";
import { PermanentError, toAppError, TransientError } from "@octally/shared/errors";
import { parseSyncJob, type SyncJob } from "@octally/shared/sync-job";
import type { Queue } from "@octally/shared/queue";
import { deadLetterObservation, toDeadLetterMessage } from "./core/dead-letter.ts";
import type { QueueRecord } from "./core/queue-record.ts";
import { DONE, retryDelaySeconds, verdictOfError, type Verdict } from "./core/verdict.ts";
import { fetchDelivery } from "./fetch-delivery.ts";
import { inventory } from "./inventory.ts";
import type { JobPorts } from "./job-ports.ts";
import type { BatchReport } from "./process-deliveries.ts";
import { refresh } from "./refresh.ts";
import { relocate } from "./relocate.ts";
import { workPart, type PartOutcome } from "./work-part.ts";

export type Batch = {
  readonly records: readonly QueueRecord[];
  /** The queue that they came from. */
  readonly queue: Pick<Queue, "changeVisibility">;
  readonly queueName: string;
  /** How long everything may take. */
  readonly timeMs: number;
};

/** Longer ones would let a large repository stand before the others. */
const LONGEST_SLICE_MS = 20_000;

export async function processJobs(ports: JobPorts, { records, queue, queueName, timeMs }: Batch): Promise<BatchReport> {
  const sliceMs = Math.min(LONGEST_SLICE_MS, timeMs);
  const delays = new Map<QueueRecord, number>();
  const worked = await Promise.all(
    records.map(async (record) => {
      try {
        const outcome = await workJob(ports, parseSyncJob(record.body), record, sliceMs);
        if (outcome.is === "done") return [record, DONE] as const;
        if (outcome.is === "failed") return [record, verdictOfError(outcome.error)] as const;
        delays.set(record, outcome.seconds);
        return [record, verdictOfError(new TransientError("not-its-turn", "The part is to be worked on later.", { retryAfterSeconds: outcome.seconds }))] as const;
      } catch (thrown) {
        return [record, verdictOfError(toAppError(thrown))] as const;
      }
    }),
  );
  const verdicts = new Map<QueueRecord, Verdict>(worked);
  await bury(ports, queueName, verdicts);
  await delay(ports, queue, verdicts, delays);
  return verdicts;
}

async function workJob(ports: JobPorts, job: SyncJob, record: QueueRecord, timeMs: number): Promise<PartOutcome> {
  switch (job.type) {
    case "discover":
    case "backfill":
      return workPart(ports, job, { by: record.messageId, timeMs });
    case "refresh": {
      const { github, call } = await clientOf(ports, job.repository?.name_with_owner ?? job.org ?? "", job.kind, timeMs);
      await refresh(ports, github, call, job);
      return { is: "done" };
    }
    case "inventory": {
      const { github, call } = await clientOf(ports, job.repository?.name_with_owner ?? job.org ?? "", job.kind, timeMs);
      const over = await inventory(ports, github, { ...call, purpose: "repair" }, job, github.nowMs() + (timeMs * 2) / 3);
      return over ? { is: "done" } : { is: "later", seconds: 0 };
    }
    case "relocate-repository":
      await relocate(ports, job);
      return { is: "done" };
    case "fetch-delivery": {
      const { github, call } = await clientOf(ports, job.source, "delivery", timeMs);
      await fetchDelivery(ports, job.hook === "/app/hook" && ports.github.app !== null ? ports.github.app : github, call, job);
      return { is: "done" };
    }
    default:
      return job satisfies never;
  }
}

/** For live work, which may use the reserve of the budget. */
async function clientOf({ github }: JobPorts, source: string, kind: string, timeMs: number): Promise<{ readonly github: GitHub; readonly call: Call }> {
  const connected = await github.clientFor(source, { purpose: "live", kind });
  if (connected.is === "not-installed") throw new PermanentError("cannot-see", connected.message);
  return { github: connected.github, call: { purpose: "live", kind, deadlineMs: connected.github.nowMs() + timeMs, maxWaitMs: timeMs / 2 } };
}

/** What can never work: its document and its message first, then it is acknowledged. */
async function bury(ports: JobPorts, queueName: string, verdicts: Map<QueueRecord, Verdict>): Promise<void> {
  const failedAt = ports.clock().toISOString();
  for (const [record, verdict] of verdicts) {
    if (verdict.is !== "dead") continue;
    const letter = { record, error: verdict.error, response: verdict.response, failedAt, queue: queueName };
    try {
      const [result] = await ports.store.write([deadLetterObservation(letter)]);
      if (result?.outcome === "failed") throw result.error;
      await ports.deadLetters.sendAll([toDeadLetterMessage(letter)]);
      ports.log.error({ messageId: record.messageId, code: verdict.error.code }, `dead letter: ${verdict.error.message}`);
    } catch (thrown) {
      const error = toAppError(thrown);
      verdicts.set(record, verdictOfError(error.retryable ? error : new TransientError("not-buried", error.message, { cause: error })));
    }
  }
}

/** Best effort: where it fails, the queue's own visibility time-out brings the message back. */
async function delay({ random, log }: JobPorts, queue: Batch["queue"], verdicts: ReadonlyMap<QueueRecord, Verdict>, delays: ReadonlyMap<QueueRecord, number>): Promise<void> {
  const changes = [...verdicts].flatMap(([record, verdict]) =>
    verdict.is === "retry" ? [{ receiptHandle: record.receiptHandle, seconds: delays.get(record) ?? retryDelaySeconds(record.receiveCount, verdict.error, random()), error: verdict.error }] : [],
  );
  if (changes.length === 0) return;
  for (const { error } of changes) if (error.code !== "not-its-turn") log.warn({ code: error.code }, `will be retried: ${error.message}`);
  try {
    await queue.changeVisibility(changes);
  } catch (thrown) {
    log.warn({ code: toAppError(thrown).code }, "the delay of the retries could not be set; the queue's own applies");
  }
}
