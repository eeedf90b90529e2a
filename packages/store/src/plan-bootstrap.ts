/**
 * What must be done so that every kind has its index, its aliases and the mapping of its declaration. Pure: the state of
 * the cluster in, steps out. Each step can be repeated; a start that was interrupted is resumed by the next (SPEC I9).
 */
import type { Kind } from "@octally/model/define-kind";
import { indexBodyOf } from "./index-body.ts";
import { allAlias, indexName, parseIndexName, readAlias, writeAlias, type Shelf } from "./names.ts";

export type IndexState = { readonly name: string; readonly fingerprint: string | undefined; readonly aliases: readonly string[] };

export type BootstrapStep =
  | { readonly do: "put-template"; readonly kind: Kind }
  /** `copyOf`: the index that it will be filled from, where there is exactly one. */
  | { readonly do: "create-index"; readonly index: string; readonly kind: Kind; readonly aliases: readonly AliasOf[]; readonly copyOf?: string }
  /** Only adds: what the aliases also name stays. */
  | { readonly do: "add-aliases"; readonly index: string; readonly aliases: readonly AliasOf[] }
  /** Copies what `to` lacks or has older; documents keep their versions, so a newer one in `to` is never replaced. */
  | { readonly do: "copy"; readonly from: string; readonly to: string }
  /** Away from every older version, in one step. */
  | { readonly do: "move-aliases"; readonly to: string; readonly kind: Kind; readonly shelf: Shelf; readonly aliases: readonly AliasOf[] }
  /** Over when every write that was under way has ended. */
  | { readonly do: "block-writes"; readonly index: string }
  /** What changed in `from` since the copy: of two states of equal versions the one that takes precedence stays. */
  | { readonly do: "catch-up"; readonly from: string; readonly to: string; readonly kind: Kind; readonly shelf: Shelf }
  | { readonly do: "delete-index"; readonly index: string };

export type AliasOf = { readonly name: string; readonly role: "read" | "all" | "write" };

/** What is missing, and what must be upgraded. */
export function planBootstrap(prefix: string, kinds: readonly Kind[], indices: readonly IndexState[]): readonly BootstrapStep[] {
  return kinds.flatMap((kind) => [{ do: "put-template", kind } as const, ...shelvesOf(prefix, kind, indices).flatMap((shelf) => planShelf(prefix, kind, shelf, indices))]);
}

/** What is missing alone: for a writer that finds no index. It never upgrades, so that two releases side by side do not fight. */
export function planMissing(prefix: string, kind: Kind, shelf: Shelf, indices: readonly IndexState[]): readonly BootstrapStep[] {
  const write = writeAlias(prefix, shelf);
  if (indices.some(({ aliases }) => aliases.includes(write))) return [];
  const [newest] = versionsOf(prefix, shelf, indices);
  if (newest === undefined) return [{ do: "put-template", kind }, { do: "create-index", index: indexName(prefix, shelf, 1), kind, aliases: aliasesOf(prefix, kind, shelf) }];
  return [{ do: "add-aliases", index: newest.name, aliases: aliasesOf(prefix, kind, shelf).filter(({ name }) => !newest.aliases.includes(name)) }];
}

function shelvesOf(prefix: string, kind: Kind, indices: readonly IndexState[]): readonly Shelf[] {
  if (kind.indices === "single") return [{ kind: kind.name, month: null }];
  const months = indices.flatMap(({ name }) => parseIndexName(prefix, kind.name, name)?.shelf.month ?? []);
  return [...new Set(months)].toSorted().map((month) => ({ kind: kind.name, month }));
}

function planShelf(prefix: string, kind: Kind, shelf: Shelf, indices: readonly IndexState[]): BootstrapStep[] {
  const versions = versionsOf(prefix, shelf, indices);
  const aliases = aliasesOf(prefix, kind, shelf);
  const [newest, ...older] = versions;
  if (newest === undefined) return [{ do: "create-index", index: indexName(prefix, shelf, 1), kind, aliases }];

  const { fingerprint } = indexBodyOf(kind).mappings._meta;
  if (newest.fingerprint !== fingerprint) {
    const next = indexName(prefix, shelf, newest.version + 1);
    const copyOf = older.length === 0 ? { copyOf: newest.name } : {};
    return [{ do: "create-index", index: next, kind, aliases: [], ...copyOf }, ...replaceSteps(versions, next, kind, shelf, aliases)];
  }
  const missing = aliases.filter(({ name }) => !newest.aliases.includes(name));
  // An upgrade that was interrupted: the new index stands, the old one still serves.
  if (older.length > 0) return replaceSteps(older, newest.name, kind, shelf, aliases);
  return missing.length === 0 ? [] : [{ do: "add-aliases", index: newest.name, aliases: missing }];
}

/** A shelf's indices, the newest version first. */
export function versionsOf(prefix: string, shelf: Shelf, indices: readonly IndexState[]): readonly (IndexState & { readonly version: number })[] {
  return indices
    .flatMap((state) => {
      const parsed = parseIndexName(prefix, shelf.kind, state.name);
      return parsed !== undefined && parsed.shelf.month === shelf.month ? [{ ...state, version: parsed.version }] : [];
    })
    .toSorted((a, b) => b.version - a.version);
}

/**
 * Most is copied while the old index still takes the writes; then writes turn to the new one, the old one takes no more (one that
 * was under way to it is refused, and made again), what changed there meanwhile is copied, and at last the readers turn.
 * An alias leaves all the old ones in one step: a write alias that names two indices would refuse every write.
 */
function replaceSteps(old: readonly IndexState[], to: string, kind: Kind, shelf: Shelf, aliases: readonly AliasOf[]): BootstrapStep[] {
  const from = old.map(({ name }) => name);
  return [
    ...from.map((index) => ({ do: "copy", from: index, to }) as const),
    { do: "move-aliases", to, kind, shelf, aliases: aliases.filter(({ role }) => role === "write") },
    ...from.map((index) => ({ do: "block-writes", index }) as const),
    ...from.map((index) => ({ do: "catch-up", from: index, to, kind, shelf }) as const),
    { do: "move-aliases", to, kind, shelf, aliases: aliases.filter(({ role }) => role !== "write") },
    ...from.map((index) => ({ do: "delete-index", index }) as const),
  ];
}

function aliasesOf(prefix: string, kind: Kind, shelf: Shelf): readonly AliasOf[] {
  const readers = [kind.name, ...(kind.group === undefined ? [] : [kind.group])];
  return [
    ...readers.flatMap((name) => [{ name: readAlias(prefix, name), role: "read" } as const, { name: allAlias(prefix, name), role: "all" } as const]),
    { name: writeAlias(prefix, shelf), role: "write" },
  ];
}
