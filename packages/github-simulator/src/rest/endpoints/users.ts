/** People, and what belongs to the one who asks. */
import { mayUse, canSee } from "../../world/viewer.ts";
import type * as E from "../../world/entities.ts";
import { star, unstar } from "../../operations/stars-forks-watchers.ts";
import { toFullUser, toOrganization, toUser } from "../../shapes/account.ts";
import { toMembership } from "../../shapes/people.ts";
import { toPermissions } from "../../shapes/permission.ts";
import { toListedRepository, toMinimalRepository } from "../../shapes/repository.ts";
import { iso } from "../../shapes/shaping.ts";
import { toFullTeam } from "../../shapes/team.ts";
import { notFound, requiresAuthentication } from "../../server/api-error.ts";
import { membershipOf, mustReach, roleOfViewer } from "../access.ts";
import { grantedTo } from "../../world/permission.ts";
import { NO_CONTENT, ok, type Answer, type Call, type Endpoint } from "../call.ts";
import { found, onUser, organizationNamed, plain } from "../define.ts";
import { derived } from "../derived.ts";
import { page, sincePage } from "../paging.ts";
import { sortRepositories } from "../repository-lists.ts";

export const USERS: readonly Endpoint[] = [
  plain("GET", "/user", "users/users#get-the-authenticated-user", (call) => ok(toOwn(call, me(call)))),
  plain("GET", "/users", "users/users#list-users", (call) => sincePage(call, [...call.world.users.values()].filter(({ deleted }) => !deleted), ({ id }) => id, (user) => toUser(call.s, user))),
  plain("GET", "/users/:username", "users/users#get-a-user", (call) => {
    const account = found(call.world.accountsByLogin.get((call.params["username"] ?? "").toLowerCase()) ?? (call.params["username"] === call.world.ghost.login ? call.world.ghost : undefined));
    return ok(toFullUser(call.s, account, countsOf(call, account)), account.updatedAt);
  }),
  onUser("/orgs", "orgs/orgs#list-organizations-for-a-user", (call, user) => page(call, organizationsOf(call, user, (membership) => membership.public), (organization) => toOrganization(call.s, organization))),
  plain("GET", "/users/:username/repos", "repos/repos#list-repositories-for-a-user", (call) => {
    const account = found(call.world.accountsByLogin.get((call.params["username"] ?? "").toLowerCase()));
    return page(call, sortRepositories(call, ownedBy(call, account).filter(({ visibility }) => visibility === "public"), "full_name"), (repository) => toListedRepository(call.s, repository, permissions(call, repository)));
  }),
  onUser("/followers", "users/followers#list-followers-of-a-user", (call) => page(call, [], () => null)),
  onUser("/following", "users/followers#list-the-people-a-user-follows", (call) => page(call, [], () => null)),
  onUser("/starred", "activity/starring#list-repositories-starred-by-a-user", (call, user) => starred(call, user)),
  onUser("/subscriptions", "activity/watching#list-repositories-watched-by-a-user", (call, user) => page(call, visible(call).filter(({ watchers }) => watchers.includes(user)), (repository) => toMinimalRepository(call.s, repository))),
  plain("GET", "/user/orgs", "orgs/orgs#list-organizations-for-the-authenticated-user", (call) => page(call, mayUse(call.viewer, "members") ? organizationsOf(call, me(call), () => true) : [], (organization) => toOrganization(call.s, organization))),
  plain("GET", "/user/memberships/orgs", "orgs/members#list-organization-memberships-for-the-authenticated-user", (call) =>
    page(call, organizationsOf(call, me(call), () => true), (organization) => toMembership(call.s, organization, found(membershipOf(call.viewer, organization))))),
  plain("GET", "/user/memberships/orgs/:org", "orgs/members#get-an-organization-membership-for-the-authenticated-user", (call) => {
    const organization = organizationNamed(call, call.params["org"] ?? "");
    return ok(toMembership(call.s, organization, found(membershipOf(call.viewer, organization))));
  }),
  plain("GET", "/user/teams", "teams/teams#list-teams-for-the-authenticated-user", (call) => {
    const user = me(call);
    return page(call, organizationsOf(call, user, () => true).flatMap(({ teams }) => teams.filter(({ members }) => members.some((member) => member.user === user))), (team) => toFullTeam(call.s, team));
  }),
  plain("GET", "/user/repos", "repos/repos#list-repositories-for-the-authenticated-user", ownRepositories),
  plain("GET", "/user/starred", "activity/starring#list-repositories-starred-by-the-authenticated-user", (call) => starred(call, me(call))),
  plain("GET", "/user/starred/:owner/:repo", "activity/starring#check-if-a-repository-is-starred-by-the-authenticated-user", (call) => {
    const [repository, user] = [reached(call), me(call)];
    if (!repository.stars.some((one) => one.user === user)) throw notFound();
    return NO_CONTENT;
  }),
  plain("PUT", "/user/starred/:owner/:repo", "activity/starring#star-a-repository-for-the-authenticated-user", (call) => {
    star(call.world, { actor: me(call), repository: reached(call) });
    return NO_CONTENT;
  }),
  plain("DELETE", "/user/starred/:owner/:repo", "activity/starring#unstar-a-repository-for-the-authenticated-user", (call) => {
    unstar(call.world, { actor: me(call), repository: reached(call) });
    return NO_CONTENT;
  }),
];

/** The person behind the token; an app is nobody here. */
export function me({ viewer }: Call): E.User {
  if (viewer.is === "anonymous") throw requiresAuthentication();
  if (viewer.is !== "user" || viewer.user === null) throw notFound();
  return viewer.user;
}

/** The account as whom something is written: an app writes as its bot. */
export function actorOf({ viewer }: Call): E.User {
  if (viewer.user === null) throw requiresAuthentication();
  return viewer.user;
}

export function permissions(call: Call, repository: E.Repository) {
  return call.viewer.is === "anonymous" ? null : toPermissions(roleOfViewer(call.viewer, repository));
}

export function visible(call: Call): readonly E.Repository[] {
  return [...call.world.repositories.values()].filter((repository) => canSee(call.viewer, repository));
}

export function ownedBy(call: Call, account: E.Account): readonly E.Repository[] {
  return derived(call.world, account, "repositories", () => [...call.world.repositories.values()].filter(({ owner, deleted }) => owner === account && !deleted)).filter((repository) => canSee(call.viewer, repository));
}

function countsOf(call: Call, account: E.Account): { publicRepositories: number; followers: number; following: number } {
  return { publicRepositories: ownedBy(call, account).filter(({ visibility }) => visibility === "public").length, followers: 0, following: 0 };
}

function toOwn(call: Call, user: E.User): unknown {
  const privates = ownedBy(call, user).filter(({ visibility }) => visibility !== "public").length;
  return { ...toFullUser(call.s, user, countsOf(call, user)), private_gists: 0, total_private_repos: privates, owned_private_repos: privates, disk_usage: 0, collaborators: 0, two_factor_authentication: true, plan: { name: "free", space: 976_562_499, collaborators: 0, private_repos: 10_000 } };
}

function organizationsOf(call: Call, user: E.User, which: (membership: E.Membership) => boolean): readonly E.Organization[] {
  return [...call.world.organizations.values()].filter(({ members, login }) => call.world.accountsByLogin.has(login.toLowerCase()) && members.some((membership) => membership.user === user && which(membership)));
}

function ownRepositories(call: Call): Answer {
  const user = me(call);
  const affiliation = (call.query.get("affiliation") ?? "owner,collaborator,organization_member").split(",");
  const mine = visible(call).filter((repository) => {
    if (repository.owner === user) return affiliation.includes("owner");
    if (repository.collaborators.some((collaborator) => collaborator.user === user) && affiliation.includes("collaborator")) return true;
    return affiliation.includes("organization_member") && repository.owner.type === "Organization" && grantedTo(repository, user) !== null;
  });
  const visibility = call.query.get("visibility") ?? "all";
  return page(call, sortRepositories(call, mine.filter((repository) => visibility === "all" || repository.visibility === visibility), "full_name"), (repository) => toListedRepository(call.s, repository, permissions(call, repository)));
}

function starred(call: Call, user: E.User): Answer {
  const stars = visible(call).flatMap((repository) => repository.stars.filter((one) => one.user === user).map(({ starredAt }) => ({ repository, starredAt })));
  const withTimes = (call.incoming.headers["accept"] ?? "").includes("star+json");
  return page(call, stars.toSorted((a, b) => b.starredAt - a.starredAt), ({ repository, starredAt }) => {
    const repo = toListedRepository(call.s, repository, permissions(call, repository));
    return withTimes ? { starred_at: iso(starredAt), repo } : repo;
  });
}

function reached(call: Call): E.Repository {
  const repository = found(call.world.repositoriesByName.get(`${call.params["owner"]}/${call.params["repo"]}`.toLowerCase()));
  mustReach(call.viewer, repository, { permission: "metadata" });
  return repository;
}
