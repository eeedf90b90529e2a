/**
 * An answer as JSON. What stands in it many times (the repository at both ends of each of a hundred pull requests, their people) is written once and
 * copied from then on: half of what a busy server does is this.
 */
import type { Memo } from "../shapes/shaping.ts";

/** Deeper than this nothing large is repeated. */
const DEEPEST = 4;
/** A text that is nothing but this and a number stands for what was written already; GitHub's texts have no such character. */
const MARK = "\u0001";
const MARKED = /"\\u0001(\d+)"/;

export function serialize(body: unknown, memo: Memo | null): Buffer {
  if (memo === null || memo.size === 0 || !Array.isArray(itemsOf(body))) return Buffer.from(JSON.stringify(body));
  const known = new Map<object, number>();
  for (const shapes of memo.values()) for (const shape of shapes.values()) known.set(shape, known.size);
  const shapes = [...known.keys()];
  const pieces = JSON.stringify(mark(body, known, 0)).split(MARKED);
  const written = new Map<string, Buffer>();
  // At the odd places are the numbers.
  return Buffer.concat(
    pieces.map((piece, index) => {
      if (index % 2 === 0) return Buffer.from(piece);
      let bytes = written.get(piece);
      if (bytes === undefined) written.set(piece, (bytes = Buffer.from(JSON.stringify(shapes[Number(piece)]))));
      return bytes;
    }),
  );
}

/** The list itself, or the one beside its count. */
function itemsOf(body: unknown): unknown {
  return typeof body === "object" && body !== null && "total_count" in body ? Object.values(body).find((value) => Array.isArray(value)) : body;
}

function mark(value: unknown, known: ReadonlyMap<object, number>, depth: number): unknown {
  if (typeof value !== "object" || value === null) return value;
  const number = known.get(value);
  if (number !== undefined) return `${MARK}${number}`;
  if (depth >= DEEPEST) return value;
  if (Array.isArray(value)) return value.map((item) => mark(item, known, depth + 1));
  const copy: Record<string, unknown> = {};
  for (const [key, inner] of Object.entries(value)) copy[key] = typeof inner === "object" ? mark(inner, known, depth + 1) : inner;
  return copy;
}
