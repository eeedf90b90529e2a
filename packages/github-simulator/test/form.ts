/** The form of JSON: which keys, of which types, at which place. Two forms are compared; one may come from examples, from published schemas or from both. */

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type Schema = { readonly [key: string]: unknown };

/** What examples and schemas know about one place. A key is `always` there when every example has it (with schemas alone: when one requires it). */
export type Known = {
  readonly types: ReadonlySet<string>;
  readonly keys: ReadonlyMap<string, { readonly always: boolean; readonly at: () => Known }>;
  /** Any key may be there: a map by name. */
  readonly open: boolean;
  readonly items: () => Known;
};

export type Difference = { readonly path: string; readonly problem: "missing" | "surplus" | "type"; readonly detail: string };

export function differences(value: Json, known: Known, path = ""): readonly Difference[] {
  const type = typeOf(value);
  if (!known.types.has(type)) return known.types.size === 0 ? [] : [{ path, problem: "type", detail: `${type}, not ${[...known.types].join("|")}` }];
  if (Array.isArray(value)) return (value as readonly Json[]).flatMap((item) => differences(item, known.items(), `${path}[]`));
  if (value === null || typeof value !== "object") return [];
  const object = value as { readonly [key: string]: Json };
  const missing = [...known.keys].filter(([key, { always }]) => always && !Object.hasOwn(object, key)).map(([key]) => ({ path: join(path, key), problem: "missing", detail: "" }) as const);
  const present = Object.entries(object).flatMap(([key, item]): readonly Difference[] => {
    const at = known.keys.get(key);
    if (at !== undefined) return differences(item, at.at(), join(path, key));
    return known.open || known.keys.size === 0 ? [] : [{ path: join(path, key), problem: "surplus", detail: "" }];
  });
  return [...missing, ...present];
}

/** `schemas` widen what the examples showed: more keys may be there and more types; what must be there is what all examples have. */
export function knownOf(examples: readonly Json[], schemas: readonly Schema[], resolve: (ref: string) => Schema): Known {
  const flat = schemas.flatMap((schema) => flatten(schema, resolve));
  const objects = examples.filter((example) => typeOf(example) === "object") as readonly { readonly [key: string]: Json }[];
  const names = new Set([...objects.flatMap((object) => Object.keys(object)), ...flat.flatMap(({ properties }) => Object.keys(properties ?? {}))]);
  const keys = new Map(
    [...names].map((name) => {
      const having = objects.filter((object) => Object.hasOwn(object, name));
      const always = objects.length > 0 ? having.length === objects.length : flat.filter(isObject).every(({ required }) => ((required ?? []) as readonly string[]).includes(name));
      const at = (): Known => knownOf(having.map((object) => object[name] as Json), flat.flatMap(({ properties }) => propertyOf(properties, name)), resolve);
      return [name, { always, at: lazily(at) }] as const;
    }),
  );
  const types = new Set([...examples.map(typeOf), ...flat.flatMap(typesOf)]);
  const open = flat.some((schema) => isObject(schema) && (schema["properties"] === undefined || (schema["additionalProperties"] !== undefined && schema["additionalProperties"] !== false)));
  const items = (): Known => knownOf(examples.flatMap((example) => (Array.isArray(example) ? (example as readonly Json[]) : [])), flat.flatMap((schema) => (schema["items"] === undefined ? [] : [schema["items"] as Schema])), resolve);
  return { types, keys, open, items: lazily(items) };
}

function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

function flatten(schema: Schema, resolve: (ref: string) => Schema): readonly Schema[] {
  if (typeof schema["$ref"] === "string") return flatten(resolve(schema["$ref"]), resolve);
  const parts = (schema["oneOf"] ?? schema["anyOf"]) as readonly Schema[] | undefined;
  if (parts !== undefined) return [...parts.flatMap((part) => flatten(part, resolve)), ...(schema["nullable"] === true ? [{ type: "null" }] : [])];
  const all = schema["allOf"] as readonly Schema[] | undefined;
  if (all === undefined) return [schema];
  const merged = all.flatMap((part) => flatten(part, resolve));
  return [Object.assign({}, ...merged, { properties: Object.assign({}, ...merged.map(({ properties }) => properties)), required: merged.flatMap(({ required }) => (required ?? []) as readonly string[]), nullable: schema["nullable"] }) as Schema];
}

function isObject(schema: Schema): boolean {
  return typesOf(schema).includes("object");
}

function typesOf(schema: Schema): readonly string[] {
  const named = [schema["type"] ?? (schema["properties"] === undefined ? ((schema["enum"] as readonly Json[] | undefined)?.map(typeOf) ?? []) : "object")].flat() as unknown as readonly string[];
  return [...named.map((type) => (type === "integer" ? "number" : type)), ...(schema["nullable"] === true ? ["null"] : [])];
}

function propertyOf(properties: unknown, name: string): readonly Schema[] {
  const property = (properties as Readonly<Record<string, Schema>> | undefined)?.[name];
  return property === undefined ? [] : [property];
}

function typeOf(value: Json): string {
  return value === null ? "null" : Array.isArray(value) ? "array" : typeof value;
}

function join(path: string, key: string): string {
  return path === "" ? key : `${path}.${key}`;
}
