import { defineKind } from "../define-kind.ts";
import { addedLater, count, date, keyword, link, listOf, lowerKeyword, nullable, object, orNothing, setOf, title } from "../field.ts";
import { objectAt } from "../object-at.ts";
import { nodeId } from "../references.ts";
import { notYet } from "../sources.ts";

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
  fromWebhook: { workflow_job: objectAt("workflow_job") },
  sources: notYet,
});
