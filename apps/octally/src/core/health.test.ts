import { expect, test } from "@jest/globals";
import type { WebhookHealth } from "./checker-news.ts";
import { decideState, type Component, type ComponentState } from "./health.ts";

const parts = (...states: ComponentState[]): Component[] => states.map((state, index) => ({ name: `part-${index}`, state, restarts: 0, since: "2026-11-01T00:00:00.000Z" }));

test.each([
  ["everything is up", parts("up", "up"), "started", "ready"],
  ["up, but the start is not over (the indices are being made)", parts("up", "up"), "starting", "starting"],
  ["one is down", parts("up", "down"), "started", "degraded"],
  ["one comes back", parts("up", "starting"), "started", "degraded"],
  ["the end has begun", parts("up", "up"), "stopping", "stopping"],
] as const)("%s", (_name, components, phase, expected) => {
  expect(decideState(components, phase, [])).toBe(expected);
});

test("silent webhooks make it degraded; that nobody may ask for a ping does not", () => {
  const hook = (health: WebhookHealth["health"]): WebhookHealth => ({ hook: "/orgs/octo/hooks/1", health, asked_at: null, seen_at: null, reason: null });
  expect(decideState(parts("up"), "started", [hook("well"), hook("silent")])).toBe("degraded");
  expect(decideState(parts("up"), "started", [hook("waiting"), hook("cannot-ask"), hook("unknown")])).toBe("ready");
});
