/**
 * A year of an organisation, live through intake, queues, workers and checker, with all that goes wrong: at the end every document is as
 * GitHub has it. Thousands of them: `node services/integrity-checker/test/histories/main.ts --seeds 1+3000`.
 */
import { expect, test } from "@jest/globals";
import { runHistory } from "../test/histories/run-history.ts";

const SEEDS = [3, 17, 18];

test.each(SEEDS)("seed %i", async (seed) => {
  const { wrong, deliveries } = await runHistory(seed);
  expect(wrong).toEqual([]);
  expect(deliveries).toBeGreaterThan(0);
});

test("the same seed is the same history", async () => {
  expect(await runHistory(18)).toEqual(await runHistory(18));
});
