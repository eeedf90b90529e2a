import { expect, test } from "@jest/globals";
import type { KindProgress, RunProgress } from "@octally/store/runs";
import { loadLine, toProgressLines } from "./backfill-screen.ts";

const none: KindProgress = { kind: null, parts: 1, over: 1, expected: 2, seen: 2, seen_counted: 2, written: 2, superseded: 0, gaps: 0, requests: 3, points: 3 };
const run = (kinds: readonly KindProgress[], more: Partial<RunProgress> = {}): RunProgress => ({ run: "r", parts: 5, over: 2, done: 2, kinds, troubles: [], waiting_until: null, waiting_for: null, ...more });

test("each kind by GitHub's count, or by its lists; then the whole, its rate and the time to go", () => {
  const pulls: KindProgress = { ...none, kind: "pull-request", parts: 2, over: 0, expected: 400, seen: 100, seen_counted: 100, written: 700, requests: 3, points: 6 };
  const comments: KindProgress = { ...none, kind: "issue-comment", parts: 2, over: 1, expected: null, seen: 50, seen_counted: 0, written: 50, requests: 1, points: 1 };
  const since = run([{ ...none, written: 0 }, { ...pulls, seen: 0, seen_counted: 0, written: 0 }, { ...comments, written: 0 }]);
  const progress = run([none, pulls, comments], { waiting_until: "2026-11-21T11:00:00.000Z" });
  const budgets = [{ resource: "core", limit: 5000, remaining: 4200, resets_at: "2026-11-21T11:00:00.000Z" }] as const;
  expect(toProgressLines(progress, { pace: { seconds: 10, since }, budgets })).toEqual([
    "pull-request  █████░░░░░░░░░░░░░░░ 100 of 400, 2 lists to go",
    "issue-comment ██████████░░░░░░░░░░ 50, 1 list to go",
    "Some of it waits for GitHub's budget, until 2026-11-21T11:00:00.000Z.",
    "GitHub: 7 requests, 10 points spent; left this hour: 4,200 of 5,000 REST requests",
    "102 of 402 things that GitHub counts, 2 of 5 lists, 752 documents, 75/s, about 30 s to go",
  ]);
  expect(loadLine({ ...progress, waiting_until: null })).toBe("102 of 402 things that GitHub counts, 2 of 5 lists, 752 documents");
  expect(loadLine({ ...progress, waiting_until: "2026-11-22T12:01:00Z", waiting_for: "github-unavailable: GitHub did not answer after 4 attempts" })).toBe("102 of 402 things that GitHub counts, 2 of 5 lists, 752 documents. Some of it is tried again at 2026-11-22T12:01:00Z: GitHub did not answer after 4 attempts");
});

test("a kind of which GitHub counted a part alone is not said to be of that part", () => {
  const progress = run([{ ...none, kind: "issue", parts: 2, over: 2, expected: 13, seen: 38, seen_counted: 13 }]);
  expect(toProgressLines(progress)).toEqual(["issue ████████████████████ 38", expect.any(String), expect.stringMatching(/^13 of 13 things/)]);
});

test("what cannot be reached is not waited for as a budget", () => {
  const progress = run([none], { waiting_until: "2026-11-21T11:00:00.000Z", waiting_for: "github-unavailable: GitHub cannot be reached (connect ECONNREFUSED)." });
  expect(toProgressLines(progress)[0]).toBe("Some of it is tried again at 2026-11-21T11:00:00.000Z: GitHub cannot be reached (connect ECONNREFUSED).");
});

test("where there is not room for all, what is done gives way, then what is small", () => {
  const kind = (name: string, expected: number, over: number): KindProgress => ({ ...none, kind: name, parts: 1, over, expected, seen: over === 1 ? expected : 0, seen_counted: over === 1 ? expected : 0 });
  const progress = run([kind("issue", 500, 1), kind("star", 300, 1), kind("label", 20, 0), kind("tag", 10, 0), kind("fork", 5, 0)]);
  expect(toProgressLines(progress, { rows: 7 })[4]).toBe("fork  ░░░░░░░░░░░░░░░░░░░░ 0 of 5, 1 list to go");
  expect(toProgressLines(progress, { rows: 6 })).toEqual([
    "label ░░░░░░░░░░░░░░░░░░░░ 0 of 20, 1 list to go",
    "tag   ░░░░░░░░░░░░░░░░░░░░ 0 of 10, 1 list to go",
    "fork  ░░░░░░░░░░░░░░░░░░░░ 0 of 5, 1 list to go",
    "…     2 kinds are done",
    expect.stringMatching(/^GitHub: /),
    expect.stringMatching(/^800 of 835 things/),
  ]);
  expect(toProgressLines(progress, { rows: 4 }).slice(0, 2)).toEqual(["label ░░░░░░░░░░░░░░░░░░░░ 0 of 20, 1 list to go", "…     2 kinds are done, 2 smaller ones are not"]);
});

test("at the beginning there is nothing to say but that", () => {
  expect(toProgressLines(run([], { parts: 0, over: 0, done: 0 }))).toEqual(["GitHub: 0 requests, 0 points spent", "0 of 0 lists, 0 documents"]);
});
