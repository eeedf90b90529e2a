/**
 * A year of an organisation, live through intake, queues, workers and checker, with all that goes wrong: at the end every document is as
 * GitHub has it. Thousands of them: `node services/integrity-checker/test/histories/main.ts --seeds 1+3000`.
 */
import { describe, expect, jest, test } from "@jest/globals";
import { BROKEN } from "../test/histories/broken.ts";
import type { HistoryPlan } from "../test/histories/plan.ts";
import type { Ended } from "../test/histories/report.ts";
import { runHistory } from "../test/histories/run-history.ts";

// Seconds of work; the machine may be busy.
jest.setTimeout(300_000);

const DAY_MS = 86_400_000;

test.each([3, 17])("seed %i", async (seed) => {
  const { wrong, deliveries } = await runHistory(seed);
  expect(wrong).toEqual([]);
  expect(deliveries).toBeGreaterThan(100);
});

test("what nobody took on the first day comes back from the log, but for the ping", async () => {
  const sent: Ended["sent"][] = [];
  const change = (plan: HistoryPlan): HistoryPlan => ({ ...plan, down: { ...plan.down, intake: [{ from: plan.installedAt, to: plan.installedAt + DAY_MS }] } });
  const { wrong, deliveries } = await runHistory(18, { change, onEnd: (ended) => void sent.push(ended.sent) });
  expect(wrong).toEqual([]);
  expect(deliveries).toBe(sent[0]?.size);
});

test("the same seed is the same history", async () => {
  expect(await runHistory(18)).toEqual(await runHistory(18));
});

describe("it is noticed where", () => {
  test.each([
    ["writes do not compare versions", BROKEN.versions, /a state of .* gave way to one of/],
    ["deletions leave nothing behind", BROKEN.tombstones, /its tombstone of .* gave way/],
    ["the watermark runs ahead of what was read", BROKEN.watermark, /^delivery .*: missing$/],
  ])("%s", async (_what, broken, expected) => {
    // Nobody listens every other day: what is sent then, only the log has.
    const days = (plan: HistoryPlan): readonly number[] => Array.from({ length: Math.floor((plan.end - plan.installedAt) / DAY_MS / 2) }, (_, index) => plan.installedAt + (2 * index + 1) * DAY_MS);
    const change = (plan: HistoryPlan): HistoryPlan => ({ ...plan, down: { ...plan.down, intake: days(plan).map((from) => ({ from, to: from + DAY_MS })) } });
    const { wrong } = await runHistory(3, { broken, change });
    expect(wrong.filter((line) => expected.test(line)).length).toBeGreaterThan(0);
  });
});
