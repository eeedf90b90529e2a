/** A large organisation loaded into a real OpenSearch and read back, document by document; then loaded once more. */
import { expect, jest, test } from "@jest/globals";
import { makeRunReads } from "@octally/store/runs";
import { openTestStore } from "../../../../packages/store/test/test-store.ts";
import { differences } from "../differences.ts";
import { makeJobWorld } from "../job-world.ts";
import { simulateGitHub } from "../simulated-github.ts";
import { addHardThings, SMALL, WHOLE, type Hardness } from "./hard-things.ts";
import { readBack, realParts, writesTo } from "./real-store.ts";
import { ALL, discovery } from "./whole-load.ts";

jest.setTimeout(7_200_000);
/** Each load sees these as they are on its day. */
const OF_THE_DAY: ReadonlySet<string> = new Set(["repository-snapshot", "traffic"]);

type Size = { readonly repositories: number; readonly pullRequests: number; readonly hardness: Hardness };

test.each<Size>([
  { repositories: 20, pullRequests: 1000, hardness: SMALL },
  { repositories: 200, pullRequests: 20_000, hardness: WHOLE },
])("$repositories repositories with $pullRequests pull requests stand in OpenSearch as at GitHub, and a second load writes nothing", async ({ hardness, ...size }) => {
  const simulated = simulateGitHub({ ...size, richness: "full" });
  addHardThings(simulated, hardness);
  const db = openTestStore(`large-${size.repositories}`);
  const parts = await realParts(db, simulated);
  const world = makeJobWorld(simulated, { parts });
  const load = async (run: string): Promise<readonly string[]> => {
    await world.send(discovery(ALL, run));
    await world.drain();
    const unusual: string[] = [];
    await db.client.indices.refresh({ index: `${db.prefix}-*` });
    for await (const some of makeRunReads(db.client, db.prefix).readParts(run)) unusual.push(...some.filter(({ state, gaps, refreshes }) => state !== "done" || gaps !== 0 || refreshes !== 0).map((part) => JSON.stringify(part)));
    return unusual;
  };
  const beganAt = performance.now();
  expect(await load("r1")).toEqual([]);
  const seconds = Math.round((performance.now() - beganAt) / 1000);
  const requests = simulated.requests();
  let documents = 0;
  for (const kind of ALL) {
    const stored = await readBack(db, kind);
    documents += stored.size;
    expect(differences(simulated, () => stored, [kind])).toEqual([]);
  }
  const lasting = ALL.filter((kind) => !OF_THE_DAY.has(kind));
  const before = await writesTo(db, lasting);
  expect(before).toBeGreaterThanOrEqual(documents / 2);
  expect(await load("r2")).toEqual([]);
  expect((await writesTo(db, lasting)) - before).toBe(0);
  expect(simulated.violations()).toBe(0);
  process.stderr.write(`${JSON.stringify({ title: "real store", ...size, documents, requests, again: simulated.requests() - requests, seconds })}\n`);
  await db.close();
});
