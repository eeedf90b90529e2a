import { expect, test } from "@jest/globals";
import type { RunProgress } from "@octally/store/runs";
import { makePacer, watchRun } from "./watch-run.ts";

const at = (over: number, parts = 3): RunProgress => ({ run: "r", parts, over, done: over, kinds: [], troubles: [], waiting_until: null, waiting_for: null });

test("until all its parts are over; one without parts has only just begun", async () => {
  const looks = [at(0, 0), at(1), at(3)];
  const seen: number[] = [];
  const last = await watchRun({ progressOf: async () => looks.shift()! }, { run: "r", lookEveryMs: 0, signal: new AbortController().signal, onProgress: ({ over }) => void seen.push(over) });
  expect([seen, last.over]).toEqual([[0, 1, 3], 3]);
});

test("or until nobody watches any more", async () => {
  const stop = new AbortController();
  expect(await watchRun({ progressOf: async () => at(1) }, { run: "r", lookEveryMs: 60_000, signal: stop.signal, onProgress: () => stop.abort() })).toEqual(at(1));
});

test("the pace is that of the last minute", () => {
  const pacer = makePacer();
  expect(pacer(at(0), 0)).toBeUndefined();
  expect(pacer(at(1), 30_000)).toEqual({ seconds: 30, since: at(0) });
  expect(pacer(at(2), 60_000)).toEqual({ seconds: 60, since: at(0) });
  // Looked at before it: at 30 s, the oldest that is at least a minute ago.
  expect(pacer(at(3), 90_000)).toEqual({ seconds: 60, since: at(1) });
});
