/**
 * Makes rest-schemas.json from GitHub's published OpenAPI document: `npm pack @octokit/openapi@23.0.2`, unpack it, then
 * `node packages/github-simulator/test/extract-rest-schemas.ts <folder>/generated/api.github.com.json`. The package is no dependency: it unpacks to 400 MB.
 * Kept: the schemas that are in rest-schemas.json already and those they refer to; of each only what form.ts reads.
 */
import { readFileSync, writeFileSync } from "node:fs";

type Schema = { readonly [key: string]: unknown };
const KEPT = ["$ref", "type", "nullable", "required", "additionalProperties"] as const;
const target = new URL("rest-schemas.json", import.meta.url);
const published = (JSON.parse(readFileSync(process.argv[2] ?? "", "utf8")) as { readonly components: { readonly schemas: Readonly<Record<string, Schema>> } }).components.schemas;
const found = new Map<string, Schema>();

function add(name: string): void {
  if (found.has(name)) return;
  const schema = strip(published[name] ?? {});
  found.set(name, schema);
  for (const [, referred] of JSON.stringify(schema).matchAll(/#\/components\/schemas\/([^"]+)/g)) add(referred ?? "");
}

function strip(schema: Schema): Schema {
  const stripped: Record<string, unknown> = {};
  for (const key of KEPT) if (schema[key] !== undefined) stripped[key] = key === "additionalProperties" && typeof schema[key] === "object" ? true : schema[key];
  if (schema["enum"] !== undefined && schema["type"] === undefined) stripped["enum"] = schema["enum"];
  for (const key of ["oneOf", "anyOf", "allOf"]) if (schema[key] !== undefined) stripped[key] = (schema[key] as readonly Schema[]).map(strip);
  if (schema["items"] !== undefined) stripped["items"] = strip(schema["items"] as Schema);
  if (schema["properties"] !== undefined) stripped["properties"] = Object.fromEntries(Object.entries(schema["properties"] as Readonly<Record<string, Schema>>).map(([key, value]) => [key, strip(value)]));
  return stripped;
}

Object.keys(JSON.parse(readFileSync(target, "utf8")) as object).forEach(add);
const lines = [...found].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([name, schema]) => `  ${JSON.stringify(name)}: ${JSON.stringify(schema)}`);
writeFileSync(target, `{\n${lines.join(",\n")}\n}\n`);
