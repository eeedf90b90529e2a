import { expect, test } from "@jest/globals";
import { schedulesOf } from "@octally/integrity-checker/core/schedules";
import type { CheckSummary } from "@octally/integrity-checker/handler";
import type { CheckerNews } from "./core/checker-news.ts";
import { runChecks, type ChecksOptions } from "./run-checks.ts";

const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
const summary: CheckSummary = { places: 3, open: 0, totals: [], requests: 1, points: 1 };

/** Runs it until it has looked so often; each look is a minute later. */
async function play(looks: number, options: Partial<ChecksOptions>): Promise<readonly CheckerNews[]> {
  const ending = new AbortController();
  const news: CheckerNews[] = [];
  let minute = -1;
  await runChecks({
    schedules: schedulesOf({ checkMinutes: 60, canaryMinutes: 2 }),
    check: async () => summary,
    lastBegan: async () => undefined,
    onNews: (one) => news.push(one),
    clock: () => new Date(Date.parse("2026-11-20T00:00:00Z") + minute * 60_000),
    logger: silent,
    signal: ending.signal,
    lookEveryMs: 0,
    ...options,
    isLoading: async () => {
      minute += 1;
      if (minute + 1 >= looks) ending.abort();
      return (await options.isLoading?.()) ?? false;
    },
  });
  return news;
}

function recorder(fails: (name: string) => boolean = () => false): { readonly ran: string[]; readonly check: ChecksOptions["check"] } {
  const ran: string[] = [];
  return {
    ran,
    check: async ({ name }) => {
      ran.push(name);
      if (fails(name)) throw new Error("The store is away.");
      return summary;
    },
  };
}

test("each has its turn; the daily ones wait for the load, and counts come again when it is over", async () => {
  const { ran, check } = recorder();
  let looks = 0;
  await play(7, { check, isLoading: async () => (looks += 1) < 4 });
  expect(ran).toEqual(["canary", "counts", "canary", "counts", "canary", "references", "audit"]);
});

test("the daily ones are not begun anew at each start", async () => {
  const { ran, check } = recorder();
  await play(4, { check, lastBegan: async ({ name }) => (name === "audit" ? Date.parse("2026-11-19T23:00:00Z") : undefined) });
  expect(ran).toEqual(["canary", "counts", "canary", "references"]);
});

test("what fails is tried again, and keeps nothing else from its turn", async () => {
  const { ran, check } = recorder((name) => name === "counts");
  await play(3, { check });
  expect(ran).toEqual(["canary", "counts", "counts"]);
});

test("a store that cannot be read ends nothing", async () => {
  const { ran, check } = recorder();
  let looks = 0;
  const isLoading = async (): Promise<boolean> => {
    looks += 1;
    if (looks === 1) throw new Error("The store is away.");
    return false;
  };
  await play(3, { check, isLoading });
  expect(ran).toEqual(["canary", "counts"]);
});

test("what was found is told", async () => {
  const totals = [{ kind: "*", level: "organization", org: "octo", repository: null, expected: 5, stored: 4, missing: 1, surplus: 0, stale: 0, status: "settling", reason: null, permission: null, incomplete_since: null, checked_at: "2026-11-20T00:00:00Z", audited_at: null, attempts: 0, repaired_at: null, repair: null }] as const;
  const hook = { id: "1", path: "/orgs/octo/hooks/1", targetType: "organization", place: { org: "octo", repository: null } } as const;
  const canary = [{ hook, state: { asked_at: null, known: 0, seen_at: null, looked_at: null, health: "silent", reason: "No." } }] as const;
  const news = await play(2, { check: async ({ name }) => (name === "counts" ? { ...summary, totals } : name === "canary" ? { ...summary, canary } : summary) });
  expect(news).toEqual([
    { webhooks: [{ hook: "/orgs/octo/hooks/1", health: "silent", asked_at: null, seen_at: null, reason: "No." }] },
    { completeness: [{ org: "octo", expected: 5, stored: 4, missing: 1, surplus: 0, stale: 0, status: "settling", checked_at: "2026-11-20T00:00:00Z" }] },
  ]);
});
