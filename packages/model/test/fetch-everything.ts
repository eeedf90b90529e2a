/** Reads everything of an organisation by every way that the kinds declare: what a load does, without a store. */
import type { Call } from "@octally/github/call";
import { finishNested } from "@octally/github/finish-nested";
import type { GitHub } from "@octally/github/make-github";
import { readConnection } from "@octally/github/read-connection";
import { isJsonObject, type Json, type JsonObject } from "@octally/shared/json";
import type { Kind } from "../src/define-kind.ts";
import { countDocument, inventoryDocument, listDocument, nodesDocument, parentsDocument, type ListRead, type Wanted } from "../src/graphql-documents.ts";
import { namedIn, namesDocument } from "../src/graphql-several.ts";
import { listPath } from "../src/list-path.ts";
import type { Observation, RepositoryRef } from "../src/observation.ts";
import { entriesBelow, entryOf, observeNode, observeRestItems, observeRestObject, observeTree, type Fetched, type InventoryEntry } from "../src/observe-fetched.ts";
import { refreshSubjectOf } from "../src/refresh-subject.ts";
import { kinds } from "../src/registry.ts";
import { isNoWay, type Around, type Listing, type NodeNames, type One, type RestListing } from "../src/sources.ts";

export type Found = {
  /** Each with the way by which it came. */
  readonly observations: readonly { readonly way: string; readonly observation: Observation }[];
  readonly others: readonly Exclude<Fetched, { is: "observed" | "nothing" }>[];
  readonly absent: readonly string[];
};

export type Place = { readonly org: string; readonly organizationId: number; readonly repository: RepositoryRef | null };

type Reading = { readonly github: GitHub; readonly place: Place; readonly found: { readonly way: string; readonly result: Fetched }[]; readonly absent: string[] };

/** All lists of one kind in one place. */
export async function fetchKind(github: GitHub, kind: Kind, place: Place, parentsOf: (kind: string) => readonly Observation[]): Promise<Found> {
  const reading: Reading = { github, place, found: [], absent: [] };
  const { list } = kind.sources;
  const listings: readonly Listing[] = isNoWay(list) ? [] : list;
  for (const listing of listings) {
    if (listing.by === "rest") {
      for (const part of [listing, ...(listing.and ?? []).map((more) => ({ ...listing, ...more }))]) {
        for (const root of rootsOf(part, place, parentsOf)) await readRest(reading, kind, part, root);
      }
    } else if (listing.by === "graphql") {
      const wanted: Wanted = { whole: true, children: listing.with };
      if (isIn(listing.of, place)) await readGraphql(reading, kind, listDocument(kinds, kind, listing, wanted), wanted, "a list of GraphQL");
    } else {
      const parent = kinds.find(({ name }) => name === listing.parent);
      const inventory = parent?.sources.inventory;
      const wanted: Wanted = { whole: false, children: [kind.name, ...(listing.also ?? [])] };
      if (parent !== undefined && listing.named !== undefined && place.repository !== null) {
        await readNamed(reading, parent, listing.named, wanted, parentsOf);
        continue;
      }
      if (parent !== undefined && inventory?.by === "graphql" && isIn(inventory.of, place)) {
        await readGraphql(reading, parent, parentsDocument(kinds, parent, wanted, listing.first), wanted, `each ${parent.name} in GraphQL`);
      }
    }
  }
  return toFound(reading);
}

/** Of things that another list names by their node ids. */
async function readNamed(reading: Reading, parent: Kind, names: NodeNames, wanted: Wanted, parentsOf: (kind: string) => readonly Observation[]): Promise<void> {
  const { github, place, found, absent } = reading;
  const call = callOf(parent);
  const ids = names.by === "rest" ? parentsOf(parent.name).flatMap(({ repository, document }) => (repository?.id === place.repository?.id ? [String(document["node_id"])] : [])) : (await readList(github, parent, namesDocument(names), place)).flatMap((node) => namedIn(names, node));
  const read = nodesDocument(kinds, parent, wanted);
  for (const id of new Set(ids)) {
    const answer = await github.graphql(read.document, { ids: [id] }, call);
    if (answer.is !== "data" || answer.problems.length > 0) return void absent.push(`${read.document.name}: ${JSON.stringify(answer)}`);
    const [node] = answer.data["nodes"] as readonly JsonObject[];
    if (!isJsonObject(node)) return void absent.push(`${read.document.name}: ${id} is not there`);
    const finished = await finishNested(github.graphql, node, read.nested, call);
    for (const gap of finished.gaps) absent.push(`${read.document.name}: ${JSON.stringify(gap)}`);
    for (const result of observeTree(kinds, parent, finished.node, wanted, aroundOf(place, {}, answer.observedAt))) found.push({ way: `named ${parent.name} in GraphQL`, result });
  }
}

/** Some again, one by one. */
export async function fetchOnes(github: GitHub, kind: Kind, place: Place, some: readonly { readonly observation: Observation }[]): Promise<Found> {
  const reading: Reading = { github, place, found: [], absent: [] };
  const { one } = kind.sources;
  const ways: readonly One[] = isNoWay(one) ? [] : one;
  for (const { observation } of some) {
    const subject = refreshSubjectOf(kind, observation.id, observation.document);
    for (const way of ways) {
      if (way.by === "node" && subject?.node_id !== undefined) await readNode(reading, kind, subject.node_id);
      if (way.by === "rest" && subject?.key !== undefined && hasRoots(way.path, place)) await readOne(reading, kind, way.path, subject.key);
    }
  }
  return toFound(reading);
}

/** What the cheapest list of one kind in one place says that there is. Undefined: it is the list by which the kind is loaded, or none. */
export async function fetchInventory(github: GitHub, kind: Kind, place: Place): Promise<readonly InventoryEntry[] | undefined> {
  const { inventory } = kind.sources;
  if (inventory.by === "graphql" && isIn(inventory.of, place)) {
    const nodes = await readList(github, kind, inventoryDocument(kinds, kind), place);
    return nodes.flatMap((node) => entryOf(kind, node, "graphql", aroundOf(place, organizationIfNone(place), SOME_TIME)) ?? []);
  }
  const parent = inventory.by === "parent" ? kinds.find(({ name }) => name === inventory.parent) : undefined;
  if (inventory.by !== "parent" || parent?.sources.inventory.by !== "graphql" || !isIn(parent.sources.inventory.of, place)) return undefined;
  const wanted: Wanted = { whole: false, children: [kind.name], childKeys: true };
  const nodes = await readList(github, parent, parentsDocument(kinds, parent, wanted, inventory.first), place);
  return nodes.flatMap((node) => entriesBelow(kinds, parent, node, wanted, aroundOf(place, organizationIfNone(place), SOME_TIME)));
}

/** The counts of all kinds, as GitHub's answer for each of these nodes. */
export async function fetchCounts(github: GitHub, of: "repository" | "organization", ids: readonly string[]): Promise<readonly JsonObject[]> {
  const answer = await github.graphql(countDocument(kinds, of), { ids }, { purpose: "live", kind: "counts" });
  if (answer.is !== "data" || answer.problems.length > 0) throw new Error(JSON.stringify(answer));
  return answer.data["nodes"] as readonly JsonObject[];
}

const SOME_TIME = "2026-11-21T07:00:00Z";

async function readList(github: GitHub, kind: Kind, read: ListRead, place: Place): Promise<readonly JsonObject[]> {
  const nodes: JsonObject[] = [];
  for await (const answer of readConnection(github.graphql, { document: read.document, variables: place.repository === null ? { login: place.org } : ownerAndName(place), path: read.path }, callOf(kind))) {
    if (answer.is === "page") for (const node of answer.nodes) nodes.push((await finishNested(github.graphql, node, read.nested, callOf(kind))).node);
    else if (answer.is !== "unreachable") throw new Error(`${read.document.name}: ${answer.is}`);
  }
  return nodes;
}

function organizationIfNone(place: Place): JsonObject {
  return place.repository === null ? organizationOf(place) : {};
}

const callOf = ({ name }: Kind): Call => ({ purpose: "live", kind: name });

function isIn(of: "repository" | "organization", { repository }: Place): boolean {
  return (of === "repository") === (repository !== null);
}

function hasRoots(path: string, { repository }: Place): boolean {
  return path.includes("{owner}") === (repository !== null);
}

async function readGraphql({ github, place, found, absent }: Reading, kind: Kind, read: ListRead, wanted: Wanted, way: string): Promise<void> {
  const variables = place.repository === null ? { login: place.org } : ownerAndName(place);
  // A page of five and nested lists of any length: everything has more than one page.
  const page = { size: 5, most: 5, calm: 0, patience: 4 };
  for await (const answer of readConnection(github.graphql, { document: read.document, variables, path: read.path, page }, callOf(kind))) {
    if (answer.is !== "page") {
      absent.push(`${read.document.name}: ${answer.is}`);
      continue;
    }
    for (const problem of answer.problems) absent.push(`${read.document.name}: ${JSON.stringify(problem)}`);
    for (const node of answer.nodes) {
      const finished = await finishNested(github.graphql, node, read.nested, callOf(kind));
      for (const gap of finished.gaps) absent.push(`${read.document.name}: ${JSON.stringify(gap)}`);
      const around = aroundOf(place, organizationIfNone(place), answer.observedAt);
      for (const result of observeTree(kinds, kind, finished.node, wanted, around)) found.push({ way, result });
    }
  }
}

async function readNode({ github, place, found, absent }: Reading, kind: Kind, id: string): Promise<void> {
  const read = nodesDocument(kinds, kind, { whole: true, children: [] });
  const answer = await github.graphql(read.document, { ids: [id] }, callOf(kind));
  if (answer.is !== "data" || answer.problems.length > 0) return void absent.push(`${read.document.name}: ${JSON.stringify(answer)}`);
  const [node] = answer.data["nodes"] as readonly JsonObject[];
  if (!isJsonObject(node)) return void absent.push(`${read.document.name}: ${id} is not there`);
  const finished = await finishNested(github.graphql, node, read.nested, callOf(kind));
  found.push({ way: "nodes of GraphQL", result: observeNode(kind, finished.node, { ...aroundOf(place, {}, answer.observedAt), repository: null }) });
}

async function readOne({ github, place, found, absent }: Reading, kind: Kind, path: string, key: string): Promise<void> {
  const answer = await github.get({ path, parameters: filled(path, { ...(place.repository === null ? {} : rest(place)), org: place.org, key }) }, callOf(kind));
  if (answer.is !== "found") return void absent.push(`${path} ${key}: ${answer.is}`);
  found.push({ way: "one of REST", result: observeRestObject(kind, answer.data as Json, aroundOf(place, place.repository === null ? organizationOf(place) : {}, answer.observedAt)) });
}

type Root = { readonly below: JsonObject; readonly parameters: Readonly<Record<string, string | number>> };

function rootsOf({ of }: RestListing, place: Place, parentsOf: (kind: string) => readonly Observation[]): readonly Root[] {
  if (of === "repository") return place.repository === null ? [] : [{ below: {}, parameters: rest(place) }];
  if (of === "organization") return place.repository === null ? [{ below: organizationOf(place), parameters: { org: place.org } }] : [];
  return parentsOf(of.each).flatMap(({ document, repository }) => {
    if (repository?.id !== place.repository?.id) return [];
    const scalars = Object.entries(document).flatMap(([name, value]) => (typeof value === "string" || typeof value === "number" ? [[name, value] as const] : []));
    const head = isJsonObject(document["head"]) && typeof document["head"]["sha"] === "string" ? { "head.sha": document["head"]["sha"] } : {};
    const parameters = { ...(place.repository === null ? {} : rest(place)), org: place.org, ...Object.fromEntries(scalars), ...head };
    return [{ below: { ...(document as JsonObject), kind: of.each }, parameters }];
  });
}

async function readRest({ github, place, found, absent }: Reading, kind: Kind, listing: RestListing, { below, parameters }: Root): Promise<void> {
  const path = listPath(listing, "load") ?? listing.path;
  let offset = 0;
  for await (const answer of github.list({ path, parameters: filled(path, parameters), ...(listing.accept === undefined ? {} : { accept: listing.accept }) }, callOf(kind))) {
    if (answer.is !== "page") {
      absent.push(`${path}: ${answer.is}`);
      continue;
    }
    const items = answer.items as readonly Json[];
    if (listing.items === "whole") {
      for (const result of observeRestItems(kinds, kind, listing, items, aroundOf(place, below, answer.observedAt), offset)) found.push({ way: "a list of REST", result });
    }
    offset += items.length;
  }
}

function filled(path: string, parameters: Readonly<Record<string, string | number>>): Readonly<Record<string, string | number>> {
  return Object.fromEntries(Object.entries(parameters).filter(([name]) => path.includes(`{${name}}`) || path.includes(`{+${name}}`)));
}

function ownerAndName({ repository }: Place): { readonly owner: string; readonly name: string } {
  const [owner = "", name = ""] = repository?.name_with_owner.split("/") ?? [];
  return { owner, name };
}

function rest(place: Place): { readonly owner: string; readonly repo: string } {
  const { owner, name } = ownerAndName(place);
  return { owner, repo: name };
}

function organizationOf({ org, organizationId }: Place): JsonObject {
  return { id: organizationId, login: org };
}

function aroundOf({ org, repository }: Place, below: JsonObject, at: string | null): Around {
  if (at === null) throw new Error("An answer without Date");
  return { org, repository, below, observedAt: at };
}

function toFound({ found, absent }: Reading): Found {
  return {
    observations: found.flatMap(({ way, result }) => (result.is === "observed" ? [{ way, observation: result.observation }] : [])),
    others: found.flatMap(({ result }) => (result.is === "not-whole" || result.is === "elsewhere" ? [result] : [])),
    absent,
  };
}
