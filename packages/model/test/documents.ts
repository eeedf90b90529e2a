/** Every GraphQL document that the declarations ask for, with the size of a page that it is asked with. */
import type { Kind } from "../src/define-kind.ts";
import { countDocument, inventoryDocument, latestDocument, listDocument, nodesDocument, parentsDocument, timesDocument, type GraphqlDocument, type NestedRead, type Wanted } from "../src/graphql-documents.ts";
import { namesDocument, severalDocument, severalNamesDocument, type SeveralRead } from "../src/graphql-several.ts";
import { kinds } from "../src/registry.ts";
import { isNoWay, type Listing, type ParentListing } from "../src/sources.ts";

export type Asked = { readonly document: GraphqlDocument; readonly first?: number; readonly ids?: number };

export const REPOSITORIES_AT_ONCE = 50;

export function kindOf(name: string): Kind {
  const found = kinds.find((kind) => kind.name === name);
  if (found === undefined) throw new Error(`no kind ${name}`);
  return found;
}

export function listingsOf(kind: Kind): readonly Listing[] {
  const { list } = kind.sources;
  return isNoWay(list) ? [] : list;
}

/** By name; what is asked in the same words is there once. */
export function allDocuments(): ReadonlyMap<string, Asked> {
  const all = [
    ...kinds.flatMap((kind) => documentsOf(kind)),
    { document: countDocument(kinds, "repository"), ids: REPOSITORIES_AT_ONCE },
    { document: countDocument(kinds, "organization"), ids: 1 },
    { document: latestDocument(kinds), ids: 100 },
  ];
  return new Map(all.map((asked) => [asked.document.name, asked]));
}

function documentsOf(kind: Kind): readonly Asked[] {
  const { graphql, inventory } = kind.sources;
  if (isNoWay(graphql)) return [];
  const whole = !isNoWay(graphql.whole);
  const byNode = !isNoWay(kind.sources.one) && kind.sources.one.some(({ by }) => by === "node");
  const alone: Wanted = { whole: true, children: [] };
  return [
    ...listingsOf(kind).flatMap((listing) => {
      if (listing.by === "graphql") {
        const wanted = whole ? [alone, { whole: true, children: listing.with }] : [];
        const several = listing.of === "repository" && whole ? ofSeveral(severalDocument(kinds, kind, listing, { whole: true, children: listing.with })) : [];
        return several.concat((listing.changed === null ? [false] : [false, true]).flatMap((changed) => wanted.flatMap((what) => ofList(listDocument(kinds, kind, listing, what, changed)))));
      }
      return listing.by === "parent" ? ofParentListing(kind, listing) : [];
    }),
    ...(inventory.by === "graphql" ? ofList(inventoryDocument(kinds, kind)) : []),
    ...[false, true].flatMap((changed) => timesDocument(kind, changed) ?? []).flatMap((times) => ofList({ ...times, nested: [] })),
    ...(inventory.by === "parent" ? ofParent(kind, inventory.parent, inventory.first, { childKeys: true }) : []),
    ...(byNode ? [nodesDocument(kinds, kind, alone)].flatMap(({ document, atOnce, nested }) => [{ document, ids: atOnce }, ...nested.flatMap(ofNested)]) : []),
  ];
}

/** Where another list names the parents, they are asked for by their ids alone. */
function ofParentListing(kind: Kind, { parent, first, also = [], named }: ParentListing): readonly Asked[] {
  const wanted: Wanted = { whole: false, children: [kind.name, ...also] };
  if (named === undefined) {
    const several = isOfRepository(kindOf(parent)) ? ofSeveral(severalDocument(kinds, kindOf(parent), { by: "parent", first }, wanted)) : [];
    return [...several, ...ofParent(kind, parent, first), ...(also.length === 0 ? [] : ofParent(kind, parent, first, {}, also))];
  }
  const nodes = nodesDocument(kinds, kindOf(parent), wanted);
  return [...(named.by === "graphql" ? [...ofList(namesDocument(named)), ...ofSeveral(severalNamesDocument(named))] : []), { document: nodes.document, ids: first }, ...nodes.nested.flatMap(ofNested)];
}

/** Below each of its parents, all of them or some. */
function ofParent(kind: Kind, parentName: string, first: number, keys: Pick<Wanted, "childKeys"> = {}, also: readonly string[] = []): readonly Asked[] {
  const parent = kindOf(parentName);
  const wanted: Wanted = { whole: false, children: [kind.name, ...also], ...keys };
  const nodes = nodesDocument(kinds, parent, wanted);
  return [
    ...ofList(parentsDocument(kinds, parent, wanted, first)),
    { document: nodes.document, ids: first },
    ...nodes.nested.flatMap(ofNested),
  ];
}

function isOfRepository({ sources: { inventory } }: Kind): boolean {
  return inventory.by === "graphql" && inventory.of === "repository";
}

/** As much as a part of short lists asks for at most: one page of what something hangs from, in ten repositories. */
function ofSeveral({ document, list }: SeveralRead): Asked[] {
  return [{ document, ids: 10, first: Math.ceil((list.pageSize / 10) * (list.nested.length === 0 ? 5 : 1)) }, ...ofNested(list)];
}

function ofList({ document, lightDocument, pageSize, nested }: { readonly document: GraphqlDocument; readonly lightDocument?: GraphqlDocument; readonly pageSize: number; readonly nested: readonly NestedRead[] }): readonly Asked[] {
  return [{ document, first: pageSize }, ...(lightDocument === undefined ? [] : [{ document: lightDocument, first: 1 }]), ...nested.flatMap(ofNested)];
}

function ofNested({ document, pageSize, nested }: NestedRead): readonly Asked[] {
  return [{ document, first: pageSize }, ...nested.flatMap(ofNested)];
}
