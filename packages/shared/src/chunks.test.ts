import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { chunksOf, chunksWithin } from "./chunks.ts";

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

describe("chunks", () => {
  test("lose nothing, keep the order and the limits, and none could take the next one's first", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(40)), fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 60 }), (sizes, items, size) => {
        const chunks = chunksWithin(sizes, { items, size }, (item) => item);
        expect(chunks.flat()).toEqual(sizes);
        for (const [position, chunk] of chunks.entries()) {
          expect(chunk.length).toBeGreaterThan(0);
          expect(chunk.length).toBeLessThanOrEqual(items);
          if (chunk.length > 1) expect(sum(chunk)).toBeLessThanOrEqual(size);
          const next = chunks[position + 1]?.[0];
          if (next !== undefined) expect(chunk.length === items || sum(chunk) + next > size).toBe(true);
        }
      }),
    );
  });

  test("of a number of items", () => {
    expect(chunksOf([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]);
    expect(chunksOf([], 2)).toEqual([]);
  });
});
