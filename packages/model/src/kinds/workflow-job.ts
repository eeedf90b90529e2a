import { defineKind } from "../define-kind.ts";
import { addedLater, count, date, keyword, link, listOf, lowerKeyword, nullable, object, orNothing, setOf, title } from "../field.ts";
import { objectAt } from "../object-at.ts";
import { nodeId } from "../references.ts";
import { noWay, type Sources } from "../sources.ts";

const sources: Sources = {
  graphql: noWay("GraphQL does not know the jobs of runs."),
  rest: { toInput: (found) => found },
  list: [{ by: "rest", of: { each: "workflow-run" }, path: "/repos/{owner}/{repo}/actions/runs/{id}/jobs?filter=all", changed: null, items: "whole" }],
  one: [{ by: "rest", path: "/repos/{owner}/{repo}/actions/jobs/{key}", key: "id" }],
  count: noWay("GitHub counts jobs one run at a time."),
  inventory: { by: "list" },
  deletion: { goesWith: "workflow-run" },
  permission: { on: "repository", name: "actions", access: "read", scope: "repo" },
};

export const workflowJob = defineKind({
  name: "workflow-job",
  description: "A job of a workflow run: how long it waited, where it ran, which step failed.",
  parent: "workflow-run",
  scope: "repository",
  identity: ["id"],
  fields: {
    id: count,
    node_id: nodeId,
    run_id: count,
    run_attempt: addedLater(count, 1),
    name: title,
    workflow_name: addedLater(nullable(title), null),
    head_branch: addedLater(nullable(keyword), null),
    head_sha: keyword,
    status: lowerKeyword,
    conclusion: nullable(lowerKeyword),
    created_at: addedLater(nullable(date), null),
    started_at: nullable(date),
    completed_at: nullable(date),
    labels: setOf(keyword),
    runner_id: addedLater(nullable(count), null),
    runner_name: orNothing(keyword),
    runner_group_id: addedLater(nullable(count), null),
    runner_group_name: orNothing(keyword),
    steps: listOf(
      object({
        name: title,
        number: count,
        status: lowerKeyword,
        conclusion: nullable(lowerKeyword),
        started_at: nullable(date),
        completed_at: nullable(date),
      }),
    ),
    html_url: link,
  },
  fromWebhook: { workflow_job: objectAt("workflow_job", "id") },
  sources,
});
