import { expect, test } from "@jest/globals";
import type { RunProgress } from "@octally/store/runs";
import type { WebhookHealth } from "./core/checker-news.ts";
import type { StoredTotal } from "./core/completeness-report.ts";
import { makeJsonOutput, makePersonOutput, type UpOutput } from "./up-output.ts";

const NOW = "2026-11-21T12:00:00.000Z";
const at = (seconds: number): Date => new Date(Date.parse(NOW) + seconds * 1000);
const run = (over: number, done = over): RunProgress => ({ run: "r", parts: 4, over, done, kinds: [], troubles: [], waiting_until: null, waiting_for: null });
const total: StoredTotal = { org: "octo", expected: 10, stored: 9, missing: 1, surplus: 0, stale: 0, status: "settling", checked_at: NOW };
const hook = (health: WebhookHealth["health"]): WebhookHealth => ({ hook: "/orgs/octo/hooks/1", health, asked_at: NOW, seen_at: null, reason: null });

function said(tell: (output: UpOutput) => void, make = (write: (line: string) => void): UpOutput => makePersonOutput(write, false)): readonly string[] {
  const lines: string[] = [];
  tell(make((line) => lines.push(line)));
  return lines;
}

test("a load has a line every ten seconds, and one at its end, however soon that comes", () => {
  const lines = said((output) => {
    for (const second of [0, 2, 9, 11]) output.loading("octo", run(1), undefined, at(second));
    output.loading("octo", run(4), undefined, at(12));
  });
  expect(lines).toEqual(["12:00:00  Loading octo: 1 of 4 lists, 0 documents", "12:00:11  Loading octo: 1 of 4 lists, 0 documents", "12:00:12  octo is loaded: 4 of 4 lists, 0 documents."]);
  expect(said((output) => output.loading("octo", run(4, 3), undefined, at(0)))).toEqual([expect.stringMatching(/^12:00:00 {2}octo is loaded, but for 1 of its lists: "\.\/octally backfill" says why\./)]);
});

test("only news is told: what has changed since, and no ping that is merely awaited", () => {
  const lines = said((output) => {
    output.news({ completeness: [total], webhooks: [hook("waiting")] }, NOW);
    output.news({ completeness: [{ ...total, checked_at: at(60).toISOString() }], webhooks: [hook("well")] }, NOW);
    output.news({ webhooks: [hook("waiting")] }, NOW);
    output.news({ completeness: [{ ...total, missing: 0, status: "complete" }], webhooks: [hook("well")] }, NOW);
    output.news({ webhooks: [hook("silent")] }, NOW);
  });
  expect(lines.map((line) => line.slice(10, 30))).toEqual(["Completeness: 90.00 ", "Webhooks come (/orgs", "Completeness: 100 % ", "WEBHOOKS ARE SILENT "]);
});

test("programs get everything, as events", () => {
  const events = said((output) => {
    output.news({ completeness: [total], webhooks: [hook("silent")] }, NOW);
    output.loading("octo", run(1), undefined, at(0));
    output.loading("octo", run(4, 3), undefined, at(1));
  }, makeJsonOutput).map((line) => JSON.parse(line) as unknown);
  expect(events).toEqual([{ event: "completeness", ...total }, { event: "webhooks", ...hook("silent") }, { event: "loaded", source: "octo", run: "r", complete: false, parts: 4 }]);
});
