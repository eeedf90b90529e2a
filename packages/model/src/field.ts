/**
 * The field types of documents. A field says three things at once: how OpenSearch maps it, how it is read from GitHub's
 * REST and webhook objects (whose names and types our documents share), and its TypeScript type.
 */
import * as z from "zod";

export type Mapping = { readonly type?: string; readonly [setting: string]: unknown };
export type Field<T = unknown> = {
  readonly mapping: Mapping;
  readonly schema: z.ZodType<T>;
  /** What an object consists of: what is deleted is known by whatever of it can still be read. */
  readonly parts?: Fields;
};
export type Fields = Readonly<Record<string, Field>>;
export type ValueOf<F> = F extends Field<infer T> ? T : never;
export type DocumentOf<F extends Fields> = { readonly [K in keyof F]: ValueOf<F[K]> };

export function field<T>(mapping: Mapping, schema: z.ZodType<T>): Field<T> {
  return { mapping, schema };
}

/** Lucene refuses a term over 32,766 bytes; a character takes at most four. */
const KEYWORD: Mapping = { type: "keyword", ignore_above: 8191 };

export const keyword = field(KEYWORD, z.string());
/** GraphQL shouts its enums, REST whispers most of them: documents hold the lower case. */
export const lowerKeyword = field(KEYWORD, z.string().transform((value) => value.toLowerCase()));
/** GraphQL and REST both shout these (`MEMBER`, `CONTRIBUTOR`). */
export const upperKeyword = field(KEYWORD, z.string().transform((value) => value.toUpperCase()));
/** A short text that is searched by its words and grouped as a whole: titles, names. */
export const title = field({ type: "text", fields: { keyword: { type: "keyword", ignore_above: 8191 } } }, z.string());
/** A body. GitHub says "nothing written" as null, as "" and by leaving the key out: all are null here. */
export const prose = field({ type: "text" }, z.string().nullish().transform((value) => (value === undefined || value === "" ? null : value)));
export const flag = field({ type: "boolean" }, z.boolean());
/** A whole number: a count, a number, GitHub's numeric id. */
export const count = field({ type: "long" }, z.number().int());
export const decimal = field({ type: "double" }, z.number());
/** A page for people; never searched. */
export const link = field({ type: "keyword", index: false, doc_values: false }, z.string());
/** A text to be shown, never searched: a piece of a diff. */
export const verbatim = field({ type: "text", index: false }, z.string());

/** Without a zone a time would be read in the zone of the machine. */
const ISO_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:?\d{2})$/i;
/** OpenSearch reads years of four digits. */
const YEAR_10000_MS = Date.UTC(10_000, 0, 1);

/** GitHub's times are whole seconds, written with `Z`, with an offset, with milliseconds or as epoch seconds. */
export const date = field(
  { type: "date" },
  z.union([z.string().regex(ISO_TIME), z.number()]).transform((value, context) => {
    const time = new Date(typeof value === "number" ? value * 1000 : value);
    if (!(time.getTime() >= 0 && time.getTime() < YEAR_10000_MS)) {
      context.addIssue({ code: "custom", message: "not a time" });
      return z.NEVER;
    }
    return time.toISOString().replace(/\.\d{3}Z$/, "Z");
  }),
);

/** Whatever GitHub gave, kept and not indexed: a field explosion is not possible. */
export const raw = field<unknown>({ type: "object", enabled: false }, z.unknown());

/** The key is always there, its value may be null. */
export function nullable<T>(inner: Field<T>): Field<T | null> {
  return { ...inner, schema: inner.schema.nullable() };
}

/** GitHub says "none" as null, as "" and by leaving the key out: all are null here. */
export function orNothing<T>(inner: Field<T>): Field<T | null> {
  return { ...inner, schema: z.union([z.literal("").transform(() => null), inner.schema, z.null()]).optional().transform((value) => value ?? null) };
}

/** GitHub added the key later: payloads recorded before have the value that it would have had. */
export function addedLater<T>(inner: Field<T>, before: T): Field<T> {
  // `optional()`, not a union with undefined: zod lets only that stand for a key that is not there.
  return { ...inner, schema: inner.schema.optional().transform((value) => (value === undefined ? before : value)) };
}

/** A list without an order of its own: sorted, so that every source gives the same one. */
export function setOf<T>(inner: Field<T>): Field<T[]> {
  return { mapping: inner.mapping, schema: z.array(inner.schema).transform((items) => items.toSorted(byCanonicalForm)) };
}

/** A list whose order means something. */
export function listOf<T>(inner: Field<T>): Field<T[]> {
  return { mapping: inner.mapping, schema: z.array(inner.schema) };
}

export function object<F extends Fields>(fields: F): Field<DocumentOf<F>> {
  return {
    mapping: { type: "object", dynamic: "strict", properties: mappingsOf(fields) },
    schema: schemaOf(fields),
    parts: fields,
  };
}

export function mappingsOf(fields: Fields): Readonly<Record<string, Mapping>> {
  return Object.fromEntries(Object.entries(fields).map(([name, { mapping }]) => [name, mapping]));
}

export function schemaOf<F extends Fields>(fields: F): z.ZodType<DocumentOf<F>> {
  const shape = Object.fromEntries(Object.entries(fields).map(([name, { schema }]) => [name, schema]));
  // zod cannot follow a mapped type through Object.fromEntries; the keys and their types are those of `fields`.
  return z.object(shape) as unknown as z.ZodType<DocumentOf<F>>;
}

const actorFields = { id: count, login: keyword, type: addedLater(keyword, "User") };
export type Actor = DocumentOf<typeof actorFields>;
/** An account that there is: the end of a relation (who starred, who is a member). Null is nobody's relation. */
export const account = object(actorFields);

/** GitHub shows the author of what a deleted account left behind as this user, and sends null. */
export const GHOST: Actor = { id: 10137, login: "ghost", type: "User" };

/** Who did it, where somebody must have: null is a deleted user. */
export const actor: Field<Actor> = {
  mapping: account.mapping,
  schema: account.schema.nullable().transform((value) => value ?? GHOST),
};
/** Who did it, where nobody may have: `closed_by`, `merged_by`. */
export const actorOrNobody = nullable(account);

function byCanonicalForm(a: unknown, b: unknown): number {
  const [left, right] = [JSON.stringify(a), JSON.stringify(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}
