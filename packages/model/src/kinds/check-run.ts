import { defineKind } from "../define-kind.ts";
import { addedLater, count, date, keyword, link, lowerKeyword, nullable, object, orNothing, setOf, title } from "../field.ts";
import { objectAt } from "../object-at.ts";
import { nodeId, pullRequestRef } from "../references.ts";
import { notYet } from "../sources.ts";

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
  fromWebhook: { check_run: objectAt("check_run") },
  sources: notYet,
});
