/**
 * Histories on a real OpenSearch, queue and archive: `./octally test --large`. `OCTALLY_REAL_SEEDS=1+40` plays forty from 1.
 * Some of the time the store is away in earnest: its indices take no writes.
 */
import { expect, test } from "@jest/globals";
import { realParts } from "../histories/real-parts.ts";
import { runHistory } from "../histories/run-history.ts";

const [first = 1, many = 40] = (process.env["OCTALLY_REAL_SEEDS"] ?? "").split("+").filter((text) => text !== "").map(Number);

test.each(Array.from({ length: many }, (_, index) => first + index))("seed %i", async (seed) => {
  const report = await runHistory(seed, { parts: realParts({ isFresh: (random) => random.chance(0.7) }), change: (plan) => ({ ...plan, pullRequests: Math.min(plan.pullRequests, 12), repositories: Math.min(plan.repositories, 2), checksAt: plan.checksAt.filter((_, index) => index % 3 === 0) }) });
  expect(report.wrong).toEqual([]);
}, 1_200_000);
