/** A repository and what belongs to it as a whole. */
import type * as E from "../../world/entities.ts";
import { canSee } from "../../world/viewer.ts";
import { toUser } from "../../shapes/account.ts";
import { toDeployKey } from "../../shapes/hook.ts";
import { toLabel } from "../../shapes/label.ts";
import { toMilestone } from "../../shapes/milestone.ts";
import { toAnonymousContributor, toCollaborator, toCollaboratorPermission, toContributor, toStargazer } from "../../shapes/people.ts";
import { toPermissions } from "../../shapes/permission.ts";
import { toAsset, toRelease } from "../../shapes/release.ts";
import { toFullRepository, toListedRepository, toMinimalRepository } from "../../shapes/repository.ts";
import { toTeamOfRepository } from "../../shapes/team.ts";
import { toTrafficClones, toTrafficPaths, toTrafficReferrers, toTrafficViews } from "../../shapes/traffic.ts";
import { ApiError, notFound } from "../../server/api-error.ts";
import { roleOfViewer } from "../access.ts";
import { grantedTo, permissionOf } from "../../world/permission.ts";
import { NO_CONTENT, ok, type Answer, type Call, type Endpoint } from "../call.ts";
import { directionIn, found, guarded, numberIn, onRepository, plain, reads, userNamed } from "../define.ts";
import { derived } from "../derived.ts";
import { page, reversed, sincePage } from "../paging.ts";
import { permissions } from "./users.ts";

const METADATA = reads("metadata");
const COLLABORATORS = guarded("metadata", "push", "Must have push access to view repository collaborators.");
const TRAFFIC = guarded("administration", "push", "Must have push access to repository");
/** GitHub pages no further through stargazers and watchers. */
const MOST_PAGES = 400;
const TRAFFIC_DAYS = 14;
const DAY = 86_400_000;

export const REPOSITORIES: readonly Endpoint[] = [
  plain("GET", "/repositories", "repos/repos#list-public-repositories", (call) => sincePage(call, [...call.world.repositories.values()].filter(({ visibility, deleted }) => visibility === "public" && !deleted), ({ id }) => id, (repository) => toMinimalRepository(call.s, repository))),
  onRepository("", "repos/repos#get-a-repository", METADATA, (call, repository) => ok(toFullRepository(call.s, repository, permissions(call, repository)), repository.updatedAt)),
  onRepository("/languages", "repos/repos#list-repository-languages", METADATA, (_, repository) => ok(repository.language === null ? {} : { [repository.language]: repository.sizeKb * 1024 })),
  onRepository("/topics", "repos/repos#get-all-repository-topics", METADATA, (_, repository) => ok({ names: repository.topics })),
  onRepository("/contributors", "repos/repos#list-repository-contributors", METADATA, contributors),
  onRepository("/collaborators", "collaborators/collaborators#list-repository-collaborators", COLLABORATORS, collaborators),
  onRepository("/collaborators/:username", "collaborators/collaborators#check-if-a-user-is-a-repository-collaborator", COLLABORATORS, (call, repository) => {
    if (grantedTo(repository, userNamed(call, call.params["username"] ?? "")) === null) throw notFound();
    return NO_CONTENT;
  }),
  onRepository("/collaborators/:username/permission", "collaborators/collaborators#get-repository-permissions-for-a-user", COLLABORATORS, (call, repository) => {
    const user = userNamed(call, call.params["username"] ?? "");
    return ok(toCollaboratorPermission(call.s, user, permissionOf(repository, user)));
  }),
  onRepository("/teams", "repos/repos#list-repository-teams", guarded("administration", "push"), (call, repository) => page(call, grantsOf(repository), ({ team, grant }) => toTeamOfRepository(call.s, team, grant))),
  onRepository("/labels", "issues/labels#list-labels-for-a-repository", reads("issues"), (call, repository) => page(call, repository.labels.toSorted((a, b) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1)), (label) => toLabel(call.s, label))),
  onRepository("/labels/:name", "issues/labels#get-a-label", reads("issues"), (call, repository) => ok(toLabel(call.s, found(repository.labels.find(({ name }) => name.toLowerCase() === call.params["name"]?.toLowerCase()))))),
  onRepository("/milestones", "issues/milestones#list-milestones", reads("issues"), milestones),
  onRepository("/milestones/:milestone", "issues/milestones#get-a-milestone", reads("issues"), (call, repository) => {
    const milestone = found(repository.milestones.find(({ number }) => number === numberIn(call, "milestone")));
    return ok(toMilestone(call.s, milestone), milestone.updatedAt);
  }),
  onRepository("/releases", "releases/releases#list-releases", reads("contents"), (call, repository) => page(call, reversed(releases(call, repository)), (release) => toRelease(call.s, release), { maxItems: 10_000 })),
  onRepository("/releases/latest", "releases/releases#get-the-latest-release", reads("contents"), (call, repository) => {
    const published = repository.releases.filter(({ draft, prerelease }) => !draft && !prerelease);
    return ok(toRelease(call.s, found(published.toSorted((a, b) => (b.publishedAt ?? 0) - (a.publishedAt ?? 0))[0])));
  }),
  onRepository("/releases/tags/*tag", "releases/releases#get-a-release-by-tag-name", reads("contents"), (call, repository) => ok(toRelease(call.s, found(repository.releases.find(({ draft, tagName }) => !draft && tagName === call.params["tag"]))))),
  onRepository("/releases/assets/:id", "releases/assets#get-a-release-asset", reads("contents"), (call, repository) => {
    for (const release of releases(call, repository)) for (const asset of release.assets) if (asset.id === numberIn(call, "id")) return ok(toAsset(call.s, release, asset));
    throw notFound();
  }),
  onRepository("/releases/:release", "releases/releases#get-a-release", reads("contents"), (call, repository) => ok(toRelease(call.s, releaseIn(call, repository)))),
  onRepository("/releases/:release/assets", "releases/assets#list-release-assets", reads("contents"), (call, repository) => {
    const release = releaseIn(call, repository);
    return page(call, release.assets, (asset) => toAsset(call.s, release, asset));
  }),
  onRepository("/stargazers", "activity/starring#list-stargazers", METADATA, (call, repository) => {
    const withTimes = (call.incoming.headers["accept"] ?? "").includes("star+json");
    return page(call, repository.stars, (star) => (withTimes ? toStargazer(call.s, star) : toUser(call.s, star.user)), { maxPages: MOST_PAGES });
  }),
  onRepository("/stargazers/count", "activity/starring#get-stargazer-count", METADATA, (_, repository) => ok({ count: repository.stars.length })),
  onRepository("/subscribers", "activity/watching#list-watchers", METADATA, (call, repository) => page(call, repository.watchers, (user) => toUser(call.s, user), { maxPages: MOST_PAGES })),
  onRepository("/forks", "repos/forks#list-forks", METADATA, forks),
  onRepository("/keys", "deploy-keys/deploy-keys#list-deploy-keys", guarded("administration", "admin"), (call, repository) => page(call, repository.deployKeys, (key) => toDeployKey(call.s, key, repository))),
  onRepository("/traffic/views", "metrics/traffic#get-page-views", TRAFFIC, (call, repository) => ok(toTrafficViews(lastDays(call, repository), perIn(call)))),
  onRepository("/traffic/clones", "metrics/traffic#get-repository-clones", TRAFFIC, (call, repository) => ok(toTrafficClones(lastDays(call, repository), perIn(call)))),
  onRepository("/traffic/popular/referrers", "metrics/traffic#get-top-referral-sources", TRAFFIC, (call, repository) => ok(toTrafficReferrers(lastDays(call, repository)))),
  onRepository("/traffic/popular/paths", "metrics/traffic#get-top-referral-paths", TRAFFIC, (call, repository) => ok(toTrafficPaths(lastDays(call, repository)))),
  onRepository("/properties/values", "repos/custom-properties#get-all-custom-property-values-for-a-repository", METADATA, () => ok([])),
  onRepository("/community/profile", "metrics/community#get-community-profile-metrics", METADATA, (call, repository) => ok({ health_percentage: repository.license === null ? 28 : 42, description: repository.description, documentation: null, files: { code_of_conduct: null, code_of_conduct_file: null, contributing: null, issue_template: null, pull_request_template: null, license: repository.license === null ? null : { name: repository.license.name, key: repository.license.key, spdx_id: repository.license.spdxId, url: `${call.s.base.api}/licenses/${repository.license.key}` }, readme: null }, updated_at: null })),
  onRepository("/stats/contributors", "metrics/statistics#get-all-contributor-commit-activity", METADATA, statistics),
];

function contributors(call: Call, repository: E.Repository): Answer {
  if (repository.commits.length === 0) return NO_CONTENT;
  const { known, unknown } = derived(call.world, repository, "contributors", () => countAuthors(repository));
  const anonymous = call.query.get("anon") === "1" || call.query.get("anon") === "true";
  const all = [
    ...[...known].map(([user, count]) => ({ count, shape: () => toContributor(call.s, user, count) })),
    ...(anonymous ? [...unknown].map(([email, { name, count }]) => ({ count, shape: () => toAnonymousContributor(name, email, count) })) : []),
  ];
  return page(call, all.toSorted((a, b) => b.count - a.count), ({ shape }) => shape());
}

function countAuthors({ commits }: E.Repository): { readonly known: ReadonlyMap<E.User, number>; readonly unknown: ReadonlyMap<string, { readonly name: string; readonly count: number }> } {
  const known = new Map<E.User, number>();
  const unknown = new Map<string, { readonly name: string; readonly count: number }>();
  for (const { author, authorEmail, authorName } of commits) {
    if (author !== null && !author.deleted) known.set(author, (known.get(author) ?? 0) + 1);
    else unknown.set(authorEmail, { name: authorName, count: (unknown.get(authorEmail)?.count ?? 0) + 1 });
  }
  return { known, unknown };
}

/** `affiliation`: `outside` are not members of the organisation, `direct` were granted access by name. */
function collaborators(call: Call, repository: E.Repository): Answer {
  const { owner } = repository;
  const affiliation = call.query.get("affiliation") ?? "all";
  const direct = repository.collaborators.map(({ user }) => user);
  const inside = new Set(owner.type === "Organization" ? owner.members.map(({ user }) => user) : [owner]);
  const users = affiliation === "outside" ? direct.filter((user) => !inside.has(user)) : affiliation === "direct" ? direct : [...new Set([...inside, ...direct])];
  const least = call.query.get("permission");
  const all = users.map((user) => ({ user, role: grantedTo(repository, user) ?? ("pull" as const) })).filter(({ role }) => least === null || role === least);
  return page(call, all, ({ user, role }) => toCollaborator(call.s, user, role));
}

function grantsOf(repository: E.Repository): readonly { readonly team: E.Team; readonly grant: E.TeamRepository }[] {
  if (repository.owner.type !== "Organization") return [];
  return repository.owner.teams.flatMap((team) => team.repositories.filter((grant) => grant.repository === repository).map((grant) => ({ team, grant })));
}

function milestones(call: Call, repository: E.Repository): Answer {
  const state = call.query.get("state") ?? "open";
  const byCompleteness = call.query.get("sort") === "completeness";
  const key = (milestone: E.Milestone): number => (byCompleteness ? milestone.closedIssues / Math.max(1, milestone.openIssues + milestone.closedIssues) : (milestone.dueOn ?? Infinity));
  const sign = directionIn(call, "asc") === "asc" ? 1 : -1;
  const wanted = repository.milestones.filter((milestone) => state === "all" || milestone.state === state);
  return page(call, wanted.toSorted((a, b) => (key(a) === key(b) ? a.number - b.number : key(a) - key(b)) * sign), (milestone) => toMilestone(call.s, milestone));
}

/** Drafts are seen by those who may push. */
function releases(call: Call, repository: E.Repository): readonly E.Release[] {
  const role = roleOfViewer(call.viewer, repository);
  const { push } = toPermissions(role);
  return push ? repository.releases : repository.releases.filter(({ draft }) => !draft);
}

function releaseIn(call: Call, repository: E.Repository): E.Release {
  return found(releases(call, repository).find(({ id }) => id === numberIn(call, "release")));
}

function forks(call: Call, repository: E.Repository): Answer {
  const sort = call.query.get("sort") ?? "newest";
  const seen = repository.forks.filter((fork) => canSee(call.viewer, fork));
  const sorted = sort === "oldest" ? seen : sort === "stargazers" || sort === "watchers" ? seen.toSorted((a, b) => b.stars.length - a.stars.length) : seen.toReversed();
  return page(call, sorted, (fork) => toListedRepository(call.s, fork, permissions(call, fork)));
}

/** Two weeks, today included. */
function lastDays(call: Call, repository: E.Repository): readonly E.TrafficDay[] {
  const today = Math.floor(call.world.now() / DAY) * DAY;
  return repository.traffic.filter(({ day }) => day > today - TRAFFIC_DAYS * DAY && day <= today);
}

function perIn(call: Call): "day" | "week" {
  const per = call.query.get("per") ?? "day";
  if (per !== "day" && per !== "week") throw new ApiError(422, "Validation Failed", { errors: [{ resource: "Traffic", field: "per", code: "invalid" }] });
  return per;
}

function statistics(call: Call, repository: E.Repository): Answer {
  const WEEK = 7 * DAY;
  const weekOf = (time: E.Millis): number => Math.floor((time + 4 * DAY) / WEEK) * WEEK - 4 * DAY;
  const byAuthor = new Map<E.User, Map<number, { a: number; d: number; c: number }>>();
  for (const { author, committedAt, additions, deletions } of repository.commits) {
    if (author === null || author.deleted) continue;
    const weeks = byAuthor.get(author) ?? new Map<number, { a: number; d: number; c: number }>();
    byAuthor.set(author, weeks);
    const week = weekOf(committedAt);
    const { a, d, c } = weeks.get(week) ?? { a: 0, d: 0, c: 0 };
    weeks.set(week, { a: a + additions, d: d + deletions, c: c + 1 });
  }
  const all = [...byAuthor].map(([author, weeks]) => ({ total: [...weeks.values()].reduce((sum, { c }) => sum + c, 0), weeks: [...weeks].toSorted((x, y) => x[0] - y[0]).map(([w, counts]) => ({ w: w / 1000, ...counts })), author: toUser(call.s, author) }));
  return ok(all.toSorted((x, y) => x.total - y.total).slice(-100));
}
