import { expect, test } from "@jest/globals";
import { asked, cannotAsk, decideCanary, NEW_CANARY, type CanaryState } from "./canary.ts";

const at = (minutes: number): string => new Date(Date.parse("2026-11-20T00:00:00Z") + minutes * 60_000).toISOString();

/** Looks every minute; a ping that was asked for arrives after so many minutes, or never. */
function play(minutes: number, arrivesAfter: (askedAtMinute: number) => number | null): readonly (readonly [number, CanaryState["health"]])[] {
  let state = NEW_CANARY;
  const pings: number[] = [];
  const changes: (readonly [number, CanaryState["health"]])[] = [];
  for (let minute = 0; minute <= minutes; minute += 1) {
    const come = pings.filter((arrival) => arrival <= minute);
    const newest = come.length === 0 ? null : at(Math.max(...come));
    const decided = decideCanary(state, newest, at(minute));
    const before = state.health;
    state = decided.ask ? asked(decided.state, at(minute)) : decided.state;
    const after = decided.ask ? arrivesAfter(minute) : null;
    if (after !== null) pings.push(minute + after);
    if (state.health !== before) changes.push([minute, state.health]);
  }
  return changes;
}

test("an open way is well within a minute, and asked once an hour", () => {
  expect(play(62, () => 1)).toEqual([[0, "waiting"], [1, "well"], [60, "waiting"], [61, "well"]]);
});

test("a closed way is silent after five minutes, stays so, and is well as soon as a ping comes again", () => {
  expect(play(60, (minute) => (minute < 30 ? null : 1))).toEqual([[0, "waiting"], [5, "silent"], [31, "well"]]);
});

test("who may not ask says so, and tries again after an hour", () => {
  const refused = cannotAsk(NEW_CANARY, at(0), "No permission.");
  expect(decideCanary(refused, null, at(30))).toEqual({ state: refused, ask: false });
  expect(decideCanary(refused, null, at(60)).ask).toBe(true);
});
