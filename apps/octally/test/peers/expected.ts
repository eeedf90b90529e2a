/** What a complete collection holds, by the streams' own keys, straight from the simulated world. */
import type * as E from "@octally/github-simulator/world/entities";

export type Truth = { readonly organization: E.Organization; readonly repositories: readonly E.Repository[]; /** GitHub's clock when it was collected. */ readonly now: E.Millis };
export type Expected = (truth: Truth) => readonly (string | number)[];
/** How a record of the stream is told apart, in the form that `expected` gives. */
export type StreamRule = { readonly key: (record: Readonly<Record<string, unknown>>) => unknown; readonly expected: Expected };

const field = (name: string) => (record: Readonly<Record<string, unknown>>): unknown => record[name];
/** Of a stream whose records name their repository. */
const named = (name: string) => (record: Readonly<Record<string, unknown>>): unknown => `${String(record["repo"])} ${String(record[name])}`;
const each = <T>(list: (repository: E.Repository) => readonly T[], key: (thing: T, repository: E.Repository) => string | number): Expected => ({ repositories }) => repositories.flatMap((repository) => list(repository).map((thing) => key(thing, repository)));
const ids = (list: (repository: E.Repository) => readonly { readonly id: number }[]): StreamRule => ({ key: field("id"), expected: each(list, ({ id }) => id) });

const below = (name: string) => (record: Readonly<Record<string, unknown>>): unknown => `${String(record["repo_id"])} ${String(record[name])}`;

/** Pull requests' issues have ids of their own. */
const issuesOf = (repository: E.Repository): readonly { readonly id: number }[] => [...repository.issues, ...repository.pullRequests.map(({ issueId }) => ({ id: issueId }))];

export const STREAMS: Readonly<Record<string, StreamRule>> = {
  organizations: { key: field("id"), expected: ({ organization }) => [organization.id] },
  organization_members: { key: field("id"), expected: ({ organization }) => organization.members.map(({ user }) => user.id) },
  teams: { key: field("id"), expected: ({ organization }) => organization.teams.map(({ id }) => id) },
  team_members: { key: (record) => `${String(record["team_slug"])} ${String(record["id"])}`, expected: ({ organization }) => organization.teams.flatMap((team) => team.members.map(({ user }) => `${team.slug} ${user.id}`)) },
  repositories: ids((repository) => [repository]),
  issues: ids(issuesOf),
  issue_comments: ids(({ issueComments }) => issueComments),
  pull_requests: ids(({ pullRequests }) => pullRequests),
  reviews: ids(({ pullRequests }) => pullRequests.flatMap(({ reviews }) => reviews)),
  review_comments: ids(({ reviewComments }) => reviewComments),
  pull_request_commits: { key: (record) => `${String(record["repo"])} ${String(record["sha"])}`, expected: each(({ pullRequests }) => [...new Set(pullRequests.flatMap(({ commits }) => commits.slice(0, 250)))], ({ sha }, { name }) => `${name} ${sha}`) },
  commits: { key: named("sha"), expected: each(({ commits }) => commits, ({ sha }, { name }) => `${name} ${sha}`) },
  commit_comments: ids(({ commitComments }) => commitComments),
  releases: ids(({ releases }) => releases),
  labels: ids(({ labels }) => labels),
  /** It asks for the open ones. */
  milestones: ids(({ milestones }) => milestones.filter(({ state }) => state === "open")),
  branches: { key: named("name"), expected: each(({ branches }) => branches, (branch, { name }) => `${name} ${branch.name}`) },
  tags: { key: named("name"), expected: each(({ tags }) => tags, (tag, { name }) => `${name} ${tag.name}`) },
  stargazers: { key: below("user_id"), expected: each(({ stars }) => stars, ({ user }, { id }) => `${id} ${user.id}`) },
  stargazers_rest: { key: named("user_id"), expected: each(({ stars }) => stars, ({ user }, { name }) => `${name} ${user.id}`) },
  deployments: ids(({ deployments }) => deployments),
  deployment_statuses: { key: field("id"), expected: each(({ deployments }) => deployments.flatMap(({ statuses }) => statuses), ({ id }) => id) },
  workflows: ids(({ workflows }) => workflows),
  workflow_runs: ids(({ workflowRuns }) => workflowRuns),
  workflow_run_jobs: ids(({ workflowRuns }) => workflowRuns.flatMap(({ jobs }) => jobs)),
  /** REST's issue events are the timelines without what only a timeline tells. */
  issue_events: ids(({ issues, pullRequests }) => [...issues, ...pullRequests].flatMap(({ timeline }) => timeline.filter(({ type }) => type !== "cross-referenced"))),
  collaborators: { key: below("id"), expected: each(collaboratorsOf, (user, { id }) => `${id} ${user.id}`) },
  contributors: { key: below("id"), expected: each(contributorsOf, (user, { id }) => `${id} ${user.id}`) },
  discussion_categories: { key: below("slug"), expected: each(({ discussionCategories }) => discussionCategories, ({ slug }, { id }) => `${id} ${slug}`) },
  discussions: ids(({ discussions }) => discussions),
  discussion_comments: ids(({ discussions }) => discussions.flatMap(({ comments }) => comments)),
  discussion_comment_replies: ids(({ discussions }) => discussions.flatMap(({ comments }) => comments.flatMap(({ replies }) => replies))),
  projects: { key: field("id"), expected: ({ organization }) => organization.projects.map(({ id }) => String(id)) },
  project_items: { key: field("id"), expected: ({ organization }) => organization.projects.flatMap(({ items }) => items.map(({ id }) => String(id))) },
  traffic_clones: { key: below("timestamp"), expected: trafficDays },
  traffic_pageviews: { key: below("timestamp"), expected: trafficDays },
};

/** Streams that read what is not in the API: pages of the web site. */
export const NOT_SERVED: readonly string[] = ["dependents", "extra_metrics"];

/** Whom the organisation's membership or a grant lets in. */
function collaboratorsOf({ owner, collaborators }: E.Repository): readonly E.User[] {
  return [...new Set([...(owner.type === "Organization" ? owner.members : []), ...collaborators].map(({ user }) => user))];
}

function contributorsOf({ commits }: E.Repository): readonly E.User[] {
  return [...new Set(commits.flatMap(({ author }) => (author === null || author.deleted ? [] : [author])))];
}

const DAY = 86_400_000;

function trafficDays({ repositories, now }: Truth): readonly string[] {
  const today = Math.floor(now / DAY) * DAY;
  return repositories.flatMap(({ id, traffic }) => traffic.filter(({ day }) => day > today - 14 * DAY && day <= today).map(({ day }) => `${id} ${new Date(day).toISOString().slice(0, 19)}Z`));
}
