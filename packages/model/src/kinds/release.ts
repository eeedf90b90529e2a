import { defineKind } from "../define-kind.ts";
import { actor, count, date, flag, keyword, link, nullable, object, orNothing, prose, setOf, title } from "../field.ts";
import { objectAt } from "../object-at.ts";
import { nodeId } from "../references.ts";
import { noWay, type Sources } from "../sources.ts";

/** Drafts are seen by those who may write. */
const sources: Sources = {
  graphql: {
    type: "Release",
    key: "id databaseId",
    whole: noWay("GraphQL names the author of a release only where it is a person."),
    children: [],
  },
  rest: { toInput: (found) => found },
  list: [{ by: "rest", of: "repository", path: "/repos/{owner}/{repo}/releases", changed: null, cap: { items: 10_000, beyond: noWay("REST ends after 10,000 releases; GraphQL tells which are missing, and each is fetched by its id.") }, items: "whole" }],
  one: [{ by: "rest", path: "/repos/{owner}/{repo}/releases/{key}", key: "id" }],
  count: { by: "graphql", of: "repository", field: "releases" },
  inventory: { by: "graphql", of: "repository", connection: { field: "releases", args: "orderBy: { field: CREATED_AT, direction: DESC }", first: 100 } },
  deletion: { events: ["release.deleted"], answers410: false, listing: true, hides: (document) => document["draft"] === true },
  permission: { on: "repository", name: "contents", access: "read", scope: "repo" },
};

/** Downloads are counted without an event, and GraphQL does not know the target branch: neither is here. */
export const release = defineKind({
  name: "release",
  description: "A release, also a draft of one, with its files.",
  scope: "repository",
  identity: ["id"],
  fields: {
    id: count,
    node_id: nodeId,
    tag_name: keyword,
    name: orNothing(title),
    body: prose,
    draft: flag,
    prerelease: flag,
    author: actor,
    assets: setOf(object({ name: keyword, content_type: keyword, size: count })),
    created_at: date,
    published_at: nullable(date),
    html_url: link,
  },
  fromWebhook: { release: objectAt("release", "id") },
  sources,
});
