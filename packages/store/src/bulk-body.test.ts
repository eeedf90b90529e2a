import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { observe, thing } from "../test/things.ts";
import { bulkChunks, bulkLines, toOperation, type BulkOperation } from "./bulk-body.ts";

const operationOf = (id: number, color: string): BulkOperation => toOperation(thing, { kind: "thing", month: null }, "p-thing-write", observe(thing, { id, color }));
const MAX_BYTES = 5 * 1024 * 1024;

describe("bulk requests", () => {
  test("write the version as digits, whole: it is larger than a JavaScript number", () => {
    const operation = { ...operationOf(1, "red"), observation: { ...observe(thing, { id: 1 }), version: 2n ** 63n - 1n } };
    expect(bulkLines(operation).split("\n")[0]).toBe('{"index":{"_index":"p-thing-write","_id":"1","version":9223372036854775807,"version_type":"external","require_alias":true}}');
  });

  test("that settle replace exactly what was read", () => {
    expect(bulkLines(operationOf(1, "red"), { seqNo: 7, primaryTerm: 2 }).split("\n")[0]).toBe('{"index":{"_index":"p-thing-write","_id":"1","if_seq_no":7,"if_primary_term":2,"require_alias":true}}');
  });

  test("have two lines an operation, whatever the texts are", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (id, color) => {
        const lines = bulkLines(toOperation(thing, { kind: "thing", month: null }, "p-thing-write", { ...observe(thing, { id: 1, color }), id })).split("\n");
        expect(lines).toHaveLength(3);
        expect(lines[2]).toBe("");
        expect((JSON.parse(lines[0] ?? "") as { index: { _id: string } }).index._id).toBe(id);
        expect((JSON.parse(lines[1] ?? "") as { color: string }).color).toBe(color);
      }),
    );
  });

  test("are at most a thousand operations and five megabytes, lose none and keep the order", () => {
    fc.assert(
      fc.property(fc.array(fc.record({ count: fc.integer({ min: 1, max: 900 }), bytes: fc.constantFrom(1, 1000, 5_000) }), { maxLength: 4 }), (parts) => {
        const operations = parts.flatMap(({ count, bytes }) => Array.from({ length: count }, (_, id) => operationOf(id, "é".repeat(bytes / 2))));
        const chunks = bulkChunks(operations);
        expect(chunks.flat().length).toBe(operations.length);
        expect(chunks.flat().every((operation, index) => operation === operations[index])).toBe(true);
        for (const chunk of chunks) {
          expect(chunk.length).toBeLessThanOrEqual(1000);
          expect(Buffer.byteLength(chunk.map((operation) => bulkLines(operation)).join(""))).toBeLessThanOrEqual(MAX_BYTES);
        }
      }),
      { numRuns: 20 },
    );
  });

  test("one that is too large by itself is sent by itself", () => {
    const [small, large, last] = [operationOf(1, "a"), operationOf(2, "x".repeat(MAX_BYTES)), operationOf(3, "b")];
    expect(bulkChunks([small, large, last])).toEqual([[small], [large], [last]]);
  });
});
