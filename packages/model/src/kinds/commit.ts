import { objectsAt, part, textAt, type JsonObject } from "@octally/shared/json";
import { defineKind, type Sighting } from "../define-kind.ts";
import { date, keyword, link, nullable, object, orNothing, prose } from "../field.ts";
import { pushedName } from "../ref.ts";
import { noWay, type Sources } from "../sources.ts";

/** GitHub puts no more commits than this into one push event. */
const MOST_COMMITS_OF_A_PUSH = 2048;
const NO_COMMIT = /^0*$/;

const sources: Sources = {
  graphql: {
    type: "Commit",
    key: "id oid",
    toKey: (node) => ({ sha: textAt(node, "oid") }),
    whole: noWay("GraphQL names the account of a commit only where it is a person's: those of apps are missing."),
    children: [
      { kind: "check-run", through: ["statusCheckRollup"], field: "contexts", first: 50 },
      { kind: "status", through: ["status"], field: "contexts", first: 100, plain: true },
    ],
  },
  rest: { toInput: (found) => found },
  list: [{ by: "rest", of: "repository", path: "/repos/{owner}/{repo}/commits", changed: { query: "since={since}", reads: "to the end" }, items: "whole" }],
  one: [{ by: "rest", path: "/repos/{owner}/{repo}/commits/{key}", key: "sha" }],
  count: { by: "graphql", of: "repository", through: ["defaultBranchRef", "target", "... on Commit"], field: "history" },
  inventory: { by: "graphql", of: "repository", connection: { through: ["defaultBranchRef", "target", "... on Commit"], field: "history", first: 100 } },
  deletion: { events: [], answers410: false, listing: true },
  permission: { on: "repository", name: "contents", access: "read", scope: "repo" },
};

const signature = { name: keyword, email: keyword };

/** What a push tells of a commit, in REST's shape: not its parents, not its size, not the ids of the accounts. */
export const commit = defineKind({
  name: "commit",
  description: "A commit of the default branch.",
  scope: "repository",
  identity: ["@repository", "sha"],
  fields: {
    sha: keyword,
    commit: object({
      message: prose,
      tree: object({ sha: keyword }),
      author: object(signature),
      committer: object({ ...signature, date }),
    }),
    /** Null where GitHub knows no account for the e-mail address. */
    author: nullable(object({ login: keyword })),
    committer: nullable(object({ login: keyword })),
    html_url: orNothing(link),
  },
  fromWebhook: {
    // What a forced push took away from the branch is not told by it: `before...after` is what the store must compare.
    push: (payload) => {
      const branch = pushedName(payload, "branch");
      if (branch === undefined || payload["deleted"] === true || branch !== textAt(part(payload, "repository"), "default_branch")) return [];
      const commits = objectsAt(payload, "commits");
      const seen = commits.map((input): Sighting => ({ is: "present", input: ofPush(input), key: textAt(input, "id") }));
      return isTruncated(payload, commits) ? [...seen, { is: "changed", key: rangeOf(payload) }] : seen;
    },
  },
  sources,
});

function ofPush(input: JsonObject): JsonObject {
  const [author, committer] = [part(input, "author"), part(input, "committer")];
  return {
    sha: textAt(input, "id"),
    commit: {
      message: textAt(input, "message"),
      tree: { sha: textAt(input, "tree_id") },
      author: signatureOf(author),
      committer: { ...signatureOf(committer), date: textAt(committer, "date") ?? input["timestamp"] },
    },
    author: accountOf(author),
    committer: accountOf(committer),
    html_url: textAt(input, "url"),
  };
}

/** Git lets both be empty, and GitHub then sends null. */
function signatureOf(person: JsonObject | undefined): JsonObject {
  return { name: textAt(person, "name") ?? "", email: textAt(person, "email") ?? "" };
}

function accountOf(person: JsonObject | undefined): JsonObject | null {
  const login = textAt(person, "username");
  return login === undefined || login === "" ? null : { login };
}

function isTruncated(payload: JsonObject, commits: readonly JsonObject[]): boolean {
  const head = textAt(part(payload, "head_commit"), "id");
  return commits.length >= MOST_COMMITS_OF_A_PUSH || (head !== undefined && !commits.some((input) => textAt(input, "id") === head));
}

/** REST's compare path takes `before...after`; a new branch has no before. */
function rangeOf(payload: JsonObject): string | undefined {
  const [before, after] = [textAt(payload, "before") ?? "", textAt(payload, "after")];
  return after === undefined || NO_COMMIT.test(before) ? after : `${before}...${after}`;
}
