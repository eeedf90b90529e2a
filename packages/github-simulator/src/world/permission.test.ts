import { describe, expect, test } from "@jest/globals";
import * as tiny from "../../test/tiny-world.ts";
import type * as E from "./entities.ts";
import { grantedTo, highest, isAtLeast, permissionOf, permissionSources } from "./permission.ts";

const { alice, bob } = tiny;
const member = (user: E.User, role: E.Membership["role"] = "member"): E.Membership => ({ user, role, since: tiny.START, public: false });

/** An organisation with a team below a team below a team; each may be granted the repository. */
function organised({ members = [member(bob)], grants = {}, direct, visibility = "private" }: { members?: E.Membership[]; grants?: Partial<Record<"top" | "middle" | "bottom" | "other", E.RepositoryPermission>>; direct?: E.RepositoryPermission; visibility?: E.Repository["visibility"] } = {}): { repository: E.Repository; teams: Record<"top" | "middle" | "bottom" | "other", E.Team>; organization: E.Organization } {
  const organization: E.Organization = { ...tiny.organization, members, teams: [] };
  const repository: E.Repository = { ...tiny.repository, owner: organization, visibility, collaborators: direct === undefined ? [] : [{ user: bob, permission: direct }] };
  const team = (slug: "top" | "middle" | "bottom" | "other", parent: E.Team | null, users: readonly E.User[]): E.Team => {
    const permission = grants[slug];
    return { ...tiny.team, organization, slug, parent, members: users.map((user) => ({ user, role: "member" as const, since: tiny.START })), repositories: permission === undefined ? [] : [{ repository, permission }] };
  };
  const top = team("top", null, []);
  const middle = team("middle", top, []);
  const bottom = team("bottom", middle, [bob]);
  const other = team("other", top, [alice]);
  organization.teams = [top, middle, bottom, other];
  return { repository, organization, teams: { top, middle, bottom, other } };
}

describe("a member", () => {
  test("may read by the organisation's default, an owner everything", () => {
    const { repository, organization } = organised({ members: [member(bob), member(alice, "admin")] });
    expect(permissionSources(repository, bob)).toEqual([{ by: organization, permission: "pull" }]);
    expect(permissionSources(repository, alice)).toEqual([{ by: organization, permission: "admin" }]);
  });

  test("has what the parents of the team were granted, by these", () => {
    const { repository, organization, teams } = organised({ grants: { top: "maintain", middle: "triage", other: "admin" } });
    expect(permissionSources(repository, bob)).toEqual([
      { by: organization, permission: "pull" },
      { by: teams.middle, permission: "triage" },
      { by: teams.top, permission: "maintain" },
    ]);
    expect(permissionOf(repository, bob)).toBe("maintain");
  });

  test("has a parent's grant once, in however many of its teams", () => {
    const { repository, teams } = organised({ grants: { top: "push" } });
    teams.other.members = [...teams.other.members, { user: bob, role: "member", since: tiny.START }];
    expect(permissionSources(repository, bob).filter(({ by }) => by === teams.top)).toHaveLength(1);
  });

  test("has what was granted by name, where that is more", () => {
    const { repository } = organised({ grants: { bottom: "push" }, direct: "admin" });
    expect(permissionSources(repository, bob).map(({ permission }) => permission)).toEqual(["pull", "push", "admin"]);
    expect(permissionOf(repository, bob)).toBe("admin");
  });
});

describe("whoever is no member", () => {
  test("has what was granted by name alone, whatever teams say", () => {
    const { repository } = organised({ members: [], grants: { bottom: "admin" }, direct: "triage" });
    expect(permissionOf(repository, bob)).toBe("triage");
  });

  test("may read what is public, though nothing was granted", () => {
    const { repository } = organised({ members: [], visibility: "public" });
    expect([grantedTo(repository, bob), permissionOf(repository, bob)]).toEqual([null, "pull"]);
    expect(permissionOf(organised({ members: [] }).repository, bob)).toBeNull();
  });
});

test("the owner of a personal repository may do everything in it", () => {
  expect([permissionOf(tiny.personal, alice), permissionOf({ ...tiny.personal, visibility: "private" }, bob)]).toEqual(["admin", null]);
});

test("ranks", () => {
  expect(highest([])).toBeNull();
  expect([isAtLeast("push", "triage"), isAtLeast("triage", "push"), isAtLeast("admin", "admin"), isAtLeast(null, "pull")]).toEqual([true, false, true, false]);
});
