/** What a refresh job needs to know of a document that the store holds, or of an object that is not whole. */
import type { RefreshSubject } from "@octally/shared/sync-job";
import type { Kind } from "./define-kind.ts";
import { isNoWay, type One } from "./sources.ts";

/** Undefined where nothing of it can be asked for by itself: the list that it is in must be read again. */
export function refreshSubjectOf(kind: Kind, id: string, document: Readonly<Record<string, unknown>>): RefreshSubject | undefined {
  const { one } = kind.sources;
  const ways = isNoWay(one) ? [] : one;
  const nodeId = ways.some(({ by }) => by === "node") ? document["node_id"] : undefined;
  const key = refreshKeyOf(kind, document);
  if (typeof nodeId !== "string" && key === undefined) return undefined;
  return { id, ...(typeof nodeId === "string" ? { node_id: nodeId } : {}), ...(key === undefined ? {} : { key }) };
}

/** What the kind's ways of asking for one need beside its place; undefined where it does not hold that, or no way needs any. */
export function refreshKeyOf({ sources: { one } }: Kind, found: Readonly<Record<string, unknown>>): string | undefined {
  const ways = isNoWay(one) ? [] : one;
  return ways.flatMap((way) => ("key" in way ? [valueAt(found, way.key)] : [])).find((value) => value !== undefined);
}

/** The first way of the kind that has what it needs. Paths below a repository need one: GitHub's own advisories have none. */
export function wayToAsk(kind: Kind, subject: RefreshSubject, inRepository: boolean): One | undefined {
  const { one } = kind.sources;
  return isNoWay(one) ? undefined : one.find((way) => canAsk(kind, way, subject, inRepository));
}

function canAsk({ scope }: Kind, way: One, subject: RefreshSubject, inRepository: boolean): boolean {
  switch (way.by) {
    case "node":
      return subject.node_id !== undefined;
    case "rest":
      return subject.key !== undefined && (inRepository || !way.path.includes("{repo}"));
    case "parent":
      return subject.key !== undefined && (inRepository || scope === "organization");
    case "list":
      return inRepository || scope === "organization";
    default:
      return way satisfies never;
  }
}

function valueAt(document: unknown, path: string): string | undefined {
  const value = path.split(".").reduce<unknown>((at, name) => (typeof at === "object" && at !== null && Object.hasOwn(at, name) ? Reflect.get(at, name) : undefined), document);
  return Number.isSafeInteger(value) || (typeof value === "string" && value !== "") ? String(value) : undefined;
}
