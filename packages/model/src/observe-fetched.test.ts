import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { Json, JsonObject } from "@octally/shared/json";
import { kindOf } from "../test/documents.ts";
import { FACTS } from "../test/fetched.ts";
import { entriesBelow, entryOf, observeGone, observeNode, observeRestItems, observeRestObject, observeTree } from "./observe-fetched.ts";
import { kinds } from "./registry.ts";
import { isNoWay } from "./sources.ts";
import { versionParts } from "./version.ts";

const list = (...nodes: readonly JsonObject[]): JsonObject => ({ totalCount: nodes.length, pageInfo: { hasNextPage: false, endCursor: null }, nodes });
const comment = {
  id: 7,
  node_id: "IC_7",
  user: null,
  author_association: "NONE",
  body: "Hm",
  created_at: "2026-05-15T15:20:21Z",
  updated_at: "2026-05-15T15:20:21Z",
  html_url: "https://github.com/octo/hello/issues/2#issuecomment-7",
  issue_url: "https://api.github.com/repos/octo/hello/issues/2",
};
const reactions = { total_count: 2, "+1": 2, "-1": 0, laugh: 0, hooray: 0, confused: 0, heart: 0, rocket: 0, eyes: 0 };

describe("whatever GitHub answers", () => {
  const anyJson = fc.jsonValue({ maxDepth: 4 }) as fc.Arbitrary<Json>;
  const key = fc.oneof(
    fc.constantFrom("id", "databaseId", "fullDatabaseId", "number", "node", "author", "commit", "labels", "nodes", "pageInfo", "content", "user", "state", "repository", "reactions", "__typename", "__proto__"),
    fc.string(),
  );
  const anyThing = fc.oneof(anyJson, fc.dictionary(key, anyJson) as fc.Arbitrary<JsonObject>);

  test("nothing throws, and no document has a hole", () => {
    fc.assert(
      fc.property(fc.constantFrom(...kinds), anyThing, anyThing, (kind, found, below) => {
        const facts = { ...FACTS, below: typeof below === "object" && below !== null && !Array.isArray(below) ? (below as JsonObject) : {} };
        for (const result of [observeNode(kind, found, facts), observeRestObject(kind, found, facts)]) {
          if (result.is === "observed") expect(Object.keys(result.observation.document).toSorted()).toEqual(Object.keys(kind.mappings).toSorted());
        }
        entryOf(kind, found, "graphql", facts);
        entryOf(kind, found, "rest", facts);
        const { graphql } = kind.sources;
        if (!isNoWay(graphql)) {
          const wanted = { whole: true, children: graphql.children.map((child) => child.kind) };
          observeTree(kinds, kind, found, wanted, facts);
          entriesBelow(kinds, kind, found, { ...wanted, childKeys: true }, facts);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe("versions (SPEC I1, I3)", () => {
  test("of a thing with a time of its own that, then the answer's Date", () => {
    const result = observeRestObject(kindOf("issue-comment"), comment, FACTS);
    const observation = result.is === "observed" ? result.observation : undefined;
    expect(observation).toMatchObject({ kind: "issue-comment", id: "7", org: "octo", repository: FACTS.repository, source: "rest", observedAt: FACTS.observedAt, archive: null, deletedAt: null });
    expect(versionParts(observation?.version ?? 0n)).toEqual({ updatedAtSeconds: Date.parse(comment.updated_at) / 1000, lagTenths: 163_859_790 });
  });

  test("a tombstone is later than all that the thing said of itself", () => {
    const document = { id: 7, updated_at: "2026-11-21T08:00:00Z" };
    const gone = observeGone(kindOf("issue-comment"), { id: "7", org: "octo", repository: FACTS.repository, document }, { observedAt: FACTS.observedAt, source: "rest" });
    expect(gone).toMatchObject({ id: "7", document, deletedAt: FACTS.observedAt, source: "rest" });
    expect(versionParts(gone.version)).toEqual({ updatedAtSeconds: Date.parse("2026-11-21T08:00:00Z") / 1000, lagTenths: 0 });
  });
});

describe("where it is", () => {
  test("an issue that answers from another repository is filed nowhere", () => {
    const found = { repository_url: "https://api.github.com/repos/octo/elsewhere", number: 1 };
    expect(observeRestObject(kindOf("issue"), found, FACTS)).toEqual({ is: "elsewhere", kind: "issue", repository: "octo/elsewhere" });
  });

  test("a repository is in itself, a team's in the one it names", () => {
    const edge = { permission: "WRITE", node: { databaseId: 5, nameWithOwner: "octo/five", owner: { login: "octo" } } };
    const facts = { ...FACTS, repository: null, below: { id: 3, slug: "crew", name: "Crew" } };
    expect(observeNode(kindOf("team-repository"), edge, facts)).toMatchObject({
      is: "observed",
      observation: { id: "3:5", repository: { id: 5, name_with_owner: "octo/five" }, document: { team: { id: 3, slug: "crew", name: "Crew" }, permission: "push" } },
    });
  });
});

test("a page of comments gives the reactions too, where there are any", () => {
  const listing = { also: ["reactions"] };
  const results = observeRestItems(kinds, kindOf("issue-comment"), listing, [comment, { ...comment, id: 8, reactions }, { ...comment, id: 9, reactions: { ...reactions, total_count: 0 } }], FACTS);
  expect(results.map((result) => (result.is === "observed" ? `${result.observation.kind} ${result.observation.id}` : result.is))).toEqual([
    "issue-comment 7",
    "nothing",
    "issue-comment 8",
    "reactions 1:issue-comment:8",
    "issue-comment 9",
    "nothing",
  ]);
});

test("a discussion with comments and their replies", () => {
  const words = { author: null, authorAssociation: "NONE", body: "x", createdAt: "2026-05-15T15:20:21Z", updatedAt: "2026-05-15T15:20:21Z", url: "https://github.com", deletedAt: null, discussion: { databaseId: 1, number: 4 } };
  const reply = { id: "DC_3", databaseId: 3, ...words, replyTo: { databaseId: 2 } };
  const top = { id: "DC_2", databaseId: 2, ...words, replyTo: null, replies: list(reply, { ...reply, databaseId: 5, deletedAt: "2026-05-15T15:20:21Z" }) };
  const node = { id: "D_1", databaseId: 1, number: 4, updatedAt: "2026-05-15T15:20:21Z", comments: list(top) };
  const wanted = { whole: false, children: ["discussion-comment"] };
  const results = observeTree(kinds, kindOf("discussion"), node, wanted, FACTS);
  expect(results.map((result) => (result.is === "observed" ? [result.observation.id, result.observation.document["parent_id"]] : result.is))).toEqual([["2", null], ["3", 2], "nothing"]);
  expect(entriesBelow(kinds, kindOf("discussion"), node, { ...wanted, childKeys: true }, FACTS).map(({ id }) => id)).toEqual(["2", "3"]);
});

test("inventories: of keys, and of whole items", () => {
  expect(entryOf(kindOf("pull-request"), { id: "PR_1", fullDatabaseId: "12", number: 3, updatedAt: "2026-05-15T15:20:21Z" }, "graphql", FACTS)).toEqual({ id: "12", nodeId: "PR_1", updatedAt: "2026-05-15T15:20:21Z", hidden: false });
  expect(entryOf(kindOf("issue-comment"), comment, "rest", FACTS)).toEqual({ id: "7", nodeId: "IC_7", updatedAt: "2026-05-15T15:20:21Z", hidden: false });
  expect(entryOf(kindOf("star"), { starredAt: "2026-05-15T15:20:21Z", node: { __typename: "User", login: "octocat", databaseId: 4 } }, "graphql", FACTS)).toEqual({ id: "1:4", nodeId: null, updatedAt: null, hidden: false });
  expect(entryOf(kindOf("commit"), { oid: "c0ffee" }, "graphql", FACTS)).toEqual({ id: "1:c0ffee", nodeId: null, updatedAt: null, hidden: false });
  expect(entryOf(kindOf("issue"), { id: 1, pull_request: {} }, "rest", FACTS)).toBeUndefined();
});
