/** What a token may not see is neither missing nor gone. Every permission in turn: test/large/blindness.test.ts. */
import { expect, test } from "@jest/globals";
import { grant, makePrivateMirror, noticedBy, PERMISSIONS, playBlindness, TOKEN } from "../test/blindness-story.ts";
import type { Mirror } from "../test/mirror.ts";

/** Some of its lists say so, one is only shorter. */
test.each(["members"])("without %s: it is named, nothing is buried, and all is right again with it", async (name) => {
  const mirror = makePrivateMirror();
  const { hidden, besides, changed, open, violations } = await playBlindness(mirror, () => grant(mirror.simulated, PERMISSIONS.filter((other) => other !== name)), () => grant(mirror.simulated, PERMISSIONS));
  expect([...hidden.keys()].toSorted()).toEqual([...noticedBy(name)].toSorted());
  for (const [kind, permission] of hidden) expect({ kind, permission }).toEqual({ kind, permission: expect.stringContaining(name) });
  expect(besides).toEqual([]);
  expect(changed).toEqual([]);
  expect(open).toEqual([]);
  expect(violations).toBe(0);
}, 240_000);

test.each([
  ["that is revoked", "valid credentials", (mirror: Mirror): unknown => mirror.simulated.server.credentials.revoke(TOKEN)],
  ["from which a repository is taken", "metadata=read", (mirror: Mirror): unknown => grant(mirror.simulated, PERMISSIONS, [])],
] as const)("a token %s: nothing of it is buried, and all is right again when it returns", async (_, permission, blind) => {
  const mirror = makePrivateMirror();
  const { hidden, besides, changed, open } = await playBlindness(mirror, () => blind(mirror), () => grant(mirror.simulated, PERMISSIONS));
  expect(hidden.size).toBeGreaterThan(30);
  for (const [kind, named] of hidden) expect({ kind, named }).toEqual({ kind, named: permission });
  expect({ besides, changed, open }).toEqual({ besides: [], changed: [], open: [] });
}, 240_000);

test("credentials that GitHub does not accept: the check says so, also where nothing was ever loaded", async () => {
  const { simulated, check } = makePrivateMirror();
  simulated.server.credentials.revoke(TOKEN);
  const { coverages, refusals } = await check(["counts"]);
  expect(coverages).toEqual([]);
  expect(refusals).toEqual([{ source: "octo-demo", reason: expect.stringContaining("GitHub does not accept the credentials") }]);
});
