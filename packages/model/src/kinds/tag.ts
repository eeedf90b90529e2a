import { textAt } from "@octally/shared/json";
import { defineKind } from "../define-kind.ts";
import { keyword } from "../field.ts";
import { refOfNode, refOfRest, refReaders } from "../ref.ts";
import { REPOSITORY_UP } from "../graphql-parts.ts";
import type { Sources } from "../sources.ts";

/** REST's list names the commit behind an annotated tag, not the tag object. */
const sources: Sources = {
  graphql: {
    type: "Ref",
    key: "id name",
    toKey: (node) => ({ name: textAt(node, "name") }),
    up: REPOSITORY_UP,
    whole: { fields: "target { oid }", lists: [], toInput: refOfNode },
    children: [],
  },
  rest: { toInput: (found) => refOfRest(found, "tag") },
  list: [{ by: "graphql", of: "repository", connection: { field: "refs", args: 'refPrefix: "refs/tags/", orderBy: { field: TAG_COMMIT_DATE, direction: DESC }', first: 100 }, changed: null, with: [] }],
  one: [{ by: "rest", path: "/repos/{owner}/{repo}/git/ref/tags/{+key}", key: "name" }],
  count: { by: "graphql", of: "repository", field: "refs", args: 'refPrefix: "refs/tags/"' },
  inventory: { by: "list" },
  deletion: { events: ["delete", "push"], answers410: false, listing: true },
  permission: { on: "repository", name: "contents", access: "read", scope: "repo" },
};

export const tag = defineKind({
  name: "tag",
  description: "A tag and what it points at: a commit, or the tag object of an annotated one.",
  scope: "repository",
  identity: ["@repository", "name"],
  fields: { name: keyword, sha: keyword },
  fromWebhook: refReaders("tag"),
  sources,
});
