/** Every permission that Octally asks for, taken away and given back, one after the other. */
import { expect, test } from "@jest/globals";
import { grant, makePrivateMirror, noticedBy, PERMISSIONS, playBlindness } from "../blindness-story.ts";

/** What the simulated GitHub shows also to those without: labels and milestones are the pull requests' too, collaborators are whoever's who may push. */
const SHOWN: Readonly<Record<string, readonly string[]>> = { issues: ["label", "milestone"], contents: ["commit-comment"], administration: ["collaborator", "traffic"] };
/** Checks and statuses are read by the commits of branches, pull requests and runs. */
const HIDDEN_TOO: Readonly<Record<string, readonly string[]>> = { pull_requests: ["check-run", "status"], contents: ["check-run", "status"], actions: ["check-run"], statuses: ["check-run"] };

test.each(PERMISSIONS)("without %s", async (name) => {
  const mirror = makePrivateMirror();
  const { hidden, besides, changed, open } = await playBlindness(mirror, () => grant(mirror.simulated, PERMISSIONS.filter((other) => other !== name)), () => grant(mirror.simulated, PERMISSIONS));
  const own = noticedBy(name).filter((kind) => !(SHOWN[name] ?? []).includes(kind));
  expect([...hidden.keys()].toSorted()).toEqual([...own, ...(HIDDEN_TOO[name] ?? [])].toSorted());
  for (const kind of own) expect({ kind, permission: hidden.get(kind) }).toEqual({ kind, permission: expect.stringContaining(name) });
  expect({ besides, changed, open }).toEqual({ besides: [], changed: [], open: [] });
}, 300_000);
