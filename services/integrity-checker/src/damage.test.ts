/** Damage done to the store itself is found and mended; what was right is not touched. 200 repositories: test/large/damage.test.ts. */
import { expect, test } from "@jest/globals";
import { playDamage } from "../test/damage-story.ts";
import { makeMirror } from "../test/mirror.ts";

test("of lost, old and made-up documents the counts find what counts can show, the audit the rest; all is as it was", async () => {
  const mirror = makeMirror({ repositories: 4, pullRequests: 60, seed: 4 });
  const { damage, countable, shown, openByCounts, open, wrong, touched } = await playDamage(mirror, { lost: 0.02, aged: 0.02, invented: 0.01 });
  expect([damage.lost.length, damage.aged.length, damage.invented.length].every((many) => many > 10)).toBe(true);
  expect(shown).toEqual(countable);
  expect(openByCounts).toEqual([]);
  expect(open).toEqual([]);
  expect(wrong).toEqual([]);
  expect(touched).toEqual([]);
  expect(mirror.simulated.violations()).toBe(0);
}, 240_000);

test("where as many pull requests are lost as made up, what is counted by them is mended without waiting for their audit", async () => {
  const { damage, openByCounts, open, wrong, touched } = await playDamage(makeMirror({ repositories: 2, pullRequests: 60, seed: 104 }), { lost: 0.04, aged: 0.02, invented: 0.04 });
  const of = (some: readonly { readonly kind: string }[]): number => some.filter(({ kind }) => kind === "pull-request").length;
  expect([of(damage.lost), of(damage.invented)].every((many) => many > 0)).toBe(true);
  expect({ openByCounts, open, wrong, touched }).toEqual({ openByCounts: [], open: [], wrong: [], touched: [] });
}, 240_000);
