/** Delivery GUIDs as GitHub makes them: version-1 UUIDs, which hold the time of the event. */
import { randomBytes } from "node:crypto";

const UUID_EPOCH_OFFSET = 0x01b21dd213814000n;
const node = randomBytes(6).toString("hex");
let last = 0n;

/** A new one each time, also within one millisecond. */
export function makeGuid(atMs: number): string {
  const steps = BigInt(Math.trunc(atMs)) * 10_000n + UUID_EPOCH_OFFSET;
  last = steps > last ? steps : last + 1n;
  const hex = last.toString(16).padStart(15, "0");
  return `${hex.slice(7)}-${hex.slice(3, 7)}-1${hex.slice(0, 3)}-8000-${node}`;
}
