/** GraphQL documents that spare requests: things asked for many at once that another list names, and short lists of several repositories. Pure. */
import { objectsAt, part, textAt, type JsonObject } from "@octally/shared/json";
import type { Kind } from "./define-kind.ts";
import { COST, documentOf, listText, nameOf, nestedReads, pageOf, pathOf, selectionOf, type ListRead, type NestedRead, type NodesRead, type Wanted } from "./graphql-documents.ts";
import type { Connection, GraphqlListing, NodeNames, ParentListing } from "./sources.ts";

/** Where the node ids stand that `named` of a listing speaks of. */
export function namesDocument({ from, type, connection, lists }: Extract<NodeNames, { by: "graphql" }>): ListRead {
  const nested = lists.map((list): NestedRead => {
    const text = `query ($id: ID!, $first: Int!, $after: String) { node(id: $id) { ... on ${type} { id ${listText(list, "first: $first, after: $after", list.nodes)} } } ${COST} }`;
    return { path: [list.field], document: documentOf(`rest names ${from} ${list.field}`, text), pageSize: 100, nested: [] };
  });
  return { ...pageOf(`names ${from}`, "repository", connection, `id ${lists.map((list) => listText(list, `first: ${list.first}`, list.nodes)).join(" ")}`), nested };
}

/** The ids in a node of that list, each once. */
export function namedIn({ lists }: Extract<NodeNames, { by: "graphql" }>, node: JsonObject): readonly string[] {
  return [...new Set(lists.flatMap(({ field, to }) => objectsAt(part(node, field), "nodes").flatMap((item) => textAt(part(item, to), "id") ?? [])))];
}

/** Takes `$ids` of repositories and `$first`. In each node the list is at `list.path`, and is asked on for by the repository's id. */
export type SeveralRead = Pick<NodesRead, "document"> & { readonly list: NestedRead };

/** The same list of several repositories. @throws RangeError where GraphQL does not list them */
export function severalDocument(kinds: readonly Kind[], kind: Kind, listing: GraphqlListing | Pick<ParentListing, "by" | "first">, wanted: Wanted): SeveralRead {
  const connection = listing.by === "graphql" ? listing.connection : keysConnection(kind);
  const pageSize = listing.by === "graphql" ? connection.first : listing.first;
  return severalOf(nameOf("several", kind, wanted), connection, selectionOf(kinds, kind, wanted), pageSize, nestedReads(kinds, kind, wanted));
}

/** What `namesDocument` asks, of several repositories. */
export function severalNamesDocument(names: Extract<NodeNames, { by: "graphql" }>): SeveralRead {
  const { from, connection, lists } = names;
  const selection = `id ${lists.map((list) => listText(list, `first: ${list.first}`, list.nodes)).join(" ")}`;
  return severalOf(`several names ${from}`, connection, selection, connection.first, namesDocument(names).nested);
}

function severalOf(name: string, connection: Connection, selection: string, pageSize: number, nested: readonly NestedRead[]): SeveralRead {
  const [first = connection.field, ...below] = pathOf(connection);
  const all = `query ($ids: [ID!]!, $first: Int!) { nodes(ids: $ids) { __typename ... on Repository { id databaseId nameWithOwner ${listText(connection, "first: $first", selection)} } } ${COST} }`;
  const rest = `query ($id: ID!, $first: Int!, $after: String) { node(id: $id) { ... on Repository { id ${listText(connection, "first: $first, after: $after", selection)} } } ${COST} }`;
  return { document: documentOf(name, all), list: { path: [first, ...below], document: documentOf(`rest ${name}`, rest), pageSize, nested } };
}

function keysConnection({ name, sources: { inventory } }: Kind): Connection {
  if (inventory.by !== "graphql") throw new RangeError(`GraphQL does not list each ${name}.`);
  return inventory.connection;
}
