import { expect, test } from "@jest/globals";
import { addUse, type ApiUse, EMPTY_TALLY, forgetHours, usageRows } from "./api-usage.ts";

const use = (at: string | null, over: Partial<ApiUse> = {}): ApiUse => ({ at, purpose: "backfill", resource: "graphql", kind: "issue", outcome: "ok", points: 2, ...over });

test("requests and points are added up by hour, purpose, budget, kind and outcome", () => {
  const uses = [use("2026-11-22T10:00:00.000Z"), use("2026-11-22T10:59:59.000Z", { points: 3 }), use("2026-11-22T10:10:00.000Z", { purpose: "live" }), use("2026-11-22T11:00:00.000Z"), use("2026-11-22T11:00:01.000Z", { outcome: "limited", points: 0 })];
  expect(usageRows(uses.reduce(addUse, EMPTY_TALLY)).map(({ hour, purpose, outcome, requests, points }) => [hour, purpose, outcome, requests, points])).toEqual([
    ["2026-11-22T10:00:00Z", "backfill", "ok", 2, 5],
    ["2026-11-22T10:00:00Z", "live", "ok", 1, 2],
    ["2026-11-22T11:00:00Z", "backfill", "ok", 1, 2],
    ["2026-11-22T11:00:00Z", "backfill", "limited", 1, 0],
  ]);
});

test("what has no date counts with its neighbours, and none is lost", () => {
  const tally = [use(null), use("2026-11-22T10:00:00.000Z"), use(null)].reduce(addUse, EMPTY_TALLY);
  expect(usageRows(tally)).toMatchObject([{ hour: "2026-11-22T10:00:00Z", requests: 3, points: 6 }]);
  expect(addUse(EMPTY_TALLY, use(null)).undated).toHaveLength(1);
});

test("hours that are over are forgotten, but not what is still needed, nor the hour before the last", () => {
  const tally = ["08", "09", "10", "11"].map((hour) => use(`2026-11-22T${hour}:30:00.000Z`)).reduce(addUse, EMPTY_TALLY);
  const hours = (isKept: (hour: string) => boolean): readonly string[] => usageRows(forgetHours(tally, ({ hour }) => isKept(hour.slice(11, 13)))).map(({ hour }) => hour.slice(11, 13));
  expect(hours(() => false)).toEqual(["10", "11"]);
  expect(hours((hour) => hour === "08")).toEqual(["08", "10", "11"]);
  expect(usageRows(addUse(forgetHours(tally, () => false), use("2026-11-22T10:40:00.000Z"))).map(({ requests }) => requests)).toEqual([2, 1]);
  expect(forgetHours(EMPTY_TALLY, () => false)).toBe(EMPTY_TALLY);
});
