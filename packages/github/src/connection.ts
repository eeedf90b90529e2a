/** A connection's page, read strictly: one that cannot be paged to its end is a mistake of the document, not the end of the list. Pure. */
import { PermanentError } from "@octally/shared/errors";
import { isJsonObject, type JsonObject } from "@octally/shared/json";

export type ConnectionPart = {
  readonly nodes: readonly JsonObject[];
  /** Places where GitHub gave null instead of a node. */
  readonly holes: number;
  /** Where it goes on; null at its end. */
  readonly next: string | null;
  readonly totalCount: number | null;
};

/** Null where there is no connection at all. @throws PermanentError `github-document` */
export function readConnectionPart(value: unknown, where: string): ConnectionPart | null {
  if (value === null || value === undefined) return null;
  const { nodes, pageInfo, totalCount } = isJsonObject(value) ? value : {};
  if (!isJsonObject(pageInfo) || typeof pageInfo["hasNextPage"] !== "boolean") throw new PermanentError("github-document", `${where} does not ask for pageInfo { hasNextPage endCursor }: its list could be cut without a word.`);
  if (!Array.isArray(nodes)) throw new PermanentError("github-document", `${where} does not ask for nodes.`);
  const whole = nodes.filter(isJsonObject);
  const next = pageInfo["hasNextPage"] ? pageInfo["endCursor"] : null;
  if (pageInfo["hasNextPage"] && typeof next !== "string") throw new PermanentError("github-document", `${where} has a next page, and no endCursor to ask for it.`);
  return { nodes: whole, holes: nodes.length - whole.length, next: typeof next === "string" ? next : null, totalCount: typeof totalCount === "number" ? totalCount : null };
}
