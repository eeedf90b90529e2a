/** A change that GitHub shows in `updated_at`. */
import { NONE, type Millis } from "../world/entities.ts";
import type { World } from "../world/world.ts";

export function touch(world: World, ...things: readonly ({ updatedAt: Millis } | null)[]): void {
  const now = world.now();
  for (const thing of things) {
    if (thing !== null && thing.updatedAt < now) world.journal.set(thing, "updatedAt", now);
  }
}

/** A list of one's own; the shared empty one while there is nothing in it. */
export function listOf<T>(items: readonly T[] | undefined): readonly T[] {
  return items === undefined || items.length === 0 ? NONE : [...items];
}

/** Which of `wanted` differs from what `thing` has: what it was, in the form of a webhook's `changes`. */
export function edit<T extends object>(world: World, thing: T, wanted: Partial<T>): Record<string, { readonly from: string | null }> {
  const changes: Record<string, { readonly from: string | null }> = {};
  for (const [name, value] of Object.entries(wanted)) {
    const key = name as keyof T & string;
    const before: unknown = thing[key];
    if (value === undefined || before === value) continue;
    changes[key] = { from: typeof before === "string" || before === null ? before : JSON.stringify(before) };
    world.journal.set(thing, key, value as T[typeof key]);
  }
  return changes;
}

export function isEmpty(changes: object): boolean {
  return Object.keys(changes).length === 0;
}
