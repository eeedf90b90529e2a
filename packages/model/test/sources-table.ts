/** What the declarations say of how GitHub is asked, as the tables of README.md. */
import { checkDocument } from "../../github/test/check-document.ts";
import type { Kind } from "../src/define-kind.ts";
import { listDocument, nodesDocument, parentsDocument, type ListRead } from "../src/graphql-documents.ts";
import { namesDocument } from "../src/graphql-several.ts";
import { kinds } from "../src/registry.ts";
import { isNoWay, type Count, type Deletion, type Inventory, type Listing, type NoWay, type One, type ReadPermission } from "../src/sources.ts";
import { kindOf, listingsOf } from "./documents.ts";

export function sourcesTable(): string {
  const rows = kinds.map((kind) => {
    const { one, count, inventory, deletion, permission } = kind.sources;
    return [kind.name, loadOf(kind), onesOf(one), countOf(count), inventoryOf(kind, inventory), goneOf(deletion), permissionOf(permission)];
  });
  const head = ["kind", "loaded by (per 100: requests, points)", "again by", "counted by", "ids and times by", "gone when", "permission"];
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

/** Why there is no way, by kind and question. */
export function reasonsTable(): string {
  const rows = kinds.flatMap((kind) => {
    const { graphql, rest, list, one, count, inventory } = kind.sources;
    const whole = isNoWay(graphql) ? graphql : graphql.whole;
    const reasons = [["GraphQL", whole], ["REST", rest], ["list", list], ["again", one], ["count", count], ["ids and times", inventory]] as const;
    const byReason = Map.groupBy(reasons.flatMap(([question, way]) => (isNoWay(way) ? [{ question, because: way.because }] : [])), ({ because }) => because);
    return [...byReason].map(([because, questions]) => `| ${kind.name} | ${questions.map(({ question }) => question).join(", ")} | ${because} |`);
  });
  return ["| kind | not by | because |", "| --- | --- | --- |", ...rows].join("\n");
}

function loadOf(kind: Kind): string {
  const listings = listingsOf(kind);
  const [first] = listings;
  if (first === undefined) return "-";
  const complementing = first.by === "parent" ? listings.filter((listing) => listing.by === "parent") : [first];
  return complementing.map((listing) => loadBy(kind, listing)).join("; ");
}

function loadBy(kind: Kind, listing: Listing): string {
  if (listing.by === "graphql") {
    const wanted = { whole: true, children: listing.with };
    const along = listing.with.length === 0 ? "" : ` with ${listing.with.join(", ")}`;
    return `GraphQL${along}: ${perHundred(listDocument(kinds, kind, listing, wanted))}`;
  }
  if (listing.by === "parent") {
    const parent = kindOf(listing.parent);
    const together = listingsOf(parent).some((above) => above.by === "graphql" && above.with.includes(kind.name)) ? `with ${parent.name}; ` : "";
    const wanted = { whole: false, children: [kind.name, ...(listing.also ?? [])] };
    const also = listing.also === undefined ? "" : ` with ${listing.also.join(", ")}`;
    if (listing.named === undefined) return `${together}GraphQL${also}, 100 of ${parent.name}: ${perHundred(parentsDocument(kinds, parent, wanted, listing.first))}`;
    const { cost } = checkDocument(nodesDocument(kinds, parent, wanted).document.text, { variables: { ids: Array.from({ length: listing.first }, (_, index) => String(index)) } });
    const names = listing.named.by === "rest" ? `REST's ${parent.name}: 1` : `${listing.named.from}: ${perHundred(namesDocument(listing.named))}`;
    return `GraphQL${also}, 100 of ${parent.name}: ${round(100 / listing.first)}, ${round((100 / listing.first) * cost)}, named by 100 of ${names}`;
  }
  const lists = 1 + (listing.and?.length ?? 0);
  if (typeof listing.of !== "string") return `REST, for each ${listing.of.each}: 1`;
  return `REST${lists === 1 ? "" : `, ${lists} lists`}: 1`;
}

function perHundred({ document, pageSize }: ListRead): string {
  const { cost } = checkDocument(document.text, { variables: { first: pageSize } });
  return `${round(100 / pageSize)}, ${round((100 / pageSize) * cost)}`;
}

const round = (value: number): string => String(Math.round(value * 100) / 100);

function onesOf(one: readonly One[] | NoWay): string {
  if (isNoWay(one)) return "-";
  return one.map((way) => (way.by === "node" ? `node id, ${way.atOnce} at once` : way.by === "rest" ? "REST" : way.by === "parent" ? `all of its ${way.parent}` : "its list")).join("; ");
}

function countOf(count: Count | NoWay): string {
  if (isNoWay(count)) return "-";
  return count.by === "graphql" ? count.of : `${count.parent}.${count.field}`;
}

function inventoryOf(kind: Kind, inventory: Inventory | NoWay): string {
  if (isNoWay(inventory)) return "-";
  if (inventory.by === "list") return "its list";
  const times = kind.updatedAt === undefined ? "ids" : "ids and times";
  return inventory.by === "graphql" ? `${times}, 1 point` : `${times} below ${inventory.parent}`;
}

function goneOf(deletion: Deletion): string {
  if ("never" in deletion) return "never";
  if ("goesWith" in deletion) return `with its ${deletion.goesWith}`;
  return [...(deletion.events.length === 0 ? [] : ["event"]), ...(deletion.answers410 ? ["410"] : []), ...(deletion.listing ? ["not in its list"] : [])].join(", ");
}

function permissionOf(permission: ReadPermission | NoWay): string {
  return isNoWay(permission) ? "-" : `${permission.name}=${permission.access}`;
}
