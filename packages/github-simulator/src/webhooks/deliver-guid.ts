/**
 * The GUID of an event, as GitHub makes it: a UUID of version 1, whose time is when the event happened on GitHub's clock. One for each event: every
 * hook that gets it gets the same, and so does a redelivery.
 */
import { hash32 } from "../faults/dice.ts";
import type { Millis } from "../world/entities.ts";

/** 100-nanosecond steps from 15 October 1582 to 1 January 1970. */
const GREGORIAN_OFFSET = 0x01b21dd213814000n;

export function makeGuids(seed: number): (at: Millis) => string {
  const clock = ((hash32("guid-clock", seed) & 0x3fff) | 0x8000).toString(16).padStart(4, "0");
  // A machine without an address sets the multicast bit of an invented one.
  const node = (hash32("guid-node-high", seed) & 0xffff | 0x0100).toString(16).padStart(4, "0") + hash32("guid-node-low", seed).toString(16).padStart(8, "0");
  let last = 0n;
  return (at) => {
    let ticks = BigInt(at) * 10_000n + GREGORIAN_OFFSET;
    // Two events of one millisecond differ in the steps below it.
    if (ticks <= last) ticks = last + 1n;
    last = ticks;
    const hex = ticks.toString(16).padStart(16, "0");
    return `${hex.slice(8)}-${hex.slice(4, 8)}-1${hex.slice(1, 4)}-${clock}-${node}`;
  };
}

/** When the event happened. */
export function timeOfGuid(guid: string): Millis {
  const [low = "", mid = "", high = ""] = guid.split("-");
  return Number((BigInt(`0x${high.slice(1)}${mid}${low}`) - GREGORIAN_OFFSET) / 10_000n);
}
