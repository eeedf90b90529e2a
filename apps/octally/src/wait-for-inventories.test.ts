import { expect, test } from "@jest/globals";
import type { CheckerPorts } from "@octally/integrity-checker/ports";
import { waitForInventories, type Inventories } from "./wait-for-inventories.ts";

const run = (id: string, state: string): readonly [string, { document: object }] => [id, { document: { id, state, updated_at: "2026-11-20T00:00:00Z" } }];

/** Every look finds what the next of these says. */
function statesOf(...looks: readonly (readonly (readonly [string, { document: object }])[])[]): Pick<CheckerPorts, "states"> {
  const rest = [...looks];
  return { states: { read: async () => new Map((rest.length > 1 ? rest.shift() : rest[0]) as never), put: async () => "taken" } };
}

test("until all of them are over, however they ended", async () => {
  const seen: Inventories[] = [];
  const ports = statesOf([], [run("a", "running")], [run("a", "done"), run("b", "waiting")], [run("a", "done"), run("b", "failed")]);
  expect(await waitForInventories(ports, ["a", "b"], { lookEveryMs: 0, signal: new AbortController().signal, onProgress: (so) => seen.push(so) })).toEqual({ ended: 2, of: 2 });
  expect(seen.map(({ ended }) => ended)).toEqual([0, 0, 1, 2]);
});

test("or until it is stopped", async () => {
  const stop = new AbortController();
  expect(await waitForInventories(statesOf([run("a", "running")]), ["a"], { lookEveryMs: 60_000, signal: stop.signal, onProgress: () => stop.abort() })).toEqual({ ended: 0, of: 1 });
});
