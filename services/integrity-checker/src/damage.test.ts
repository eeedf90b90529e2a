/** Damage done to the store itself is found and mended; what was right is not touched. 200 repositories: test/large/damage.test.ts. */
import { expect, test } from "@jest/globals";
import { playDamage } from "../test/damage-story.ts";
import type { User } from "@octally/github-simulator/world/entities";
import { HOUR, makeMirror, openOnes, type Mirror } from "../test/mirror.ts";

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

/** Of a token that may read all that is its owner's. */
const SCOPES = ["repo", "security_events", "read:user"];

test.each([3, 5, 8])("of a user's repositories, one that was lost itself too (seed %d)", async (seed) => {
  const options = { repositories: 3, pullRequests: 40, seed };
  const mirror = makeMirror({
    ...options,
    token: (simulator) => simulator.server.credentials.classic(userOf(simulator), SCOPES),
    sourceOf: (simulator) => userOf(simulator).login,
  });
  const { damage, openByCounts, open, wrong, touched } = await playDamage(mirror, { lost: 0.3, aged: 0.1, invented: 0.05 });
  expect(damage.lost.length).toBeGreaterThan(3);
  await mirror.stored.lose("repository", [...mirror.simulated.world.repositories.values()].filter(({ owner }) => owner === userOf(mirror.simulated)).map(({ id }) => String(id)));
  expect({ openByCounts, open, wrong, touched }).toEqual({ openByCounts: [], open: [], wrong: [], touched: [] });
  const seen: string[] = [];
  for (let hour = 0; hour < 5; hour += 1) {
    mirror.simulated.clock.moveTo(mirror.simulated.clock.now() + HOUR);
    const { coverages = [] } = await mirror.check(["counts"]);
    seen.push(...openOnes(coverages));
    await mirror.work();
    if (hour === 4) expect(openOnes(coverages)).toEqual([]);
  }
  expect(seen.some((line) => line.includes(" repository "))).toBe(true);
}, 240_000);

function userOf({ oracle, organization }: Pick<Mirror["simulated"], "oracle" | "organization">): User {
  const user = oracle.repositories().find(({ owner }) => owner !== organization)?.owner;
  if (user?.type !== "User") throw new Error("Nobody has a repository of their own.");
  return user;
}
