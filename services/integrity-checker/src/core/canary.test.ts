import { expect, test } from "@jest/globals";
import { asked, cannotAsk, decideCanary, NEW_CANARY, type CanaryState } from "./canary.ts";

const at = (minutes: number): string => new Date(Date.parse("2026-11-20T00:00:00Z") + minutes * 60_000).toISOString();
const EVERY_MINUTE = { looks: (): boolean => true, clock: (minute: number): number => minute };

/** Looks every minute; a ping that was asked for arrives after so many minutes, or never. Gives the changes, by true time. */
function play(minutes: number, arrivesAfter: (askedAtMinute: number) => number | null, { looks, clock }: { looks: (minute: number) => boolean; clock: (minute: number) => number } = EVERY_MINUTE): readonly (readonly [number, CanaryState["health"]])[] {
  let state = NEW_CANARY;
  const arrivals: number[] = [];
  const changes: (readonly [number, CanaryState["health"]])[] = [];
  for (let minute = 0; minute <= minutes; minute += 1) {
    if (!looks(minute)) continue;
    const now = at(clock(minute));
    const pings = arrivals.filter((arrival) => arrival <= minute).length;
    const decided = decideCanary(state, pings, now);
    const before = state.health;
    state = decided.ask ? asked(decided.state, pings, now) : decided.state;
    const after = decided.ask ? arrivesAfter(minute) : null;
    if (after !== null) arrivals.push(minute + after);
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

test("who was away calls nothing silent: it asks again", () => {
  const looks = (minute: number): boolean => minute < 3 || minute >= 120;
  expect(play(130, (minute) => (minute < 3 ? null : 1), { ...EVERY_MINUTE, looks })).toEqual([[0, "waiting"], [121, "well"]]);
  expect(play(130, () => null, { ...EVERY_MINUTE, looks })).toEqual([[0, "waiting"], [125, "silent"]]);
});

test("a clock that is set back by a month keeps nobody waiting", () => {
  const clock = (minute: number): number => (minute < 10 ? minute : minute - 43_200);
  expect(play(75, () => 1, { ...EVERY_MINUTE, clock })).toEqual([[0, "waiting"], [1, "well"], [10, "waiting"], [11, "well"], [70, "waiting"], [71, "well"]]);
});

test("who may not ask says so, and tries again after an hour", () => {
  const refused = cannotAsk(NEW_CANARY, at(0), "No permission.");
  expect(decideCanary(refused, 0, at(30))).toMatchObject({ state: { health: "cannot-ask", reason: "No permission." }, ask: false });
  expect(decideCanary(refused, 0, at(60)).ask).toBe(true);
});
