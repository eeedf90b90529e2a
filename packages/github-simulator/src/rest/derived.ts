/** Sorted and filtered lists, kept until the world changes: pages of one list are mostly asked for one after another. */
import type { World } from "../world/world.ts";
import type { Order } from "./paging.ts";

const kept = new WeakMap<object, Map<string, { readonly revision: number; readonly value: unknown }>>();
const MOST_OF_ONE = 16;

/** `of`: what the list belongs to. */
export function derived<T>(world: World, of: object, key: string, compute: () => T): T {
  let mine = kept.get(of);
  if (mine === undefined) kept.set(of, (mine = new Map<string, { readonly revision: number; readonly value: unknown }>()));
  const { revision } = world.journal;
  const known = mine.get(key);
  if (known?.revision === revision) return known.value as T;
  if (mine.size >= MOST_OF_ONE) mine.clear();
  const value = compute();
  mine.set(key, { revision, value });
  return value;
}

export function sortBy<T>(items: readonly T[], { key, id, direction }: Order<T>): readonly T[] {
  const sign = direction === "asc" ? 1 : -1;
  return items.toSorted((a, b) => (key(a) - key(b) || id(a) - id(b)) * sign);
}
