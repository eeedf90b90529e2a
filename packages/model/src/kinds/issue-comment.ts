import { part, textAt, type JsonObject } from "@octally/shared/json";
import { defineKind } from "../define-kind.ts";
import { count, keyword, object } from "../field.ts";
import { REPOSITORY_UP, toWriting, WRITING } from "../graphql-parts.ts";
import { isPullRequest, nodeId, writing } from "../references.ts";
import { noWay, type Sources } from "../sources.ts";

/** REST's list of the repository holds those of issues and of pull requests. */
const sources: Sources = {
  graphql: {
    type: "IssueComment",
    key: "id fullDatabaseId updatedAt",
    up: REPOSITORY_UP,
    whole: { fields: WRITING, lists: [], toInput: (node) => withSubject(toWriting(node)) },
    children: [],
  },
  rest: { toInput: withSubject },
  list: [
    {
      by: "rest",
      of: "repository",
      path: "/repos/{owner}/{repo}/issues/comments",
      load: "sort=created&direction=desc",
      changed: { query: "sort=updated&direction=desc&since={since}", reads: "to the end" },
      cap: { items: 40_000, beyond: { window: "sort=updated&direction=asc&since={since}" } },
      items: "whole",
      also: ["reactions"],
    },
  ],
  one: [
    { by: "node", atOnce: 100 },
    { by: "rest", path: "/repos/{owner}/{repo}/issues/comments/{key}", key: "id" },
  ],
  count: noWay("GitHub counts comments one issue at a time."),
  inventory: { by: "list" },
  deletion: { events: ["issue_comment.deleted"], answers410: false, listing: true },
  permission: { on: "repository", name: "issues", access: "read", scope: "repo" },
};

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
  sources,
});

/** Neither GraphQL nor REST's list says of what kind the subject is; GraphQL's `issue` is an error where it is a pull request. The page's address tells both. */
function withSubject(found: JsonObject): JsonObject {
  const [, page, number] = /\/(issues|pull)\/(\d+)#/.exec(textAt(found, "html_url") ?? "") ?? [];
  return {
    ...found,
    issue: number === undefined ? undefined : { number: Number(number) },
    subject_kind: page === undefined ? undefined : page === "pull" ? "pull-request" : "issue",
  };
}
