/**
 * What GitHub answered becomes observations. Pure and total: what is not whole is a problem to be shown and asked for
 * differently, never a document with a hole.
 */
import { isJsonObject, objectsAt, part, textAt, type Json, type JsonObject } from "@octally/shared/json";
import { identityOf, type Kind } from "./define-kind.ts";
import { childKind, childrenOf, graphqlOf, wantedBelow, type Wanted } from "./graphql-documents.ts";
import { placeOfNode, toKey } from "./graphql-parts.ts";
import type { Observation, RepositoryRef, Source } from "./observation.ts";
import { isNoWay, type Around, type ChildList, type GraphqlObject, type NoWay, type Place, type RestListing } from "./sources.ts";
import { toObservation } from "./to-observation.ts";

export type Fetched =
  | { readonly is: "observed"; readonly observation: Observation }
  /** What was found does not make a document: `subject` is what to ask again for, by another way. */
  | { readonly is: "not-whole"; readonly kind: string; readonly subject: { readonly node_id?: string; readonly key?: string }; readonly problems: readonly string[] }
  /** It is in another repository than the one that was asked: renamed, or transferred. */
  | { readonly is: "elsewhere"; readonly kind: string; readonly repository: string }
  /** It is there, and this token may not read it. */
  | { readonly is: "hidden"; readonly kind: string; readonly id: string }
  /** Nothing of this kind, or nothing for anybody but the viewer. */
  | { readonly is: "nothing" };

/** An object of a REST list, or the answer to a single GET. */
export function observeRestObject(kind: Kind, found: Json, facts: Around): Fetched {
  const { rest } = kind.sources;
  if (isNoWay(rest)) return notWhole(kind, undefined, [rest.because]);
  if (!isJsonObject(found)) return notWhole(kind, undefined, ["not an object"]);
  const address = textAt(found, "repository_url") ?? "";
  const name = /\/repos\/([^/]+\/[^/]+)$/.exec(address)?.[1];
  if (name !== undefined && facts.repository !== null && name.toLowerCase() !== facts.repository.name_with_owner.toLowerCase()) return { is: "elsewhere", kind: kind.name, repository: name };
  return observe(kind, rest.toInput(found, facts), rest.place?.(found), "rest", facts);
}

/** A page of a REST list, and what else is read from its items; `offset` is how many came before. */
export function observeRestItems(kinds: readonly Kind[], kind: Kind, listing: Pick<RestListing, "also" | "as">, items: readonly Json[], facts: Around, offset = 0): readonly Fetched[] {
  const readers = [kind, ...kinds.filter(({ name }) => listing.also?.includes(name))];
  return items.flatMap((item, index) => readers.map((reader) => observeRestObject(reader, item, { ...facts, below: { ...facts.below, ...listing.as }, index: offset + index })));
}

/** A node (or edge) whose own lists were read to their ends. */
export function observeNode(kind: Kind, node: Json, facts: Around): Fetched {
  const { graphql } = kind.sources;
  const whole = isNoWay(graphql) ? graphql : graphql.whole;
  if (isNoWay(whole)) return notWhole(kind, undefined, [whole.because]);
  if (!isJsonObject(node)) return notWhole(kind, undefined, ["not an object"]);
  const entry = !isNoWay(graphql) && graphql.isHidden?.(node) === true ? entryOf(kind, node, "graphql", facts) : undefined;
  if (entry !== undefined) return { is: "hidden", kind: kind.name, id: entry.id };
  const input = whole.toInput(node, facts);
  const missing = input === null ? [] : Object.keys(kind.mappings).flatMap((field) => missingIn(input[field], field, Object.hasOwn(input, field)));
  if (input !== null && missing.length > 0) return notWhole(kind, input, missing);
  return observe(kind, input, placeIn(graphql, node), "graphql", facts);
}

/** A node and the wanted things that hang from it. */
export function observeTree(kinds: readonly Kind[], kind: Kind, node: Json, wanted: Wanted, facts: Around): readonly Fetched[] {
  const own = wanted.whole ? [observeNode(kind, node, facts)] : [];
  if (!isJsonObject(node)) return own;
  const object = graphqlOf(kind);
  const around = { ...facts, ...placeIn(graphqlOf(kind), node), below: belowOf(kind, node, facts) };
  const hanging = childrenOf(object, wanted).flatMap((child) => itemsAt(node, child).flatMap((item) => observeTree(kinds, childKind(kinds, child), item, wantedBelow(kind, child, wanted), around)));
  return [...own, ...hanging];
}

/** It is positively gone (sources.deletion says what that takes): the tombstone of what the store holds of it. */
export function observeGone(
  kind: Kind,
  stored: { readonly id: string; readonly org: string | null; readonly repository: RepositoryRef | null; readonly document: Readonly<Record<string, unknown>> },
  { observedAt, source }: { readonly observedAt: string; readonly source: Source },
): Observation {
  return toObservation(kind, stored.id, stored.document, stored, { observedAt, source, archive: null, deletedAt: observedAt });
}

export type InventoryEntry = { readonly id: string; readonly nodeId: string | null; readonly updatedAt: string | null; /** It is there, and cannot be read. */ readonly hidden: boolean };

/** The entries below a node of a parent whose children were asked for by their keys. */
export function entriesBelow(kinds: readonly Kind[], kind: Kind, node: Json, wanted: Wanted, facts: Around): readonly InventoryEntry[] {
  if (!isJsonObject(node)) return [];
  const around = { ...facts, ...placeIn(graphqlOf(kind), node), below: belowOf(kind, node, facts) };
  return childrenOf(graphqlOf(kind), wanted).flatMap((child) =>
    itemsAt(node, child).flatMap((item) => {
      const below = childKind(kinds, child);
      const entry = entryOf(below, item, "graphql", around);
      return [...(entry === undefined ? [] : [entry]), ...entriesBelow(kinds, below, item, wantedBelow(kind, child, wanted), around)];
    }),
  );
}

/** What an inventory says of one thing: of a key in GraphQL, or of an item of a REST list. Undefined: nothing of this kind. */
export function entryOf(kind: Kind, found: Json, by: "graphql" | "rest", facts: Around): InventoryEntry | undefined {
  if (!isJsonObject(found)) return undefined;
  const { graphql, rest } = kind.sources;
  const input = by === "graphql" ? (isNoWay(graphql) ? null : keyOf(graphql, found, facts)) : isNoWay(rest) ? null : rest.toInput(found, facts);
  if (input === null) return undefined;
  const place = by === "graphql" ? placeIn(graphql, found) : isNoWay(rest) ? undefined : rest.place?.(found);
  const document = kind.readPartly(input);
  const id = identityOf(kind, document, place?.repository ?? facts.repository);
  const updatedAt = kind.updatedAt === undefined ? undefined : document[kind.updatedAt];
  const hidden = by === "graphql" && !isNoWay(graphql) && graphql.isHidden?.(found) === true;
  return id === undefined ? undefined : { id, nodeId: textAt(input, "node_id") ?? null, updatedAt: typeof updatedAt === "string" ? updatedAt : null, hidden };
}

function observe(kind: Kind, input: JsonObject | null, own: Place | undefined, source: Source, facts: Around): Fetched {
  if (input === null) return { is: "nothing" };
  const read = kind.read(input);
  if (!read.whole) return notWhole(kind, input, read.problems);
  const place = own ?? facts;
  const id = identityOf(kind, read.document, place.repository);
  if (id === undefined) return notWhole(kind, input, ["nothing identifies it"]);
  if (kind.scope === "repository" && place.repository === null) return notWhole(kind, input, ["its repository is not known"]);
  return { is: "observed", observation: toObservation(kind, id, read.document, place, { observedAt: facts.observedAt, source, archive: null, deletedAt: null }) };
}

/** Keys that GitHub added later may be missing in REST and in events. A document of GraphQL asks for them: there they may not. */
function missingIn(value: Json | undefined, path: string, asked: boolean): readonly string[] {
  if (value === undefined) return asked ? [`${path}: not given`] : [];
  if (Array.isArray(value)) return value.flatMap((item: Json, index) => missingIn(item, `${path}.${index}`, true));
  return isJsonObject(value) ? Object.entries(value).flatMap(([key, child]) => missingIn(child, `${path}.${key}`, true)) : [];
}

function notWhole(kind: Kind, input: JsonObject | undefined, problems: readonly string[]): Fetched {
  const [nodeId, key] = [textAt(input, "node_id"), input?.["number"] ?? input?.["id"]];
  return {
    is: "not-whole",
    kind: kind.name,
    subject: { ...(nodeId === undefined ? {} : { node_id: nodeId }), ...(typeof key === "number" || typeof key === "string" ? { key: String(key) } : {}) },
    problems,
  };
}

/** What a thing is to those that hang from it. */
function belowOf(kind: Kind, node: JsonObject, around: Around): JsonObject {
  return { ...keyOf(graphqlOf(kind), node, around), kind: kind.name };
}

function keyOf(object: GraphqlObject, node: JsonObject, around: Around): JsonObject | null {
  return (object.toKey ?? toKey)(node, around);
}

function placeIn(graphql: GraphqlObject | NoWay, node: JsonObject): Place | undefined {
  return isNoWay(graphql) ? undefined : (graphql.place ?? placeOfNode)(node);
}

function itemsAt(node: JsonObject, { through = [], field, plain }: ChildList): readonly JsonObject[] {
  const owner = through.filter((step) => !step.startsWith("...")).reduce<JsonObject | undefined>((value, step) => part(value, step), node);
  return plain === true ? objectsAt(owner, field) : objectsAt(part(owner, field), "nodes");
}
