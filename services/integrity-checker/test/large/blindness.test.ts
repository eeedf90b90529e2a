/** Every permission that Octally asks for, taken away and given back, one after the other. */
import { expect, test } from "@jest/globals";
import { grant, makePrivateMirror, noticedBy, PERMISSIONS, playBlindness } from "../blindness-story.ts";

test.each(PERMISSIONS)("without %s", async (name) => {
  const mirror = makePrivateMirror();
  const { hidden, besides, changed, open } = await playBlindness(mirror, () => grant(mirror.simulated, PERMISSIONS.filter((other) => other !== name)), () => grant(mirror.simulated, PERMISSIONS));
  expect([...hidden.keys()].toSorted()).toEqual([...noticedBy(name)].toSorted());
  for (const [kind, permission] of hidden) expect({ kind, permission }).toEqual({ kind, permission: expect.stringContaining(name) });
  expect({ besides, changed, open }).toEqual({ besides: [], changed: [], open: [] });
}, 300_000);
