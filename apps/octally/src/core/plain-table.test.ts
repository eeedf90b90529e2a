import { expect, test } from "@jest/globals";
import { plainTable, wrapped } from "./plain-table.ts";

test("names stand to the left, numbers to the right, nothing between them", () => {
  expect(plainTable(["kind", "GitHub", "why"], [["issue", "1,200", ""], ["pull-request", "5", "late"]], [1])).toBe(["kind          GitHub  why", "issue          1,200", "pull-request       5  late"].join("\n"));
});

test("text is wrapped at words", () => {
  expect(wrapped("one two three four", 9, "  ")).toEqual(["one two", "  three", "  four"]);
  expect(wrapped("short", 80)).toEqual(["short"]);
  expect(wrapped("averyveryverylongword it is", 10)).toEqual(["averyveryverylongword", "it is"]);
  expect(wrapped("", 10)).toEqual([]);
});
