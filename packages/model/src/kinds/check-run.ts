import { part, textAt, type JsonObject } from "@octally/shared/json";
import { COMMITS_OF_PULL_REQUESTS } from "../commits-of-pull-requests.ts";
import { defineKind } from "../define-kind.ts";
import { addedLater, count, date, keyword, link, lowerKeyword, nullable, object, orNothing, title } from "../field.ts";
import { databaseId, REPOSITORY_UP, toKey } from "../graphql-parts.ts";
import { objectAt } from "../object-at.ts";
import { nodeId } from "../references.ts";
import { noWay, type Sources } from "../sources.ts";

/** Of the default branch's commits, of all that were ever a pull request's, and of each run of GitHub Actions wherever it ran. */
const sources: Sources = {
  graphql: {
    type: "CheckRun",
    // Where they stand among a commit's statuses, the others are none of them.
    key: "__typename ... on CheckRun { id databaseId }",
    up: REPOSITORY_UP,
    whole: {
      fields: "... on CheckRun { name status conclusion startedAt completedAt title detailsUrl permalink checkSuite { databaseId commit { oid } app { databaseId slug name } } }",
      lists: [],
      toInput: ofNode,
    },
    children: [],
  },
  rest: { toInput: (found) => found },
  list: [
    { by: "parent", parent: "commit", first: 100, also: ["status"] },
    { ...COMMITS_OF_PULL_REQUESTS, also: ["status"] },
    { by: "parent", parent: "workflow-run", first: 100, named: { by: "rest" } },
    { by: "rest", of: { each: "pull-request" }, path: "/repos/{owner}/{repo}/commits/{head.sha}/check-runs?filter=all", changed: null, items: "whole" },
  ],
  one: [
    { by: "node", atOnce: 100 },
    { by: "rest", path: "/repos/{owner}/{repo}/check-runs/{key}", key: "id" },
  ],
  count: noWay("GitHub counts checks one commit at a time."),
  inventory: { by: "list" },
  deletion: { never: "GitHub archives checks after 400 days and deletes none one by one." },
  permission: { on: "repository", name: "checks", access: "read", scope: "repo" },
};

/**
 * Not in it: the pull requests, which are those that are open just then with this head (`head_sha` finds them), and the number of
 * annotations, for which GraphQL wants one more list of each check.
 */
export const checkRun = defineKind({
  name: "check-run",
  description: "A check of a commit by an app, and how it ended.",
  scope: "repository",
  identity: ["id"],
  fields: {
    id: count,
    node_id: nodeId,
    name: title,
    head_sha: keyword,
    status: lowerKeyword,
    conclusion: nullable(lowerKeyword),
    started_at: nullable(date),
    completed_at: nullable(date),
    output: object({ title: orNothing(title) }),
    check_suite: nullable(object({ id: count })),
    app: nullable(object({ id: count, slug: addedLater(nullable(keyword), null), name: title })),
    details_url: orNothing(link),
    html_url: nullable(link),
  },
  fromWebhook: { check_run: objectAt("check_run", "id") },
  sources,
});

function ofNode(node: JsonObject): JsonObject | null {
  if (node["__typename"] !== "CheckRun") return null;
  const suite = part(node, "checkSuite");
  const app = part(suite, "app");
  return {
    ...toKey(node),
    name: node["name"],
    head_sha: textAt(part(suite, "commit"), "oid"),
    status: node["status"],
    conclusion: node["conclusion"],
    started_at: node["startedAt"],
    completed_at: node["completedAt"],
    output: { title: node["title"] },
    check_suite: { id: databaseId(suite) },
    app: app === undefined ? suite?.["app"] : { id: databaseId(app), slug: app["slug"], name: app["name"] },
    details_url: node["detailsUrl"],
    html_url: node["permalink"],
  };
}
