/** What every declaration says of how GitHub is asked, taken together, is possible. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { schema } from "@octokit/graphql-schema";
import { buildSchema, isEnumType } from "graphql";
import { kindOf, listingsOf } from "../test/documents.ts";
import { reasonsTable, sourcesTable } from "../test/sources-table.ts";
import { countIn, latestIn } from "./graphql-documents.ts";
import { listPath } from "./list-path.ts";
import { allKinds } from "./own/registry.ts";
import { refreshSubjectOf } from "./refresh-subject.ts";
import type { Mapping } from "./field.ts";
import { kinds } from "./registry.ts";
import { isNoWay, type NoWay, type One, type ParentListing } from "./sources.ts";
import { ISSUE_TIMELINE, PULL_REQUEST_TIMELINE } from "./timeline-types.ts";

const ways = (kind: (typeof kinds)[number]): readonly One[] => (isNoWay(kind.sources.one) ? [] : kind.sources.one);

test.each(allKinds.map((kind) => [kind.name, kind] as const))("%s says why where it says no", (_, { sources }) => {
  const { graphql, rest, list, one, count, inventory, permission, deletion } = sources;
  const reasons = [graphql, "whole" in graphql ? graphql.whole : graphql, rest, list, one, count, inventory, permission].filter((way): way is NoWay => isNoWay(way)).map(({ because }) => because);
  for (const because of ["never" in deletion ? deletion.never : "Yes.", ...reasons]) expect(because).toMatch(/^[A-Z].*\.$/);
});

test.each(kinds.map((kind) => [kind.name, kind] as const))("%s names kinds that there are, and lists that they have", (name, kind) => {
  const { graphql, inventory, count } = kind.sources;
  const parents = [...listingsOf(kind), inventory].flatMap((way) => (way.by === "parent" ? [way] : []));
  for (const way of parents) {
    const above = kindOf(way.parent).sources;
    const { also = [], named }: Omit<ParentListing, "by"> = way;
    for (const child of [name, ...also]) expect("children" in above.graphql ? above.graphql.children.map(({ kind: below }) => below) : []).toContain(child);
    if (named === undefined) expect(above.inventory.by).toBe("graphql");
    if (named?.by === "rest") expect(listingsOf(kindOf(way.parent)).some((listing) => listing.by === "rest" && typeof listing.of === "string")).toBe(true);
    if (named?.by === "graphql") expect(kindOf(named.from)).toBeDefined();
  }
  const named = [
    ...("children" in graphql ? graphql.children.map((child) => child.kind) : []),
    ...listingsOf(kind).flatMap((listing) => {
      if (listing.by === "graphql") return listing.with;
      if (listing.by === "parent") return [listing.parent];
      return [...(listing.also ?? []), ...(typeof listing.of === "string" ? [] : [listing.of.each])];
    }),
    ...ways(kind).flatMap((way) => (way.by === "parent" ? [way.parent] : [])),
    ...(count.by === "parents" ? [count.parent] : []),
    ...("goesWith" in kind.sources.deletion ? [kind.sources.deletion.goesWith] : []),
  ];
  for (const other of named) expect(kinds.map((each) => each.name)).toContain(other);
  if (count.by === "parents") expect(kindOf(count.parent).mappings).toHaveProperty(count.field);
});

test.each(kinds.map((kind) => [kind.name, kind] as const))("%s can be found as it says", (_, kind) => {
  const { graphql, rest, list, inventory, one } = kind.sources;
  const whole = !isNoWay(graphql) && !isNoWay(graphql.whole);
  for (const listing of listingsOf(kind)) if (listing.by !== "rest") expect(whole).toBe(true);
  if (inventory.by === "list") expect(isNoWay(list)).toBe(false);
  if (inventory.by === "graphql" || inventory.by === "parent") expect(isNoWay(graphql)).toBe(false);
  for (const way of ways(kind)) {
    if (way.by === "node") {
      expect(whole).toBe(true);
      // A node that was not found in a list of its repository must say where it is.
      if (kind.scope === "repository" && !isNoWay(graphql)) expect(graphql.up !== undefined || graphql.place !== undefined).toBe(true);
    }
    if (way.by === "rest") expect(isNoWay(rest)).toBe(false);
    if (way.by === "list") expect(isNoWay(list)).toBe(false);
    if ("key" in way) expect(mappingAt(kind.mappings, way.key.split("."))).toMatch(/^(keyword|long|text)$/);
  }
  // A shortened item is asked for again.
  for (const listing of listingsOf(kind)) if (listing.by === "rest" && listing.items === "shortened") expect(isNoWay(one)).toBe(false);
  const updates = listingsOf(kind).some((listing) => listing.by === "graphql" && listing.changed !== null && listing.changed.includes("UPDATED_AT"));
  // Reading to the watermark needs the time of each.
  if (updates && !isNoWay(graphql)) expect(graphql.key).toContain("updatedAt");
});

test("paths of REST hold nothing that a job does not know", () => {
  const paths = kinds.flatMap((kind) => [
    ...listingsOf(kind).flatMap((listing) => (listing.by === "rest" ? [listing, ...(listing.and ?? [])].map(({ path }) => [kind.name, path, listing.of] as const) : [])),
    ...ways(kind).flatMap((way) => (way.by === "rest" ? [[kind.name, way.path, "one"] as const] : [])),
  ]);
  for (const [name, path, of] of paths) {
    for (const [, variable = ""] of path.matchAll(/\{\+?([^}]+)\}/g)) {
      if (["owner", "repo", "org"].includes(variable)) continue;
      if (of === "one") expect([name, variable]).toEqual([name, "key"]);
      else expect(typeof of === "string" ? {} : kindOf(of.each).mappings).toHaveProperty([variable.split(".")[0] ?? ""]);
    }
  }
});

test.each([["what is asked", sourcesTable()], ["why there is no way", reasonsTable()]])("README.md: %s is what the declarations say", (_, table) => {
  expect(readFileSync(join(import.meta.dirname, "../README.md"), "utf8")).toContain(`\n${table}\n`);
});

test("the three ways to read a list of REST", () => {
  const paths = (name: string) => listingsOf(kindOf(name)).flatMap((listing) => (listing.by === "rest" ? (["load", "changed", "window"] as const).map((reading) => listPath(listing, reading)) : []));
  expect(paths("issue-comment")).toEqual([
    "/repos/{owner}/{repo}/issues/comments?sort=created&direction=desc",
    "/repos/{owner}/{repo}/issues/comments?sort=updated&direction=desc&since={since}",
    "/repos/{owner}/{repo}/issues/comments?sort=updated&direction=asc&since={since}",
  ]);
  expect(paths("issue")).toEqual(["/repos/{owner}/{repo}/issues?state=all&sort=created&direction=desc", "/repos/{owner}/{repo}/issues?state=all&sort=updated&direction=desc&since={since}", undefined]);
  expect(paths("label")).toEqual(["/repos/{owner}/{repo}/labels", undefined, undefined]);
});

test("subjects of refreshes, of what the store holds", () => {
  expect(refreshSubjectOf(kindOf("pull-request"), "5", { id: 5, node_id: "PR_5", number: 3 })).toEqual({ id: "5", node_id: "PR_5", key: "3" });
  expect(refreshSubjectOf(kindOf("issue"), "5", { id: 5, node_id: "I_5", number: 3 })).toEqual({ id: "5", key: "3" });
  expect(refreshSubjectOf(kindOf("team-member"), "7:1", { team: { id: 7, slug: "crew" }, user: { id: 1 } })).toEqual({ id: "7:1", key: "crew" });
  expect(refreshSubjectOf(kindOf("star"), "1:2", { user: { id: 2, login: "octocat" } })).toBeUndefined();
});

test("counts, of connections, of numbers, and of what an empty repository does not have", () => {
  const node = { pull_request: { totalCount: 3 }, star: 7, commit: { target: { history: { totalCount: 9 } } } };
  expect(["pull-request", "star", "commit", "issue", "review"].map((name) => countIn(kindOf(name), node))).toEqual([3, 7, 9, null, null]);
  expect(countIn(kindOf("commit"), { commit: null })).toBeNull();
});

test("what was updated last", () => {
  const node = { pull_request: { nodes: [{ updatedAt: "2026-05-15T15:20:21Z" }] }, issue: { nodes: [] } };
  expect(["pull-request", "issue", "label"].map((name) => latestIn(kindOf(name), node))).toEqual(["2026-05-15T15:20:21Z", null, null]);
});

test.each([
  ["PullRequestTimelineItemsItemType", PULL_REQUEST_TIMELINE],
  ["IssueTimelineItemsItemType", ISSUE_TIMELINE],
])("timelines: all of %s but what is a kind of its own", (name, { args = "" }) => {
  const type = buildSchema(schema.idl, { assumeValidSDL: true, assumeValid: true }).getType(name);
  const published = isEnumType(type) ? type.getValues().map((value) => value.name) : [];
  const own = /^(ISSUE_COMMENT|PULL_REQUEST_(COMMIT|COMMIT_COMMENT_THREAD|REVIEW|REVIEW_THREAD|REVISION_MARKER))$/;
  expect((args.match(/[A-Z_]{4,}/g) ?? []).toSorted()).toEqual(published.filter((value) => !own.test(value)).toSorted());
});

function mappingAt(mappings: Readonly<Record<string, Mapping>>, [name = "", ...below]: readonly string[]): unknown {
  const mapping = mappings[name];
  return below.length === 0 ? mapping?.type : mappingAt((mapping?.["properties"] ?? {}) as Readonly<Record<string, Mapping>>, below);
}
