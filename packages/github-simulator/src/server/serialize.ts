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

/** `distinct`: what the bytes were made from, each repeated part once; equal for equal bodies, and much less to hash. */
export type Written = { readonly bytes: Buffer; readonly distinct: readonly (string | Buffer)[] };

export function serialize(body: unknown, memo: Memo | null): Written {
  if (memo === null || memo.size === 0 || !Array.isArray(itemsOf(body))) {
    const bytes = Buffer.from(JSON.stringify(body));
    return { bytes, distinct: [bytes] };
  }
  const marks = new Marks(memo);
  const text = JSON.stringify(mark(body, marks, 0));
  const written = marks.met.map((shape) => Buffer.from(JSON.stringify(shape)));
  // At the odd places are the numbers.
  const pieces = text.split(MARKED).map((piece, index) => (index % 2 === 0 ? Buffer.from(piece) : (written[Number(piece)] ?? NOTHING)));
  return { bytes: Buffer.concat(pieces), distinct: [text, ...written] };
}

const NOTHING = Buffer.alloc(0);

/** Numbers in the order in which the body has them, so that they tell nothing else. */
class Marks {
  readonly met: object[] = [];
  readonly #numbers = new Map<object, number | null>();

  constructor(memo: Memo) {
    for (const shapes of memo.values()) for (const shape of shapes.values()) this.#numbers.set(shape, null);
  }

  of(value: object): string | undefined {
    let number = this.#numbers.get(value);
    if (number === undefined) return undefined;
    if (number === null) this.#numbers.set(value, (number = this.met.push(value) - 1));
    return `${MARK}${number}`;
  }
}

/** The list itself, or the one beside its count. */
function itemsOf(body: unknown): unknown {
  return typeof body === "object" && body !== null && "total_count" in body ? Object.values(body).find((value) => Array.isArray(value)) : body;
}

function mark(value: unknown, marks: Marks, depth: number): unknown {
  if (typeof value !== "object" || value === null) return value;
  const known = marks.of(value);
  if (known !== undefined) return known;
  if (depth >= DEEPEST) return value;
  if (Array.isArray(value)) return value.map((item) => mark(item, marks, depth + 1));
  // At once, and not by an array for each key.
  const copy: Record<string, unknown> = { ...value };
  for (const key of Object.keys(copy)) {
    const inner = copy[key];
    if (typeof inner === "object" && inner !== null) copy[key] = mark(inner, marks, depth + 1);
  }
  return copy;
}
