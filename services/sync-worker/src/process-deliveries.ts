/**
 * The story of a batch of deliveries: read, archive, write, ask for what is missing, report. Every step can be repeated;
 * a message is done only when all that it asked for is stored (SPEC I5, I6).
 */
import { archiveDeliveries, type ArchivedDelivery } from "@octally/shared/archive";
import { chunksWithin } from "@octally/shared/chunks";
import { fetchBody } from "@octally/shared/claims";
import { byteLengthOf, parseDeliveryMessage, sizeOfBody, type Delivery } from "@octally/shared/delivery";
import { PermanentError, TransientError, messageOf, toAppError } from "@octally/shared/errors";
import { toJobMessage } from "@octally/shared/sync-job";
import { deadLetterObservation, toDeadLetterMessage, type DeadLetterFacts } from "./core/dead-letter.ts";
import { mergeJobs } from "./core/merge-jobs.ts";
import { parsePayload } from "./core/parse-payload.ts";
import { planDelivery, type DeliveryPlan } from "./core/plan-delivery.ts";
import type { QueueRecord } from "./core/queue-record.ts";
import { retryDelaySeconds, verdictOfError, verdictOfWrites, type Verdict } from "./core/verdict.ts";
import type { WorkerPorts } from "./ports.ts";

/** One verdict for each record. */
export type BatchReport = ReadonlyMap<QueueRecord, Verdict>;

/** Of bodies in memory at once, unless a single one is larger: some take five times their size while they become documents. */
const MAX_BODIES = { items: 1000, size: 4 * 1024 * 1024 };

/** `hasTime`: whether more may be begun; what is not begun comes again. */
export async function processDeliveries(ports: WorkerPorts, records: readonly QueueRecord[], hasTime: () => boolean = () => true): Promise<BatchReport> {
  const verdicts = new Map<QueueRecord, Verdict>();
  const fail = (record: QueueRecord, thrown: unknown): void => void verdicts.set(record, verdictOfError(toAppError(thrown)));

  const parsed = parseAll(records, fail);
  for (const some of chunksWithin(parsed, MAX_BODIES, ({ delivery }) => sizeOfBody(delivery.body))) {
    if (hasTime()) await storeSome(ports, some, verdicts, fail);
    else for (const { record } of some) fail(record, new TransientError("out-of-time", "The batch was larger than its time."));
  }
  await bury(ports, verdicts, fail);
  await delayRetries(ports, verdicts);
  // In the order of the records; one that was forgotten on the way must not be acknowledged.
  return new Map(records.map((record) => [record, verdicts.get(record) ?? verdictOfError(toAppError(new Error("The message has no verdict.")))]));
}

async function storeSome(ports: WorkerPorts, some: readonly Parsed[], verdicts: Map<QueueRecord, Verdict>, fail: Fail): Promise<void> {
  const arrived = await fetchAll(ports, some, fail);
  const keys = await archiveAll(ports, arrived, fail);
  const plans = planAll(ports, arrived.filter(({ record }) => !verdicts.has(record)), keys, fail);
  for (const [record, verdict] of await writeAll(ports, plans)) verdicts.set(record, verdict);
  await sendJobs(ports, plans.filter(({ record }) => verdicts.get(record)?.is === "done"), fail);
}

type Fail = (record: QueueRecord, thrown: unknown) => void;
type Parsed = { readonly record: QueueRecord; readonly delivery: Delivery };
type Arrived = ArchivedDelivery & { readonly record: QueueRecord };
type Planned = { readonly record: QueueRecord; readonly plan: DeliveryPlan };

function parseAll(records: readonly QueueRecord[], fail: Fail): readonly Parsed[] {
  return records.flatMap((record) => {
    try {
      return [{ record, delivery: parseDeliveryMessage(record) }];
    } catch (thrown) {
      fail(record, thrown);
      return [];
    }
  });
}

async function fetchAll({ bucket }: WorkerPorts, parsed: readonly Parsed[], fail: Fail): Promise<readonly Arrived[]> {
  const fetched = await Promise.all(
    parsed.map(async ({ record, delivery }) => {
      try {
        return { record, headers: delivery, body: await fetchBody(bucket, delivery.body) };
      } catch (thrown) {
        fail(record, thrown);
        return undefined;
      }
    }),
  );
  return fetched.filter((entry) => entry !== undefined);
}

/** Raw first: whatever goes wrong afterwards, it can be replayed. Also what will turn out to be unreadable is kept. */
async function archiveAll({ bucket }: WorkerPorts, arrived: readonly Arrived[], fail: Fail): Promise<ReadonlyMap<Arrived, string>> {
  try {
    return await archiveDeliveries(bucket, arrived);
  } catch (thrown) {
    for (const { record } of arrived) fail(record, thrown);
    return new Map();
  }
}

function planAll({ kinds }: WorkerPorts, arrived: readonly Arrived[], keys: ReadonlyMap<Arrived, string>, fail: Fail): readonly Planned[] {
  return arrived.flatMap((one) => {
    const { record } = one;
    try {
      return [{ record, plan: planArchived(kinds, one, keys.get(one) ?? null) }];
    } catch (thrown) {
      fail(record, thrown);
      return [];
    }
  });
}

/** @throws PermanentError for a payload that cannot be read, or that a kind cannot cope with (a defect: replay mends it) */
export function planArchived(kinds: WorkerPorts["kinds"], { headers, body }: ArchivedDelivery, key: string | null): DeliveryPlan {
  const payload = parsePayload(body, headers.contentType);
  try {
    return planDelivery(kinds, { headers, payload, bytes: byteLengthOf(body) }, key);
  } catch (cause) {
    throw new PermanentError("mapping-failed", `The payload could not be mapped to documents: ${messageOf(cause)}`, { cause });
  }
}

async function writeAll({ store }: WorkerPorts, plans: readonly Planned[]): Promise<ReadonlyMap<QueueRecord, Verdict>> {
  try {
    const results = await store.write(plans.flatMap(({ plan }) => plan.observations));
    let next = 0;
    return new Map(
      plans.map(({ record, plan }) => {
        const mine = results.slice(next, (next += plan.observations.length));
        return [record, verdictOfWrites(mine)];
      }),
    );
  } catch (thrown) {
    const verdict = verdictOfError(toAppError(thrown));
    return new Map(plans.map(({ record }) => [record, verdict]));
  }
}

async function sendJobs({ jobs }: WorkerPorts, done: readonly Planned[], fail: Fail): Promise<void> {
  const asking = done.filter(({ plan }) => plan.jobs.length > 0);
  try {
    await jobs.sendAll(mergeJobs(asking.flatMap(({ plan }) => plan.jobs)).map(toJobMessage));
  } catch (thrown) {
    for (const { record } of asking) fail(record, thrown);
  }
}

/** A dead letter is acknowledged only when its document and its message are stored; else it comes again. */
async function bury(ports: WorkerPorts, verdicts: Map<QueueRecord, Verdict>, fail: Fail): Promise<void> {
  const failedAt = ports.clock().toISOString();
  const dead = [...verdicts].flatMap(([record, verdict]) =>
    verdict.is === "dead" ? [{ record, error: verdict.error, response: verdict.response, failedAt }] : [],
  );
  if (dead.length === 0) return;
  try {
    const results = await ports.store.write(dead.map(deadLetterObservation));
    for (const [index, { record }] of dead.entries()) {
      const result = results[index];
      if (result?.outcome === "failed") fail(record, toRetry(result.error));
    }
    const documented = dead.filter((_, index) => results[index]?.outcome !== "failed");
    await sendDeadLetters(ports, documented, fail);
  } catch (thrown) {
    for (const { record } of dead) fail(record, toRetry(thrown));
  }
}

/** Together; where that fails, each by itself, so that one which the queue refuses does not keep the others. Twice is harmless. */
async function sendDeadLetters({ deadLetters, log }: WorkerPorts, dead: readonly DeadLetterFacts[], fail: Fail): Promise<void> {
  const send = async (letters: readonly DeadLetterFacts[]): Promise<void> => {
    await deadLetters.sendAll(letters.map(toDeadLetterMessage));
    for (const { record, error } of letters) log.error({ messageId: record.messageId, code: error.code, event: record.attributes["event"] }, `dead letter: ${error.message}`);
  };
  try {
    await send(dead);
  } catch {
    await Promise.all(dead.map((letter) => send([letter]).catch((thrown: unknown) => fail(letter.record, toRetry(thrown)))));
  }
}

function toRetry(thrown: unknown): unknown {
  const error = toAppError(thrown);
  return error.retryable ? error : toAppError(new Error(error.message, { cause: error }));
}

/** Best effort: where it fails, the queue's own visibility time-out brings the message back. */
async function delayRetries({ deliveries, random, log }: WorkerPorts, verdicts: ReadonlyMap<QueueRecord, Verdict>): Promise<void> {
  const changes = [...verdicts].flatMap(([record, verdict]) =>
    verdict.is === "retry" ? [{ receiptHandle: record.receiptHandle, seconds: retryDelaySeconds(record.receiveCount, verdict.error, random()), error: verdict.error }] : [],
  );
  const first = changes[0];
  if (first === undefined) return;
  log.warn({ code: first.error.code, messages: changes.length, retryInSeconds: first.seconds }, `will be retried: ${first.error.message}`);
  try {
    await deliveries.changeVisibility(changes);
  } catch (thrown) {
    log.warn({ code: toAppError(thrown).code }, "the delay of the retries could not be set; the queue's own applies");
  }
}

