import { TransientError } from "@octally/shared/errors";

/**
 * The work's result, or a TransientError `deadline` when it takes longer. The work is not stopped: what it still stores
 * is harmless, because a delivery that comes twice has one id.
 */
export async function withinDeadline<T>(timeoutMs: number, work: () => Promise<T>): Promise<T> {
  const { promise: expired, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new TransientError("deadline", `Storing the delivery took longer than ${timeoutMs} ms.`)), timeoutMs);
  try {
    return await Promise.race([work(), expired]);
  } finally {
    clearTimeout(timer);
  }
}
