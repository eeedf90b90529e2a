/**
 * Histories on a real OpenSearch, queue and archive: `./octally test --large`. `OCTALLY_REAL_SEEDS=1+40` plays forty from 1.
 * In each OpenSearch's process is killed in the middle of a write, and started again hours later; at other times its indices take no writes.
 */
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { openRealPlay, type RealPlay } from "../histories/play-real.ts";

const [first = 1, many = 40] = (process.env["OCTALLY_REAL_SEEDS"] ?? "").split("+").filter((text) => text !== "").map(Number);

let real: RealPlay;
beforeAll(async () => {
  real = await openRealPlay();
}, 180_000);
afterAll(() => real.close());

test.each(Array.from({ length: many }, (_, index) => first + index))("seed %i", async (seed) => {
  const { wrong, deaths } = await real.play(seed);
  expect(wrong).toEqual([]);
  expect(deaths).toBe(1);
}, 1_200_000);
