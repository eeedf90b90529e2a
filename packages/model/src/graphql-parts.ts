/** What several kinds ask of GraphQL, and what they make of it: REST's names and values. All of it is total. */
import { isJsonObject, numberAt, objectsAt, part, textAt, type Json, type JsonObject } from "@octally/shared/json";
import { placeOf } from "./place.ts";
import type { Place } from "./sources.ts";
import { TIMELINE_EVENT } from "./timeline-types.ts";

/** Documents end with the definitions of the fragments that their text spreads. */
export const FRAGMENTS: Readonly<Record<string, string>> = {
  timelineEvent: TIMELINE_EVENT,
  actor: "fragment actor on Actor { __typename login ... on User { databaseId } ... on Bot { databaseId } ... on Mannequin { databaseId } ... on Organization { databaseId } }",
  subject: "fragment subject on RepositoryNode { __typename repository { nameWithOwner } ... on Issue { number } ... on PullRequest { number } }",
};

/** What everything that somebody wrote has. */
export const WRITING = "author { ...actor } authorAssociation body createdAt updatedAt url";
export const REPOSITORY_UP = "repository { databaseId nameWithOwner owner { login } }";
export const LABELS = { field: "labels", first: 20, fields: "name" } as const;
export const ASSIGNEES = { field: "assignees", first: 10, fields: "...actor" } as const;

/** `fullDatabaseId` is a text, because it may be larger than 32 bits. */
export function databaseId(node: JsonObject | undefined): number | undefined {
  const full = textAt(node, "fullDatabaseId");
  if (full !== undefined && /^\d+$/.test(full)) return Number(full);
  return numberAt(node, "fullDatabaseId") ?? numberAt(node, "databaseId");
}

/** What identifies it, of what was asked for: it has only the keys that were given. */
export function toKey(node: JsonObject): JsonObject {
  const key = { id: databaseId(node), node_id: textAt(node, "id"), number: numberAt(node, "number"), updated_at: textAt(node, "updatedAt") };
  return Object.fromEntries(Object.entries(key).filter(([, value]) => value !== undefined));
}

/** Null is a deleted account; a key that was not asked for stays missing. REST writes the login of an app as "name[bot]". */
export function toUser(value: Json | undefined): Json | undefined {
  if (!isJsonObject(value)) return value;
  const [login, type] = [textAt(value, "login"), textAt(value, "__typename")];
  return { id: databaseId(value), login: login !== undefined && type === "Bot" && !login.endsWith("[bot]") ? `${login}[bot]` : login, type };
}

export function toWriting(node: JsonObject): JsonObject {
  return {
    ...toKey(node),
    user: toUser(node["author"]),
    author_association: node["authorAssociation"],
    body: node["body"],
    created_at: node["createdAt"],
    html_url: node["url"],
  };
}

/** The list below `field`, read to its end; undefined where it was not asked for or not given. */
export function nodesAt(node: JsonObject, field: string): readonly JsonObject[] | undefined {
  const list = part(node, field);
  if (list === undefined || !Array.isArray(list["nodes"]) || part(list, "pageInfo")?.["hasNextPage"] !== false) return undefined;
  const nodes = objectsAt(list, "nodes");
  // A null among them is one that the token may not see: the list is not whole.
  return nodes.length === list["nodes"].length ? nodes : undefined;
}

export function totalAt(node: JsonObject, field: string): number | undefined {
  return numberAt(part(node, field), "totalCount");
}

export function toUsers(nodes: readonly JsonObject[] | undefined): Json | undefined {
  return nodes?.map((node) => toUser(node) ?? null);
}

export function toNames(nodes: readonly JsonObject[] | undefined): Json | undefined {
  return nodes?.map((node) => ({ name: textAt(node, "name") }));
}

/** GraphQL has enums where REST has words with blanks and hyphens. */
export function toLockReason(value: Json | undefined): Json | undefined {
  if (value === "OFF_TOPIC") return "off-topic";
  return value === "TOO_HEATED" ? "too heated" : value;
}

export function toRepositoryName(value: Json | undefined): Json | undefined {
  return isJsonObject(value) ? { id: databaseId(value), full_name: textAt(value, "nameWithOwner") } : value;
}

export function toTeamName(node: JsonObject): JsonObject {
  return { id: databaseId(node), slug: textAt(node, "slug"), name: textAt(node, "name") };
}

/** Of what it hangs from: the node that was asked for beside it, or what its list hangs from. */
export function toParent(node: JsonObject, field: string, below: JsonObject): JsonObject {
  const parent = part(node, field);
  return parent === undefined ? below : toKey(parent);
}

/** Where a node says that it is (`REPOSITORY_UP`). */
export function placeOfNode(node: JsonObject): Place | undefined {
  const repository = part(node, "repository");
  return placeOf({ id: databaseId(repository), full_name: textAt(repository, "nameWithOwner"), owner: part(repository, "owner") });
}
