import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { kinds } from "@octally/model/registry";
import { factsTable } from "./completeness-facts.ts";
import { STATUSES } from "./coverage.ts";
import { RULES } from "./decide-coverage.ts";
import { LOG_RULES } from "./delivery-log.ts";

const guide = readFileSync(join(import.meta.dirname, "../../../../docs/completeness.md"), "utf8");

test("the guide's table is what the kinds declare; after a change: node services/integrity-checker/test/write-facts.ts", () => {
  const [, table] = /<!-- facts -->\n([\s\S]*?)\n<!-- \/facts -->/.exec(guide) ?? [];
  expect(table).toBe(factsTable(kinds));
});

test("the guide explains every status", () => {
  expect(STATUSES.filter((status) => !guide.includes(`| \`${status}\` |`))).toEqual([]);
});

test("the guide's times are those of the code", () => {
  expect(guide).toContain(`${RULES.settleMs / 60_000} minutes`);
  expect(guide).toContain(`${RULES.busyMs / 3_600_000} hours`);
  expect(guide).toContain(`${RULES.patienceMs / 3_600_000} hours`);
  expect(guide).toContain(`${LOG_RULES.graceMs / 60_000} minutes`);
  expect([RULES.attempts, LOG_RULES.attempts]).toEqual([3, 3]);
});
