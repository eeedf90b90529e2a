/**
 * The GraphQL documents that the declarations ask for: a page of a list, some nodes again, the rest of a nested list, counts.
 * Pure. They have the forms that the client (packages/github) reads: variables `$first` and `$after`, `pageInfo` everywhere,
 * `nodes` also where the edges are the things.
 */
import { objectsAt, part, textAt, type JsonObject } from "@octally/shared/json";
import type { Kind } from "./define-kind.ts";
import { FRAGMENTS } from "./graphql-parts.ts";
import { isNoWay, type ChildList, type Connection, type GraphqlListing, type GraphqlObject, type GraphqlWhole, type One, type OwnList } from "./sources.ts";

/** `name` is what its cost is learned by. */
export type GraphqlDocument = { readonly name: string; readonly text: string };

/** A list nested in a node, and how the rest of it is asked for by the node's id. */
export type NestedRead = {
  readonly path: readonly [string, ...string[]];
  readonly document: GraphqlDocument;
  readonly pageSize: number;
  readonly nested: readonly NestedRead[];
};

export type ListRead = {
  /** Takes `$owner` and `$name` of a repository or `$login` of an organisation, `$first` and `$after`. */
  readonly document: GraphqlDocument;
  /** The same list with ids alone: finds the way past one thing that is too heavy by itself. */
  readonly lightDocument?: GraphqlDocument;
  /** Where the list is in the data. */
  readonly path: readonly string[];
  readonly pageSize: number;
  /** The lists within its nodes that must be read to their ends. */
  readonly nested: readonly NestedRead[];
};

export type NodesRead = {
  /** Takes `$ids`. The nodes are at `nodes`, null where one is gone or not visible. */
  readonly document: GraphqlDocument;
  readonly atOnce: number;
  readonly nested: readonly NestedRead[];
};

export type Wanted = {
  /** The kind's own documents, or its keys alone, for the sake of what hangs from it. */
  readonly whole: boolean;
  /** Names of the kinds among its children that are wanted too. */
  readonly children: readonly string[];
  /** The keys of the children alone: their inventory. */
  readonly childKeys?: true;
};

export const COST = "rateLimit { cost remaining resetAt limit nodeCount }";
const ROOTS = {
  repository: { variables: "$owner: String!, $name: String!", open: "repository(owner: $owner, name: $name) { id databaseId nameWithOwner", path: "repository" },
  organization: { variables: "$login: String!", open: "organization(login: $login) { id databaseId login", path: "organization" },
} as const;

/** The listing that a kind is loaded by; with `changed` in the order in which its last updated come first. */
export function listDocument(kinds: readonly Kind[], kind: Kind, listing: GraphqlListing, wanted: Wanted, changed = false): ListRead {
  const object = graphqlOf(kind);
  const connection = changed && listing.changed !== null ? { ...listing.connection, args: listing.changed } : listing.connection;
  const name = nameOf(changed ? "changed" : "list", kind, wanted);
  return {
    ...pageOf(name, listing.of, connection, selectionOf(kinds, kind, wanted)),
    ...(connection.edges === true || !/\bid\b/.test(object.key) ? {} : { lightDocument: pageOf(`${name} ids`, listing.of, connection, "id").document }),
    nested: nestedReads(kinds, kind, wanted),
  };
}

/** The keys of everything there is. @throws RangeError where GraphQL does not list them by themselves */
export function inventoryDocument(kinds: readonly Kind[], kind: Kind): ListRead {
  return keysDocument(kinds, kind, { whole: false, children: [] }, undefined);
}

/** When each thing was made and last changed, with its id; `changed`: in the order in which the last updated come first, where there is one. Undefined where its nodes do not say it. */
export function timesDocument({ name, sources: { inventory } }: Kind, changed: boolean): (Pick<ListRead, "document" | "path" | "pageSize"> & { readonly isByChange: boolean }) | undefined {
  if (inventory.by !== "graphql" || inventory.dated !== true) return undefined;
  const isByChange = changed && inventory.latest !== undefined;
  const connection = isByChange ? { ...inventory.connection, args: inventory.latest } : inventory.connection;
  return { ...pageOf(`times ${isByChange ? "changed " : ""}${name}`, inventory.of, connection, "id createdAt updatedAt"), isByChange };
}

/** What hangs from all things of a kind, which are asked for by their keys. @throws RangeError where GraphQL does not list these */
export function parentsDocument(kinds: readonly Kind[], parent: Kind, wanted: Omit<Wanted, "whole">, first: number): ListRead {
  return keysDocument(kinds, parent, { ...wanted, whole: false }, first);
}

function keysDocument(kinds: readonly Kind[], kind: Kind, wanted: Wanted, first: number | undefined): ListRead {
  const { inventory } = kind.sources;
  if (inventory.by !== "graphql") throw new RangeError(`GraphQL does not list each ${kind.name}.`);
  const name = wanted.children.length === 0 ? `inventory ${kind.name}` : nameOf("list", kind, wanted);
  const page = pageOf(name, inventory.of, inventory.connection, selectionOf(kinds, kind, wanted));
  return { ...page, pageSize: first ?? page.pageSize, nested: nestedReads(kinds, kind, wanted) };
}

export function nodesDocument(kinds: readonly Kind[], kind: Kind, wanted: Wanted): NodesRead {
  const object = graphqlOf(kind);
  const { one } = kind.sources;
  const ways: readonly One[] = isNoWay(one) ? [] : one;
  const byNode = ways.find((way) => way.by === "node");
  const text = `query ($ids: [ID!]!) { nodes(ids: $ids) { __typename ... on ${object.type} { ${selectionOf(kinds, kind, wanted, true)} } } ${COST} }`;
  return {
    document: documentOf(nameOf("nodes", kind, wanted), text),
    atOnce: byNode?.atOnce ?? 100,
    nested: nestedReads(kinds, kind, wanted),
  };
}

/** The counts of these kinds in up to 100 repositories or organisations, by their node ids: `nodes[i][alias]`. */
export function countDocument(kinds: readonly Kind[], of: "repository" | "organization"): GraphqlDocument {
  const type = of === "repository" ? "Repository" : "Organization";
  const counts = kinds.flatMap((kind) => {
    const { count } = kind.sources;
    if (count.by !== "graphql" || count.of !== of) return [];
    const field = `${count.field}${count.args === undefined ? "" : `(${count.args})`}${count.scalar === true ? "" : " { totalCount }"}`;
    return [`${countAlias(kind)}: ${inside(count.through, field)}`];
  });
  const who = of === "repository" ? "databaseId nameWithOwner" : "databaseId login";
  return documentOf(`counts ${of}`, `query ($ids: [ID!]!) { nodes(ids: $ids) { __typename ... on ${type} { id ${who} ${counts.join(" ")} } } ${COST} }`);
}

/** The count of a kind in an answer to `countDocument`: null where GitHub has no such list (an empty repository has no default branch). */
export function countIn(kind: Kind, node: unknown): number | null {
  const { count } = kind.sources;
  if (count.by !== "graphql") return null;
  const [, ...through] = [...(count.through ?? []), count.field].filter((step) => !step.startsWith("..."));
  const path = [countAlias(kind), ...through, ...(count.scalar === true ? [] : ["totalCount"])];
  const found = path.reduce<unknown>((value, name) => (typeof value === "object" && value !== null && Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined), node);
  return typeof found === "number" ? found : null;
}

/** When each of these kinds was last updated, in up to 100 repositories by their node ids: what did not change need not be listed. */
export function latestDocument(kinds: readonly Kind[]): GraphqlDocument {
  const latest = kinds.flatMap((kind) => {
    const { inventory } = kind.sources;
    if (inventory.by !== "graphql" || inventory.of !== "repository" || inventory.latest === undefined) return [];
    return [`${countAlias(kind)}: ${listText({ ...inventory.connection, args: inventory.latest }, "first: 1", "updatedAt")}`];
  });
  return documentOf("latest", `query ($ids: [ID!]!) { nodes(ids: $ids) { __typename ... on Repository { id databaseId nameWithOwner pushedAt ${latest.join(" ")} } } ${COST} }`);
}

/** Of an answer to `latestDocument`, ISO 8601; null where there is nothing of the kind. */
export function latestIn(kind: Kind, node: JsonObject): string | null {
  return textAt(objectsAt(part(node, countAlias(kind)), "nodes")[0], "updatedAt") ?? null;
}

export function nameOf(what: string, kind: Kind, { whole, children, childKeys }: Wanted): string {
  return [childKeys === true ? "inventory" : what, kind.name, ...(whole ? [] : ["keys"]), ...children].join(" ");
}

function countAlias(kind: Kind): string {
  return kind.name.replaceAll("-", "_");
}

export function selectionOf(kinds: readonly Kind[], kind: Kind, wanted: Wanted, alone = false): string {
  const object = graphqlOf(kind);
  const children = childrenOf(object, wanted);
  const counts = wanted.whole ? (wholeOf(kind).counts ?? []).filter((field) => !children.some((child) => child.field === field)) : [];
  return [
    object.key,
    ...(wanted.whole ? [wholeOf(kind).fields, ...wholeOf(kind).lists.map((list) => listText(list, `first: ${list.first}`, list.fields))] : []),
    ...counts.map((field) => `${field} { totalCount }`),
    ...(alone && object.up !== undefined ? [object.up] : []),
    ...children.map((child) => childText(child, selectionOf(kinds, childKind(kinds, child), wantedBelow(kind, child, wanted)))),
  ].join(" ");
}

/** What is wanted of a child. Replies, which are of their parent's own kind, have no replies. */
export function wantedBelow(kind: Kind, child: ChildList, { children, childKeys }: Wanted): Wanted {
  return { whole: childKeys !== true, children: child.kind === kind.name ? [] : children, ...(childKeys === true ? { childKeys } : {}) };
}

export function nestedReads(kinds: readonly Kind[], kind: Kind, wanted: Wanted): readonly NestedRead[] {
  const object = graphqlOf(kind);
  const own: readonly OwnList[] = wanted.whole ? wholeOf(kind).lists.filter((list) => list.beginning !== true) : [];
  return [
    ...own.map((list) => nestedRead(kind, list, list.fields, [])),
    ...childrenOf(object, wanted).filter(({ plain }) => plain !== true).map((child) => {
      const below = childKind(kinds, child);
      const inner = wantedBelow(kind, child, wanted);
      return nestedRead(kind, child, selectionOf(kinds, below, inner), nestedReads(kinds, below, inner), wanted.childKeys);
    }),
  ];
}

function nestedRead(kind: Kind, list: Connection, selection: string, nested: readonly NestedRead[], keys?: true): NestedRead {
  const text = `query ($id: ID!, $first: Int!, $after: String) { node(id: $id) { ... on ${graphqlOf(kind).type} { id ${listText(list, "first: $first, after: $after", selection)} } } ${COST} }`;
  const [first = list.field, ...rest] = pathOf(list);
  return { path: [first, ...rest], document: documentOf(`rest ${kind.name} ${list.field}${keys === true ? " keys" : ""}`, text), pageSize: 100, nested };
}

export function pageOf(name: string, of: "repository" | "organization", connection: Connection, selection: string): Pick<ListRead, "document" | "path" | "pageSize"> {
  const root = ROOTS[of];
  const text = `query (${root.variables}, $first: Int!, $after: String) { ${root.open} ${listText(connection, "first: $first, after: $after", selection)} } ${COST} }`;
  return { document: documentOf(name, text), path: [root.path, ...pathOf(connection)], pageSize: connection.first };
}

function childText(child: ChildList, selection: string): string {
  return child.plain === true ? inside(child.through, `${child.field} { ${selection} }`) : listText(child, `first: ${child.first}`, selection);
}

export function listText({ through, field, args, edges }: Connection, page: string, selection: string): string {
  const nodes = edges === true ? "nodes: edges" : "nodes";
  return inside(through, `${field}(${args === undefined ? page : `${page}, ${args}`}) { totalCount pageInfo { hasNextPage endCursor } ${nodes} { ${selection} } }`);
}

function inside(through: readonly string[] = [], text: string): string {
  return through.reduceRight((inner, step) => `${step} { ${inner} }`, text);
}

export function pathOf({ through = [], field }: Connection): readonly string[] {
  return [...through.filter((step) => !step.startsWith("...")), field];
}

export function documentOf(name: string, text: string): GraphqlDocument {
  // A fragment spreads only those that stand behind it.
  const whole = Object.entries(FRAGMENTS).reduce((built, [fragment, definition]) => (built.includes(`...${fragment}`) ? `${built}\n${definition}` : built), text.replaceAll(/\s+/g, " "));
  return { name, text: whole };
}

export function childrenOf(object: GraphqlObject, { children }: Wanted): readonly ChildList[] {
  return object.children.filter((child) => children.includes(child.kind));
}

export function childKind(kinds: readonly Kind[], { kind }: ChildList): Kind {
  const found = kinds.find(({ name }) => name === kind);
  if (found === undefined) throw new RangeError(`There is no kind ${kind}.`);
  return found;
}

/** @throws RangeError for a kind that GraphQL does not know */
export function graphqlOf({ name, sources: { graphql } }: Kind): GraphqlObject {
  if (isNoWay(graphql)) throw new RangeError(`${name} is not asked of GraphQL: ${graphql.because}`);
  return graphql;
}

/** @throws RangeError for a kind that GraphQL does not give whole */
export function wholeOf(kind: Kind): GraphqlWhole {
  const { whole } = graphqlOf(kind);
  if (isNoWay(whole)) throw new RangeError(`${kind.name} is not whole in GraphQL: ${whole.because}`);
  return whole;
}
