/** What a refresh job needs to know of a document that the store holds. */
import type { RefreshSubject } from "@octally/shared/sync-job";
import type { Kind } from "./define-kind.ts";
import { isNoWay } from "./sources.ts";

/** Undefined where nothing of it can be asked for by itself: the list that it is in must be read again. */
export function refreshSubjectOf(kind: Kind, id: string, document: Readonly<Record<string, unknown>>): RefreshSubject | undefined {
  const { one } = kind.sources;
  const ways = isNoWay(one) ? [] : one;
  const nodeId = ways.some(({ by }) => by === "node") ? document["node_id"] : undefined;
  const key = ways.flatMap((way) => ("key" in way ? [valueAt(document, way.key)] : [])).find((value) => value !== undefined);
  if (typeof nodeId !== "string" && key === undefined) return undefined;
  return { id, ...(typeof nodeId === "string" ? { node_id: nodeId } : {}), ...(key === undefined ? {} : { key }) };
}

function valueAt(document: unknown, path: string): string | undefined {
  const value = path.split(".").reduce<unknown>((at, name) => (typeof at === "object" && at !== null && Object.hasOwn(at, name) ? Reflect.get(at, name) : undefined), document);
  return typeof value === "number" || (typeof value === "string" && value !== "") ? String(value) : undefined;
}
