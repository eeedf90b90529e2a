/** A fingerprint of everything that can be reached from something: two worlds are the same, byte for byte, if theirs are equal. */
import { createHash } from "node:crypto";

/** Follows every own property, map and list; what was met before stands for itself by its number, so that cycles end and sharing counts. */
export function digest(...roots: readonly unknown[]): string {
  const hash = createHash("sha256");
  const numbers = new Map<object, number>();
  const waiting: object[] = [];
  const nameOf = (value: unknown): string => {
    if (typeof value === "function" || value === undefined) return "-";
    if (typeof value !== "object" || value === null) return JSON.stringify(value);
    const known = numbers.get(value);
    if (known !== undefined) return `#${known}`;
    numbers.set(value, numbers.size);
    waiting.push(value);
    return `#${numbers.size - 1}`;
  };
  for (const root of roots) nameOf(root);
  for (let index = 0; index < waiting.length; index++) {
    const value = waiting[index];
    if (value !== undefined) hash.update(`${partsOf(value).map(([key, part]) => `${nameOf(key)}=${nameOf(part)}`).join("\n")}\0`);
  }
  return hash.digest("hex");
}

function partsOf(value: object): readonly (readonly [unknown, unknown])[] {
  if (value instanceof Map) return [...value];
  if (value instanceof Set) return [...value].map((item, index) => [index, item]);
  return Object.entries(value);
}
