import { expect, test } from "@jest/globals";
import { decideBatchOutcome } from "./batch-outcome.ts";

const ids = ["a", "b", "c"];
const failed = (...itemIdentifiers: unknown[]) => ({ batchItemFailures: itemIdentifiers.map((itemIdentifier) => ({ itemIdentifier })) });

test.each([
  ["no answer", undefined],
  ["null", null],
  ["an empty object", {}],
  ["no list", { batchItemFailures: null }],
  ["an empty list", { batchItemFailures: [] }],
])("all are done: %s", (_name, response) => {
  expect(decideBatchOutcome(response, ids)).toEqual({ kind: "handled", failedIds: new Set() });
});

test("exactly the named ones failed", () => {
  expect(decideBatchOutcome(failed("c", "a"), ids)).toEqual({ kind: "handled", failedIds: new Set(["a", "c"]) });
});

test.each([
  ["a text", "done"],
  ["a list that is none", { batchItemFailures: "a" }],
  ["an empty id", failed("")],
  ["a null id", failed(null)],
  ["a wrong key", { batchItemFailures: [{ id: "a" }] }],
  ["an id of another batch", failed("a", "z")],
  ["an item that is none", { batchItemFailures: [null] }],
])("the whole batch comes back: %s", (_name, response) => {
  expect(decideBatchOutcome(response, ids).kind).toBe("retry-all");
});
