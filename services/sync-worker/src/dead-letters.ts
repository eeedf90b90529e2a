/**
 * What operators do with dead letters: look, retry, drop. The message waits on the dead-letter queue, its reason in a
 * document; a message without one was moved by the queue itself, because its worker never finished.
 */
import type { Clock } from "@octally/shared/clock";
import { numberAt, part, textAt, type JsonObject } from "@octally/shared/json";
import type { Queue, ReceivedMessage } from "@octally/shared/queue";
import { DEAD_LETTER_ATTRIBUTES, deadLetterId, toOriginalMessage, withoutDeadLetter } from "./core/dead-letter.ts";
import { lookThrough, untilNobodyLooks, type DeadLetterQueue, type Pause } from "./look-through.ts";
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
  readonly pause: Pause;
};

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
export type Outcome = {
  readonly done: readonly string[];
  readonly unknown: readonly string[];
  /** Those whose message is on the queue no more, so that they cannot be retried. */
  readonly gone: readonly string[];
};

export async function listDeadLetters(ports: DeadLetterPorts): Promise<readonly DeadLetter[]> {
  const documents = await readWhenNobodyLooks(ports);
  const waiting = await lookThroughAll(ports, async () => []);
  const messages = new Map(waiting.map(({ message }) => [idOf(message), message]));
  const documented = documents.map((document) => describe(document, messages.get(textAt(document, "id") ?? "")));
  const ids = new Set(documented.map(({ id }) => id));
  return [...documented, ...waiting.filter(({ message }) => !ids.has(idOf(message))).map(describeMessage)];
}

/** Puts the messages back on the queues they came from, as they were; if they fail again, they come back with the new reason. */
export async function retryDeadLetters(ports: DeadLetterPorts, selection: Selection): Promise<Outcome> {
  const retried = new Set<string>();
  return settle(ports, selection, async (letters) => {
    // One that has failed again meanwhile is not tried twice.
    const first = letters.filter(({ message }) => !retried.has(idOf(message)));
    for (const { message } of first) retried.add(idOf(message));
    await hide(ports, first.map(({ message }) => idOf(message)));
    for (const [queue, group] of Map.groupBy(first, ({ queue: name }) => name)) await ports.queues[queue].sendAll(group.map(({ message }) => toOriginalMessage(message)));
    return first;
  });
}

/** Gives them up for good. Where the payload was readable the archive still has it. */
export async function dropDeadLetters(ports: DeadLetterPorts, selection: Selection): Promise<Outcome> {
  const { done, unknown, gone } = await settle(ports, selection, async (letters) => {
    await hide(ports, letters.map(({ message }) => idOf(message)));
    return letters;
  });
  await hide(ports, gone);
  return { done: [...done, ...gone], unknown, gone: [] };
}

type Found = { readonly message: ReceivedMessage; readonly from: "deliveries" | "jobs" };
type Taken = Found & { readonly queue: QueueName };

/** `act` says which it has done with. */
async function settle(ports: DeadLetterPorts, selection: Selection, act: (letters: readonly Taken[]) => Promise<readonly Found[]>): Promise<Outcome> {
  const named = "all" in selection ? undefined : new Set(selection.ids);
  const wanted = (id: string): boolean => named?.has(id) ?? true;
  const documents = (await readWhenNobodyLooks(ports)).filter((document) => wanted(textAt(document, "id") ?? ""));
  const queues = new Map(documents.map((document) => [textAt(document, "id") ?? "", queueIn(document)]));
  const done = new Set<string>();
  await lookThroughAll(ports, async (found) => {
    const taken = found.filter(({ message }) => wanted(idOf(message))).map((one) => ({ ...one, queue: queues.get(idOf(one.message)) ?? queueOf(one) }));
    const settled = await act(taken);
    for (const { message } of settled) done.add(idOf(message));
    return settled;
  });
  const gone = [...queues.keys()].filter((id) => !done.has(id));
  return { done: [...done], unknown: [...(named ?? [])].filter((id) => !done.has(id) && !queues.has(id)), gone };
}

/** Before the message moves: if it fails again at once, its new document must be the later one. */
async function hide(ports: DeadLetterPorts, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const at = ports.clock().toISOString();
  const results = await ports.store.write([...new Set(ids)].map((id) => withoutDeadLetter(id, at)));
  const refused = results.find((result) => result.outcome === "failed");
  if (refused !== undefined) throw refused.error;
}

/** What another command is about to settle is not read. */
async function readWhenNobodyLooks({ deadLetters, pause, readDocuments }: DeadLetterPorts): Promise<readonly JsonObject[]> {
  for (const queue of Object.values(deadLetters)) await untilNobodyLooks(queue, pause);
  return readDocuments();
}

async function lookThroughAll({ deadLetters, pause }: DeadLetterPorts, act: (found: readonly Found[]) => Promise<readonly Found[]>): Promise<readonly Found[]> {
  const all = await Promise.all(
    (["deliveries", "jobs"] as const).map(async (from) => {
      const looked = await lookThrough(deadLetters[from], pause, async (fresh) => (await act(fresh.map((message) => ({ message, from })))).map(({ message }) => message));
      return looked.map((message) => ({ message, from }));
    }),
  );
  return all.flat();
}

function queueIn(document: JsonObject): QueueName | undefined {
  return QUEUE_NAMES.find((name) => name === document["queue"]);
}

/** Of one without a document. */
function queueOf({ message, from }: Found): QueueName {
  return from === "jobs" ? jobQueueOf(message.body) : "deliveries";
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

