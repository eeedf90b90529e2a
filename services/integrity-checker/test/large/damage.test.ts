/** The damage of src/damage.test.ts to an organisation of 200 repositories, and what its repair takes. `OCTALLY_DAMAGE_PULL_REQUESTS`: of how many. */
import { expect, test } from "@jest/globals";
import { playDamage } from "../damage-story.ts";
import { makeMirror } from "../mirror.ts";

const PULL_REQUESTS = Number(process.env["OCTALLY_DAMAGE_PULL_REQUESTS"] ?? 4000);

test("200 repositories: 1 % lost, 1 % old, 0.5 % made up", async () => {
  const mirror = makeMirror({ repositories: 200, pullRequests: PULL_REQUESTS, seed: 7 });
  const { documents, damage, countable, shown, openByCounts, open, wrong, touched, spent } = await playDamage(mirror, { lost: 0.01, aged: 0.01, invented: 0.005 });
  process.stderr.write(`${JSON.stringify({ documents, lost: damage.lost.length, aged: damage.aged.length, invented: damage.invented.length, differing: countable.length, ...spent })}\n`);
  expect(shown).toEqual(countable);
  expect(openByCounts).toEqual([]);
  expect(open).toEqual([]);
  expect(wrong.slice(0, 20)).toEqual([]);
  expect(touched.slice(0, 20)).toEqual([]);
  expect(mirror.simulated.violations()).toBe(0);
}, 1_800_000);
