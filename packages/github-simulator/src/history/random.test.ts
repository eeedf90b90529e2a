import { describe, expect, test } from "@jest/globals";
import { makeStreams, noise, Random } from "./random.ts";

describe("random streams", () => {
  test("the same seed gives the same numbers, in every run and on every machine", () => {
    const random = new Random("octally");
    expect(Array.from({ length: 6 }, () => random.integer(0, 999))).toEqual([711, 593, 891, 193, 895, 406]);
  });

  test("streams of another name, number or seed have nothing in common", () => {
    const draw = (random: Random): string => Array.from({ length: 4 }, () => random.integer(0, 99)).join(" ");
    const streams = makeStreams("1");
    const draws = [streams("issue", 1), streams("issue", 2), streams("pull request", 1), makeStreams("2")("issue", 1)].map(draw);
    expect(new Set(draws).size).toBe(4);
    expect(draw(makeStreams("1")("issue", 1))).toBe(draws[0]);
  });

  test.each([
    ["next", (random: Random) => random.next(), 0.5, 0.01],
    ["chance", (random: Random) => Number(random.chance(0.3)), 0.3, 0.01],
    ["integer", (random: Random) => random.integer(1, 6), 3.5, 0.05],
    ["exponential", (random: Random) => random.exponential(4), 4, 0.1],
    ["count", (random: Random) => random.count(2.5), 2.5, 0.1],
    ["count of zero", (random: Random) => random.count(0), 0, 0],
    ["normal", (random: Random) => random.normal(), 0, 0.03],
    ["logNormal: below its median", (random: Random) => Number(random.logNormal(10, 1.5) < 10), 0.5, 0.02],
  ])("%s has the mean it should have", (_name, draw, mean, tolerance) => {
    const random = new Random("means");
    let sum = 0;
    for (let index = 0; index < 20_000; index++) sum += draw(random);
    expect(Math.abs(sum / 20_000 - mean)).toBeLessThanOrEqual(tolerance);
  });

  test("pickWeighted picks in proportion and never what weighs nothing", () => {
    const random = new Random("weights");
    const counts = { a: 0, b: 0, c: 0 };
    for (let index = 0; index < 9000; index++) counts[random.pickWeighted(["a", "b", "c"] as const, (item) => ({ a: 1, b: 2, c: 0 })[item])!]++;
    expect(counts.c).toBe(0);
    expect(counts.b / counts.a).toBeCloseTo(2, 0);
    expect(random.pickWeighted(["a"], () => 0)).toBeUndefined();
  });

  test("sample gives different items", () => {
    expect(new Random("s").sample([1, 2, 3], 5).toSorted((one, other) => one - other)).toEqual([1, 2, 3]);
  });

  test("noise is a function of its numbers", () => {
    expect(noise(3, 4)).toBe(noise(3, 4));
    expect(noise(3, 4)).not.toBe(noise(4, 3));
  });
});
