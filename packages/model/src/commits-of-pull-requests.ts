/** Where the commits stand that checks and statuses hang from, beside those of the default branch. */
import type { ParentListing } from "./sources.ts";

/** Also those that a forced push took away: what ran on them stays with them. */
export const COMMITS_OF_PULL_REQUESTS: Pick<ParentListing, "by" | "parent" | "first" | "named"> = {
  by: "parent",
  parent: "commit",
  first: 100,
  named: {
    by: "graphql",
    from: "pull-request",
    type: "PullRequest",
    connection: { field: "pullRequests", args: "orderBy: { field: CREATED_AT, direction: DESC }", first: 50 },
    lists: [
      { field: "commits", first: 100, nodes: "commit { id }", to: "commit" },
      { field: "timelineItems", args: "itemTypes: [HEAD_REF_FORCE_PUSHED_EVENT]", first: 20, nodes: "... on HeadRefForcePushedEvent { beforeCommit { id } }", to: "beforeCommit" },
    ],
  },
};
