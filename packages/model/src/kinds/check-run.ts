import { defineKind } from "../define-kind.ts";
import { addedLater, count, date, keyword, link, lowerKeyword, nullable, object, orNothing, setOf, title } from "../field.ts";
import { objectAt } from "../object-at.ts";
import { nodeId, pullRequestRef } from "../references.ts";
import { noWay, type Sources } from "../sources.ts";

/** GitHub lists them commit by commit: those of pull requests' heads. What else ran is told by events. */
const sources: Sources = {
  graphql: noWay("GraphQL reaches checks only through each commit's suites, and names other pull requests."),
  rest: { toInput: (found) => found },
  list: [{ by: "rest", of: { each: "pull-request" }, path: "/repos/{owner}/{repo}/commits/{head.sha}/check-runs?filter=all", changed: null, items: "whole" }],
  one: [{ by: "rest", path: "/repos/{owner}/{repo}/check-runs/{key}", key: "id" }],
  count: noWay("GitHub counts checks one commit at a time."),
  inventory: noWay("GitHub lists checks one commit at a time."),
  deletion: { never: "GitHub archives checks after 400 days and deletes none one by one." },
  permission: { on: "repository", name: "checks", access: "read", scope: "repo" },
};

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
    output: object({ title: orNothing(title), annotations_count: count }),
    check_suite: nullable(object({ id: count })),
    app: nullable(object({ id: count, slug: addedLater(nullable(keyword), null), name: title })),
    pull_requests: setOf(pullRequestRef),
    details_url: orNothing(link),
    html_url: nullable(link),
  },
  fromWebhook: { check_run: objectAt("check_run", "id") },
  sources,
});
