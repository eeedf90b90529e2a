import { defineKind } from "../define-kind.ts";
import { actorOrNobody, addedLater, count, date, keyword, link, lowerKeyword, nullable, orNothing, setOf, title } from "../field.ts";
import { objectAt } from "../object-at.ts";
import { nodeId, pullRequestRef, repositoryRef } from "../references.ts";
import { noWay, type Sources } from "../sources.ts";

/** A run that is attempted again changes long after it was created: events tell, and the inventory finds what they did not. */
const sources: Sources = {
  graphql: {
    type: "WorkflowRun",
    key: "id databaseId",
    whole: noWay("GraphQL knows little of workflow runs."),
    children: [{ kind: "check-run", through: ["checkSuite"], field: "checkRuns", args: "filterBy: { checkType: ALL }", first: 50 }],
  },
  rest: { toInput: (found) => found },
  list: [{ by: "rest", of: "repository", path: "/repos/{owner}/{repo}/actions/runs", changed: null, items: "whole", below: ["check-run", "workflow-job"] }],
  one: [{ by: "rest", path: "/repos/{owner}/{repo}/actions/runs/{key}", key: "id" }],
  count: noWay("GitHub counts runs in the first page of their list alone."),
  inventory: { by: "list" },
  deletion: { events: [], answers410: false, listing: true },
  permission: { on: "repository", name: "actions", access: "read", scope: "repo" },
};

/** GraphQL knows little of runs: the sources are webhooks and REST. A run attempted again keeps its id. */
export const workflowRun = defineKind({
  name: "workflow-run",
  description: "A run of a GitHub Actions workflow, in its latest attempt.",
  scope: "repository",
  identity: ["id"],
  updatedAt: "updated_at",
  otherRepositories: ["head_repository.id"],
  fields: {
    id: count,
    node_id: nodeId,
    name: orNothing(title),
    display_title: addedLater(nullable(title), null),
    path: addedLater(nullable(keyword), null),
    workflow_id: count,
    check_suite_id: addedLater(nullable(count), null),
    event: keyword,
    status: nullable(lowerKeyword),
    conclusion: nullable(lowerKeyword),
    head_branch: nullable(keyword),
    head_sha: keyword,
    head_repository: nullable(repositoryRef),
    pull_requests: setOf(pullRequestRef),
    run_number: count,
    run_attempt: addedLater(count, 1),
    actor: addedLater(actorOrNobody, null),
    triggering_actor: addedLater(actorOrNobody, null),
    created_at: date,
    updated_at: date,
    run_started_at: addedLater(nullable(date), null),
    html_url: link,
  },
  fromWebhook: { workflow_run: objectAt("workflow_run", "id") },
  sources,
});
