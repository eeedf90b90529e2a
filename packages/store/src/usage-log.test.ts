import { expect, test } from "@jest/globals";
import type { ApiUse } from "@octally/shared/api-usage";
import type { Observation } from "@octally/model/observation";
import { TransientError } from "@octally/shared/errors";
import { makeUsageLog } from "./usage-log.ts";

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const use = (at: string): ApiUse => ({ at, purpose: "backfill", resource: "core", kind: "issue", outcome: "ok", points: 1 });

test("each flush writes the rows that changed, with their sums; what could not be written comes with the next one", async () => {
  const log = makeUsageLog("p", () => new Date("2026-11-22T12:00:00Z"));
  const writes: (readonly Observation[])[] = [];
  let away = false;
  const store = {
    write: async (observations: readonly Observation[]) => {
      if (away) throw new TransientError("store-unavailable", "away");
      writes.push(observations);
      return observations.map(() => ({ outcome: "written" as const }));
    },
  };
  const flushed = async (): Promise<readonly unknown[]> => {
    await log.flush(store, silent);
    return writes.splice(0).flat().map(({ document }) => [document["hour"], document["requests"]]);
  };
  for (const hour of ["06", "07", "08"]) log.add(use(`2026-11-22T${hour}:30:00.000Z`));
  expect(await flushed()).toEqual([["2026-11-22T06:00:00Z", 1], ["2026-11-22T07:00:00Z", 1], ["2026-11-22T08:00:00Z", 1]]);
  expect(await flushed()).toEqual([]);
  log.add(use("2026-11-22T08:40:00.000Z"));
  log.add(use("2026-11-22T07:59:59.000Z"));
  away = true;
  expect(await flushed()).toEqual([]);
  away = false;
  log.add(use("2026-11-22T09:00:00.000Z"));
  expect(await flushed()).toEqual([["2026-11-22T07:00:00Z", 2], ["2026-11-22T08:00:00Z", 2], ["2026-11-22T09:00:00Z", 1]]);
});
