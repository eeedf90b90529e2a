/** How a command goes through a dead-letter queue: every message once, settled or given back. */
import { TransientError } from "@octally/shared/errors";
import type { Queue, ReceivedMessage } from "@octally/shared/queue";

export type DeadLetterQueue = Pick<Queue, "receive" | "remove" | "changeVisibility" | "depth">;

export type Pause = {
  readonly wait: (ms: number) => Promise<void>;
  /** 0 up to 1. */
  readonly random: () => number;
};

type Settle = (fresh: readonly ReceivedMessage[]) => Promise<readonly ReceivedMessage[]>;

/** Long enough to look at every message once; what an interrupted command held is there again after this time. */
const LOOK_SECONDS = 30;
/** In bad times; some thousands of dead letters take minutes then. */
const LOOKED_AT_A_SECOND = 100;
const LONGEST_LOOK_SECONDS = 11 * 3600;
const LONGEST_PAUSE_MS = 5000;

/**
 * Nobody else holds messages of the queue: what another command looks at cannot be seen, and would be taken for gone.
 * @throws TransientError when somebody holds some for longer than a look takes
 */
export async function untilNobodyLooks(queue: DeadLetterQueue, { wait }: Pick<Pause, "wait">): Promise<void> {
  for (let waited = 0; ; waited += 1) {
    const depth = await queue.depth();
    if (depth.inFlight === 0) return;
    if (waited > lookSeconds(depth)) throw new TransientError("dead-letters-held", "Another command is looking at the dead letters. Try again when it has ended.");
    await wait(1000);
  }
}

/**
 * Every message of the queue, once. `settle` says which of some it has done with: they are removed at once, before their visibility can end; the
 * others are there again at the end. Two that begin in the same moment see a part each: both begin anew, one after the other.
 */
export async function lookThrough(queue: DeadLetterQueue, pause: Pause, settle: Settle): Promise<readonly ReceivedMessage[]> {
  const settled: ReceivedMessage[] = [];
  for (;;) {
    await untilNobodyLooks(queue, pause);
    const held = new Map<string, ReceivedMessage>();
    let alone: boolean;
    try {
      await lookOnce(queue, held, async (fresh) => {
        const done = await settle(fresh);
        await queue.remove(done.map(({ receiptHandle }) => receiptHandle));
        settled.push(...done);
        return done;
      });
      alone = (await queue.depth()).inFlight <= held.size;
    } finally {
      await queue.changeVisibility([...held.values()].map(({ receiptHandle }) => ({ receiptHandle, seconds: 0 })));
    }
    if (alone) return [...settled, ...held.values()];
    await pause.wait(pause.random() * LONGEST_PAUSE_MS);
  }
}

/** In the end `held` has those that were not settled. */
async function lookOnce(queue: DeadLetterQueue, held: Map<string, ReceivedMessage>, settle: Settle): Promise<void> {
  const visibilitySeconds = lookSeconds(await queue.depth());
  const seen = new Set<string>();
  for (;;) {
    // A receive that does not wait asks only some of SQS's servers: its empty answer does not mean an empty queue.
    const batch = await queue.receive({ waitSeconds: 1, visibilitySeconds });
    const fresh = batch.filter(({ messageId }) => !seen.has(messageId));
    // Also of one that is there again: its handle is another now.
    for (const message of batch) held.set(message.messageId, message);
    if (fresh.length === 0) return;
    for (const { messageId } of fresh) seen.add(messageId);
    for (const { messageId } of await settle(fresh)) held.delete(messageId);
  }
}

function lookSeconds({ visible, inFlight }: { readonly visible: number; readonly inFlight: number }): number {
  return Math.min(LONGEST_LOOK_SECONDS, LOOK_SECONDS + Math.ceil((visible + inFlight) / LOOKED_AT_A_SECOND));
}
