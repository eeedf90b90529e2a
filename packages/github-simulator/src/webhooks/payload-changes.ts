import type { Json } from "../shapes/shaping.ts";

type Edit = { readonly changes?: Readonly<Record<string, { readonly from: unknown }>> };

/** What an edit changed, by path: `base.ref` becomes `{ base: { ref: { from } } }`. */
export function toChanges({ changes }: Edit): { readonly changes?: Json } {
  if (changes === undefined) return {};
  const nested: Record<string, unknown> = {};
  for (const [path, change] of Object.entries(changes)) {
    const names = path.split(".");
    const last = names.pop() ?? path;
    let place = nested;
    for (const name of names) place = place[name] = { ...(place[name] as Record<string, unknown> | undefined) };
    place[last] = change;
  }
  return { changes: nested };
}
