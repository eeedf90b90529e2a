import { describe, expect, test } from "@jest/globals";
import { documentIn, jobsIn, RECEIVED_AT, recorded, seen } from "../../test/recorded.ts";

test("member", () => {
  expect(documentIn("member", "organization", recorded("organization"))).toEqual({
    organization: { id: 38302899, login: "Octocoders" },
    user: { id: 39652351, login: "hacktocat", type: "User" },
    role: "member",
  });
});

test("team", () => {
  expect(documentIn("team", "membership", recorded("membership", 1))).toEqual({
    id: 3253328,
    node_id: "MDQ6VGVhbTMyNTMzMjg=",
    name: "github",
    slug: "github",
    description: "Open-source team",
    privacy: "secret",
    notification_setting: "notifications_enabled",
    parent: null,
    html_url: "https://github.com/orgs/Octocoders/teams/github",
  });
});

test("team-member", () => {
  expect(documentIn("team-member", "membership", recorded("membership", 1))).toEqual({ team: { id: 3253328, slug: "github", name: "github" }, user: { id: 21031067, login: "Codertocat", type: "User" } });
});

test("team-repository", () => {
  expect(documentIn("team-repository", "team", recorded("team"))).toEqual({ team: { id: 3253328, slug: "github", name: "github" }, permission: "pull" });
});

describe("collaborator", () => {
  const user = { id: 21031067, login: "Codertocat", type: "User" };
  const added = (changes: unknown) => ({ ...recorded("member"), changes });

  test("the role decides; an old name of a permission is certain only where it is admin", () => {
    const payload = added({ permission: { to: "write" }, role_name: { to: "maintain" } });
    expect(seen("collaborator", "member", payload)).toMatchObject([{ id: "186853002:39652351", document: { permission: "maintain" } }]);
    const admin = { ...added({ permission: { to: "admin" } }), member: user };
    expect(documentIn("collaborator", "member", admin)).toEqual({ user, permission: "admin" });
    const edited = { ...admin, action: "edited", changes: { old_permission: { from: "read" }, permission: { from: "read", to: "write" } } };
    expect(seen("collaborator", "member", edited)).toEqual([]);
    expect(jobsIn("member", edited)).toEqual(["refresh collaborator Codertocat"]);
  });

  test.each([
    ["no change told", undefined],
    ["write alone may mean maintain", { permission: { to: "write" } }],
    ["read alone may mean triage", { permission: { to: "read" } }],
    ["a role of the organisation's own", { permission: { to: "write" }, role_name: { to: "release-captain" } }],
  ])("%s: asks by login", (_why, changes) => {
    expect(seen("collaborator", "member", added(changes))).toEqual([]);
    expect(jobsIn("member", added(changes))).toEqual([`refresh collaborator ${recorded("member").member.login}`]);
  });

  test("removed is a tombstone", () => {
    const payload = { ...recorded("member"), action: "removed", member: user };
    expect(seen("collaborator", "member", payload)).toMatchObject([{ id: "186853002:21031067", document: { user }, deletedAt: expect.any(String) }]);
  });
});

test("who is invited is not a member; who is removed was one", () => {
  const payload = recorded("organization");
  expect(seen("member", "organization", { ...payload, action: "member_invited" })).toEqual([]);
  expect(seen("member", "organization", { ...payload, action: "member_removed" })).toMatchObject([{ id: "38302899:39652351", deletedAt: RECEIVED_AT }]);
});

test("of a deleted team, id and name are enough for the tombstones of the team and of its member", () => {
  const payload = recorded("membership", 1);
  const reduced = { ...payload, action: "removed", team: { id: 3253328, name: "github", deleted: true } };
  expect(seen("team-member", "membership", reduced)).toMatchObject([
    { id: "3253328:21031067", document: { team: { id: 3253328, name: "github" } }, deletedAt: RECEIVED_AT },
  ]);
  expect(seen("team", "membership", reduced)).toMatchObject([{ id: "3253328", deletedAt: RECEIVED_AT }]);
});

test("a team may do the highest of what its permissions say; without them its slug is asked for", () => {
  const payload = recorded("team");
  payload.repository.permissions = { pull: true, triage: true, push: true, maintain: true, admin: false };
  expect(documentIn("team-repository", "team", payload)).toMatchObject({ permission: "maintain" });
  delete payload.repository.permissions;
  expect(jobsIn("team", payload)).toEqual(["refresh team-repository github"]);
});
