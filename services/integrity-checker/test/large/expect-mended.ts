/** 1 % lost, 1 % old, 0.5 % made up: everything of it is found and mended, and nothing else touched. */
import { expect } from "@jest/globals";
import { playDamage, type DamageStory } from "../damage-story.ts";
import type { Mirror } from "../mirror.ts";

/** Says on the standard error what it took. */
export async function expectMended(mirror: Mirror): Promise<DamageStory["damage"]> {
  const { documents, damage, countable, shown, openByCounts, open, wrong, touched, spent } = await playDamage(mirror, { lost: 0.01, aged: 0.01, invented: 0.005 });
  process.stderr.write(`${JSON.stringify({ documents, lost: damage.lost.length, aged: damage.aged.length, invented: damage.invented.length, differing: countable.length, ...spent })}\n`);
  expect(shown).toEqual(countable);
  expect(openByCounts).toEqual([]);
  expect(open).toEqual([]);
  expect(wrong.slice(0, 20)).toEqual([]);
  expect(touched.slice(0, 20)).toEqual([]);
  expect(mirror.simulated.violations()).toBe(0);
  return damage;
}
