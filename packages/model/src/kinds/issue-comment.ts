import { part } from "@octally/shared/json";
import { defineKind } from "../define-kind.ts";
import { count, keyword, object } from "../field.ts";
import { isPullRequest, nodeId, writing } from "../references.ts";

export const issueComment = defineKind({
  name: "issue-comment",
  description: "A comment in the conversation of an issue or a pull request.",
  parent: "issue",
  scope: "repository",
  group: "comment",
  identity: ["id"],
  updatedAt: "updated_at",
  fields: {
    id: count,
    node_id: nodeId,
    /** REST's list of a repository's comments knows the number only, and by the page's address what it belongs to. */
    issue: object({ number: count }),
    /** The kind that the number belongs to: `issue` or `pull-request`. */
    subject_kind: keyword,
    ...writing,
  },
  fromWebhook: {
    issue_comment: (payload, { action }) => {
      const [comment, issue] = [part(payload, "comment"), part(payload, "issue")];
      if (comment === undefined || issue === undefined) return [];
      const input = { ...comment, issue, subject_kind: isPullRequest(issue) ? "pull-request" : "issue" };
      return [{ is: action === "deleted" ? "deleted" : "present", input }];
    },
  },
});
