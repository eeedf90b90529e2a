import type { JsonObject } from "@octally/shared/json";
import { defineKind } from "../define-kind.ts";
import { count, date } from "../field.ts";
import { placeOfNode, totalAt } from "../graphql-parts.ts";
import { noWay, type Around, type Sources } from "../sources.ts";

const COUNTS = {
  watchers_count: "watchers",
  open_issues_count: "openIssues",
  closed_issues_count: "closedIssues",
  open_pull_requests_count: "openPullRequests",
  closed_pull_requests_count: "closedPullRequests",
  merged_pull_requests_count: "mergedPullRequests",
  releases_count: "releases",
  discussions_count: "discussions",
} as const;

const of = (name: string) => ({ on: "repository", name, access: "read", scope: "repo" }) as const;

/** 50 repositories with eight counts each: 4 points. */
const sources: Sources = {
  graphql: {
    type: "Repository",
    key: "id databaseId nameWithOwner owner { login }",
    toKey: (_, { observedAt }) => ({ day: dayOf(observedAt) }),
    place: (node) => placeOfNode({ repository: node }),
    whole: {
      fields: `stargazerCount forkCount diskUsage watchers { totalCount } openIssues: issues(states: OPEN) { totalCount } closedIssues: issues(states: CLOSED) { totalCount }
        openPullRequests: pullRequests(states: OPEN) { totalCount } closedPullRequests: pullRequests(states: CLOSED) { totalCount }
        mergedPullRequests: pullRequests(states: MERGED) { totalCount } releases { totalCount } discussions { totalCount }`,
      lists: [],
      toInput: ofNode,
      alsoTakes: {
        openIssues: of("issues"),
        closedIssues: of("issues"),
        openPullRequests: of("pull_requests"),
        closedPullRequests: of("pull_requests"),
        mergedPullRequests: of("pull_requests"),
        releases: of("contents"),
        discussions: of("discussions"),
      },
    },
    children: [],
  },
  rest: noWay("REST counts issues and pull requests together."),
  list: [{ by: "graphql", of: "organization", connection: { field: "repositories", args: "orderBy: { field: CREATED_AT, direction: DESC }", first: 50 }, changed: null, with: [] }],
  one: [{ by: "node", atOnce: 50 }],
  count: noWay("Octally makes one a day: GitHub knows only today's."),
  inventory: noWay("Octally makes one a day: GitHub knows only today's."),
  deletion: { never: "What was counted on a day stays counted." },
  permission: of("metadata"),
};

export const repositorySnapshot = defineKind({
  name: "repository-snapshot",
  description: "The counts of a repository on a day: stars, forks, watchers, issues, pull requests.",
  parent: "repository",
  scope: "repository",
  identity: ["@repository", "day"],
  fields: {
    /** UTC, by GitHub's clock. */
    day: date,
    stargazers_count: count,
    /** In the whole network of forks. */
    forks_count: count,
    /** Kilobytes. */
    size: count,
    watchers_count: count,
    open_issues_count: count,
    closed_issues_count: count,
    open_pull_requests_count: count,
    /** Not merged. */
    closed_pull_requests_count: count,
    merged_pull_requests_count: count,
    releases_count: count,
    discussions_count: count,
  },
  fromWebhook: {},
  sources,
});

function ofNode(node: JsonObject, { observedAt }: Around): JsonObject {
  const counts = Object.fromEntries(Object.entries(COUNTS).map(([field, alias]) => [field, totalAt(node, alias)]));
  return { day: dayOf(observedAt), stargazers_count: node["stargazerCount"], forks_count: node["forkCount"], size: node["diskUsage"] ?? 0, ...counts };
}

function dayOf(time: string): string {
  return `${time.slice(0, 10)}T00:00:00Z`;
}
