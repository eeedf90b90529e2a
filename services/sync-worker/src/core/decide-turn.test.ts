import { describe, expect, test } from "@jest/globals";
import { decideTurn } from "./decide-turn.ts";
import { newPart, type PartState } from "./part-state.ts";

const NOW = Date.parse("2026-11-21T10:00:00.000Z");
const later = (seconds: number): string => new Date(NOW + seconds * 1000).toISOString();
const part = (facts: Partial<PartState>): PartState => ({ ...newPart({ type: "discover", run: "r", part: "r:octo", turn: 0, source: "octo", since: null, until: null, kinds: ["issue"] }), turn: 3, ...facts });

describe("whose turn it is", () => {
  test.each([
    ["the nudge of this turn", {}, { turn: 3, by: "a" }, { do: "work", turn: 3 }],
    ["a nudge sent before the state moved: its worker was killed between", {}, { turn: 4, by: "a" }, { do: "work", turn: 4 }],
    ["a nudge that was answered", {}, { turn: 2, by: "a" }, { do: "drop", because: "answered" }],
    ["any nudge of what is over", { state: "done" }, { turn: 9, by: "a" }, { do: "drop", because: "over" }],
    ["somebody works on it", { lease_by: "b", lease_until: later(30) }, { turn: 3, by: "a" }, { do: "wait", seconds: 5, because: "leased" }],
    ["somebody's lease ends soon", { lease_by: "b", lease_until: later(2) }, { turn: 3, by: "a" }, { do: "wait", seconds: 2, because: "leased" }],
    ["somebody was killed, and the lease ran out", { state: "running", lease_by: "b", lease_until: later(-1) }, { turn: 3, by: "a" }, { do: "work", turn: 3 }],
    ["the same message again: its own worker was killed", { state: "running", lease_by: "a", lease_until: later(30) }, { turn: 3, by: "a" }, { do: "work", turn: 3 }],
    ["there is no budget yet", { not_before: later(1800) }, { turn: 3, by: "a" }, { do: "wait", seconds: 1800, because: "not-yet" }],
  ] as const)("%s", (_, facts, nudge, turn) => {
    expect(decideTurn(part(facts), nudge, NOW)).toEqual(turn);
  });
});
