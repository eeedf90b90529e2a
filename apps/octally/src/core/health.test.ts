import { expect, test } from "@jest/globals";
import { decideState, type Component, type ComponentState } from "./health.ts";

const parts = (...states: ComponentState[]): Component[] => states.map((state, index) => ({ name: `part-${index}`, state, restarts: 0, since: "2026-11-01T00:00:00.000Z" }));

test.each([
  ["everything is up", parts("up", "up"), "started", "ready"],
  ["up, but the start is not over (the indices are being made)", parts("up", "up"), "starting", "starting"],
  ["one is down", parts("up", "down"), "started", "degraded"],
  ["one comes back", parts("up", "starting"), "started", "degraded"],
  ["the end has begun", parts("up", "up"), "stopping", "stopping"],
] as const)("%s", (_name, components, phase, expected) => {
  expect(decideState(components, phase)).toBe(expected);
});
