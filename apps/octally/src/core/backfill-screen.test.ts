import { expect, test } from "@jest/globals";
import type { KindProgress, RunProgress } from "@octally/store/runs";
import { toProgressLines } from "./backfill-screen.ts";

const none: KindProgress = { kind: null, parts: 1, over: 1, expected: 2, seen: 2, written: 2, superseded: 0, gaps: 0, requests: 3, points: 3 };
const run = (kinds: readonly KindProgress[], more: Partial<RunProgress> = {}): RunProgress => ({ run: "r", parts: 5, over: 2, done: 2, kinds, troubles: [], waiting_until: null, ...more });

test("each kind by GitHub's count, or by its lists; then the whole, its rate and the time to go", () => {
  const pulls: KindProgress = { ...none, kind: "pull-request", parts: 2, over: 0, expected: 400, seen: 100, written: 700, requests: 3, points: 6 };
  const comments: KindProgress = { ...none, kind: "issue-comment", parts: 2, over: 1, expected: null, seen: 50, written: 50, requests: 1, points: 1 };
  const since = run([{ ...none, written: 0 }, { ...pulls, seen: 0, written: 0 }, { ...comments, written: 0 }]);
  expect(toProgressLines(run([none, pulls, comments], { waiting_until: "2026-11-21T11:00:00.000Z" }), { seconds: 10, since })).toEqual([
    "pull-request  █████░░░░░░░░░░░░░░░ 100 of 400, 2 lists to go",
    "issue-comment ██████████░░░░░░░░░░ 50, 1 lists to go",
    "2 of 5 lists, 752 documents, 7 requests, 10 points, 75/s, about 30 s to go",
    "Some of it waits for GitHub's budget, until 2026-11-21T11:00:00.000Z.",
  ]);
});

test("at the beginning there is nothing to say but that", () => {
  expect(toProgressLines(run([], { parts: 0, over: 0, done: 0 }))).toEqual(["0 of 0 lists, 0 documents, 0 requests, 0 points"]);
});
