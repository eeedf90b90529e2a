import { defineKind } from "../define-kind.ts";
import { addedLater, count, date, keyword, link, listOf, lowerKeyword, nullable, object, orNothing, setOf, title } from "../field.ts";
import { objectAt } from "../object-at.ts";
import { nodeId } from "../references.ts";
import { noWay, type Sources } from "../sources.ts";

/**
 * GraphQL gives a job as a check, with its number, times and conclusion, and that is loaded of every run there ever was (check-run). What a job is beside that,
 * REST tells one run at a time: of the recent ones, and of more where a load says since when.
 */
const sources: Sources = {
  graphql: noWay("GraphQL knows a job as a check alone: not who ran it, nor how long it waited."),
  rest: { toInput: (found) => found },
  list: [{ by: "rest", of: { each: "workflow-run" }, recent: { days: 30, by: "created_at" }, path: "/repos/{owner}/{repo}/actions/runs/{id}/jobs?filter=all", changed: null, items: "whole" }],
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
