/**
 * What operators do with dead letters: look, retry, drop. The message waits on the dead-letter queue, its reason in a
 * document; a message without one was moved by the queue itself, because its worker never finished.
 */
import type { Clock } from "@octally/shared/clock";
import { numberAt, part, textAt, type JsonObject } from "@octally/shared/json";
import type { Queue, ReceivedMessage } from "@octally/shared/queue";
import { DEAD_LETTER_ATTRIBUTES, deadLetterId, toOriginalMessage, withoutDeadLetter } from "./core/dead-letter.ts";
import { describeJob, jobQueueOf, QUEUE_NAMES, type QueueName } from "./core/dead-job.ts";
import type { WorkerPorts } from "./ports.ts";

export type DeadLetterPorts = {
  readonly store: WorkerPorts["store"];
  /** The documents of the kind `dead-letter`, newest first. */
  readonly readDocuments: () => Promise<readonly JsonObject[]>;
  /** Where the messages came from, and go back to. */
  readonly queues: Readonly<Record<QueueName, Pick<Queue, "sendAll">>>;
  /** The dead-letter queues: that of the deliveries, and that of both queues of jobs. */
  readonly deadLetters: Readonly<Record<"deliveries" | "jobs", DeadLetterQueue>>;
  readonly clock: Clock;
};

type DeadLetterQueue = Pick<Queue, "receive" | "remove" | "changeVisibility">;

export type DeadLetter = {
  readonly id: string;
  /** Where it came from. */
  readonly queue: QueueName;
  /** Of a delivery. */
  readonly event: string | null;
  /** Of a job: what it was to do. */
  readonly job: string | null;
  readonly code: string;
  readonly reason: string;
  readonly failedAt: string | null;
  readonly receiveCount: number | null;
  /** Whether its message still waits on the queue and can be retried. */
  readonly waiting: boolean;
  readonly document: JsonObject | null;
  readonly body: string | null;
};

export type Selection = { readonly all: true } | { readonly ids: readonly string[] };
export type Outcome = { readonly done: readonly string[]; readonly unknown: readonly string[] };

/** Long enough to look at every message once; an operator who is interrupted finds them again after this time. */
const LOOK_SECONDS = 30;

export async function listDeadLetters(ports: DeadLetterPorts): Promise<readonly DeadLetter[]> {
  const documents = await ports.readDocuments();
  const waiting = await lookThroughAll(ports, () => false);
  const messages = new Map(waiting.map(({ message }) => [idOf(message), message]));
  const documented = documents.map((document) => describe(document, messages.get(textAt(document, "id") ?? "")));
  const ids = new Set(documented.map(({ id }) => id));
  return [...documented, ...waiting.filter(({ message }) => !ids.has(idOf(message))).map(describeMessage)];
}

/** Puts the messages back on the queues they came from, as they were; if they fail again, they come back with the new reason. */
export async function retryDeadLetters(ports: DeadLetterPorts, selection: Selection): Promise<Outcome> {
  return settle(ports, selection, async (letters) => {
    for (const [queue, group] of Map.groupBy(letters, ({ queue: name }) => name)) await ports.queues[queue].sendAll(group.map(({ message }) => toOriginalMessage(message)));
  });
}

/** Gives them up for good. Where the payload was readable the archive still has it. */
export async function dropDeadLetters(ports: DeadLetterPorts, selection: Selection): Promise<Outcome> {
  return settle(ports, selection, async () => {});
}

type Found = { readonly message: ReceivedMessage; readonly from: "deliveries" | "jobs" };
type Taken = Found & { readonly queue: QueueName };

/** The document is hidden before the message moves: if it fails again at once, its new document must be the later one. */
async function settle(ports: DeadLetterPorts, selection: Selection, act: (letters: readonly Taken[]) => Promise<void>): Promise<Outcome> {
  const wanted = (id: string): boolean => "all" in selection || selection.ids.includes(id);
  const documents = (await ports.readDocuments()).filter((document) => wanted(textAt(document, "id") ?? ""));
  const queues = new Map(documents.map((document) => [textAt(document, "id") ?? "", queueIn(document)]));
  const looked = await lookThroughAll(ports, (message) => wanted(idOf(message)));
  const taken = looked.filter(({ message }) => wanted(idOf(message))).map((one) => ({ ...one, queue: queues.get(idOf(one.message)) ?? queueOf(one) }));
  const found = new Set([...taken.map(({ message }) => idOf(message)), ...queues.keys()]);
  const at = ports.clock().toISOString();
  const results = await ports.store.write([...found].map((id) => withoutDeadLetter(id, at)));
  const refused = results.find((result) => result.outcome === "failed");
  if (refused !== undefined) throw refused.error;
  await act(taken);
  for (const [from, group] of Map.groupBy(taken, (one) => one.from)) await ports.deadLetters[from].remove(group.map(({ message }) => message.receiptHandle));
  return { done: [...found], unknown: "all" in selection ? [] : selection.ids.filter((id) => !found.has(id)) };
}

function queueIn(document: JsonObject): QueueName | undefined {
  return QUEUE_NAMES.find((name) => name === document["queue"]);
}

/** Of one without a document. */
function queueOf({ message, from }: Found): QueueName {
  return from === "jobs" ? jobQueueOf(message.body) : "deliveries";
}

async function lookThroughAll({ deadLetters }: DeadLetterPorts, keep: (message: ReceivedMessage) => boolean): Promise<readonly Found[]> {
  const all = await Promise.all((["deliveries", "jobs"] as const).map(async (from) => (await lookThrough(deadLetters[from], keep)).map((message) => ({ message, from }))));
  return all.flat();
}

/** Receives every message of the queue once; those that `keep` does not claim are visible again afterwards. */
async function lookThrough(deadLetters: DeadLetterQueue, keep: (message: ReceivedMessage) => boolean): Promise<readonly ReceivedMessage[]> {
  const seen = new Map<string, ReceivedMessage>();
  const kept = new Set<string>();
  for (;;) {
    // A receive that does not wait asks only some of SQS's servers: its empty answer does not mean an empty queue.
    const batch = await deadLetters.receive({ waitSeconds: 1, visibilitySeconds: LOOK_SECONDS });
    const fresh = batch.filter(({ messageId }) => !seen.has(messageId));
    for (const message of fresh) {
      seen.set(message.messageId, message);
      if (keep(message)) kept.add(message.messageId);
    }
    if (fresh.length === 0) break;
  }
  const released = [...seen.values()].filter(({ messageId }) => !kept.has(messageId));
  await deadLetters.changeVisibility(released.map(({ receiptHandle }) => ({ receiptHandle, seconds: 0 })));
  return [...seen.values()];
}

function idOf(message: ReceivedMessage): string {
  return message.attributes[DEAD_LETTER_ATTRIBUTES.id] ?? deadLetterId(message);
}

function describe(document: JsonObject, message: ReceivedMessage | undefined): DeadLetter {
  const queue = queueIn(document) ?? "deliveries";
  return {
    id: textAt(document, "id") ?? "",
    queue,
    job: queue === "deliveries" ? null : describeJob(message?.body ?? textAt(part(document, "request"), "body") ?? ""),
    event: textAt(document, "event") ?? null,
    code: textAt(document, "code") ?? "",
    reason: textAt(document, "reason") ?? "",
    failedAt: textAt(document, "failed_at") ?? null,
    receiveCount: numberAt(document, "receive_count") ?? null,
    waiting: message !== undefined,
    document,
    body: message?.body ?? null,
  };
}

function describeMessage(found: Found): DeadLetter {
  const { message } = found;
  const reason = message.attributes[DEAD_LETTER_ATTRIBUTES.reason];
  const queue = queueOf(found);
  return {
    id: idOf(message),
    queue,
    job: queue === "deliveries" ? null : describeJob(message.body),
    event: message.attributes["event"] ?? null,
    code: reason === undefined ? "never-finished" : (reason.split(":")[0] ?? ""),
    reason: reason ?? "The queue moved it here after too many attempts: its worker stopped before it could say why.",
    failedAt: null,
    receiveCount: null,
    waiting: true,
    document: null,
    body: message.body,
  };
}

