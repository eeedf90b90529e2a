/**
 * The names in the store. One kind's documents lie in `octally-<kind>-v<N>` (monthly kinds: one index a month), reached by
 *
 *   octally-<kind>              for readers: without what is deleted
 *   octally-<kind>-all          for readers who want the deleted too
 *   octally-<group>[-all]       for readers of several kinds that belong together
 *   octally-<kind>-write[-M]    for the writer: exactly one index, also while a new version is being built
 */
import type { Kind } from "@octally/model/define-kind";
import { versionParts } from "@octally/model/version";

export const DEFAULT_PREFIX = "octally";

/** A kind's index, or one of its months. */
export type Shelf = { readonly kind: string; readonly month: string | null };

/** A monthly kind's month is that of the thing's own time, so that the same thing always finds the same index. */
export function shelfOf(kind: Pick<Kind, "name" | "indices">, version: bigint): Shelf {
  if (kind.indices === "single") return { kind: kind.name, month: null };
  return { kind: kind.name, month: new Date(versionParts(version).updatedAtSeconds * 1000).toISOString().slice(0, 7) };
}

export function readAlias(prefix: string, kind: string): string {
  return `${prefix}-${kind}`;
}

export function allAlias(prefix: string, kind: string): string {
  return `${prefix}-${kind}-all`;
}

export function writeAlias(prefix: string, { kind, month }: Shelf): string {
  return month === null ? `${prefix}-${kind}-write` : `${prefix}-${kind}-write-${month}`;
}

export function indexName(prefix: string, { kind, month }: Shelf, version: number): string {
  return month === null ? `${prefix}-${kind}-v${version}` : `${prefix}-${kind}-v${version}-${month}`;
}

export function templateName(prefix: string, kind: string): string {
  return `${prefix}-${kind}`;
}

/** The shelf and version that an index name stands for, or undefined where it is none of this kind's. */
export function parseIndexName(prefix: string, kind: string, name: string): { readonly shelf: Shelf; readonly version: number } | undefined {
  const start = `${prefix}-${kind}-v`;
  const match = name.startsWith(start) ? /^(\d+)(?:-(\d{4}-\d{2}))?$/.exec(name.slice(start.length)) : null;
  return match?.[1] === undefined ? undefined : { shelf: { kind, month: match[2] ?? null }, version: Number(match[1]) };
}
