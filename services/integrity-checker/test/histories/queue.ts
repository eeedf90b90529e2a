/** A queue at its worst: at least once, in any order, some messages twice, some copies hours late. */
import type { QueueMessage } from "@octally/shared/delivery";
import { PermanentError } from "@octally/shared/errors";
import type { Random } from "@octally/github-simulator/history/random";
import { isQueueText } from "../../../webhook-intake/src/core/queue-text.ts";
import type { QueueRecord } from "../../../sync-worker/src/core/queue-record.ts";

export type QueueFaults = { readonly doubled: number; readonly reordered: number; readonly late: number; readonly latestMs: number };
export const NO_QUEUE_FAULTS: QueueFaults = { doubled: 0, reordered: 0, late: 0, latestMs: 0 };

export type HistoryQueue = {
  readonly sendAll: (messages: readonly QueueMessage[]) => Promise<void>;
  readonly changeVisibility: (changes: readonly { readonly receiptHandle: string; readonly seconds: number }[]) => Promise<void>;
  readonly receive: (most: number, visibilityMs: number) => Promise<readonly QueueRecord[]>;
  /** A process that had some of its messages is dead. */
  readonly crashed?: () => Promise<void>;
  readonly remove: (handles: readonly string[]) => Promise<void>;
  /** When the next message can be received; Infinity: there is none. */
  readonly nextAtMs: () => number;
  readonly size: () => number;
  readonly bodies: () => readonly string[];
};

type Waiting = { readonly id: string; readonly message: QueueMessage; visibleAtMs: number; receives: number };

/** `faults` is asked each time, because faults end. */
export function makeHistoryQueue(name: string, nowMs: () => number, random: Random, faults: () => QueueFaults): HistoryQueue {
  const waiting = new Map<string, Waiting>();
  let count = 0;
  const add = (message: QueueMessage, afterMs: number): void => {
    const id = `${name}-${(count += 1)}`;
    waiting.set(id, { id, message, visibleAtMs: nowMs() + afterMs, receives: 0 });
  };
  return {
    async sendAll(messages) {
      await Promise.resolve();
      const { doubled, late, latestMs } = faults();
      for (const message of messages) {
        if (!isQueueText(message.body)) throw new PermanentError("queue-refuses-content", message.body);
        add(message, random.chance(late) ? random.between(0, latestMs) : 0);
        if (random.chance(doubled)) add(message, random.chance(0.5) ? random.between(0, latestMs) : 0);
      }
    },
    async changeVisibility(changes) {
      await Promise.resolve();
      for (const { receiptHandle, seconds } of changes) {
        const found = waiting.get(receiptHandle);
        if (found !== undefined) found.visibleAtMs = nowMs() + seconds * 1000;
      }
    },
    async receive(most, visibilityMs) {
      await Promise.resolve();
      const visible = [...waiting.values()].filter(({ visibleAtMs }) => visibleAtMs <= nowMs());
      const taken = random.chance(faults().reordered) ? random.sample(visible, most) : visible.slice(0, most);
      return taken.map((one) => {
        one.visibleAtMs = nowMs() + visibilityMs;
        one.receives += 1;
        return { ...one.message, messageId: one.id, receiptHandle: one.id, receiveCount: one.receives };
      });
    },
    async remove(handles) {
      await Promise.resolve();
      for (const handle of handles) waiting.delete(handle);
    },
    nextAtMs: () => [...waiting.values()].reduce((first, { visibleAtMs }) => Math.min(first, visibleAtMs), Number.POSITIVE_INFINITY),
    size: () => waiting.size,
    bodies: () => [...waiting.values()].map(({ message }) => message.body),
  };
}
