export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json | undefined;
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The object below `key`, or undefined where there is none. */
export function part(value: JsonObject | undefined, key: string): JsonObject | undefined {
  const found = value === undefined || !Object.hasOwn(value, key) ? undefined : value[key];
  return isJsonObject(found) ? found : undefined;
}

export function textAt(value: JsonObject | undefined, key: string): string | undefined {
  const found = value === undefined || !Object.hasOwn(value, key) ? undefined : value[key];
  return typeof found === "string" ? found : undefined;
}

export function numberAt(value: JsonObject | undefined, key: string): number | undefined {
  const found = value === undefined || !Object.hasOwn(value, key) ? undefined : value[key];
  return typeof found === "number" ? found : undefined;
}

/** The objects of the list below `key`; anything that is no object is passed over. */
export function objectsAt(value: JsonObject | undefined, key: string): readonly JsonObject[] {
  const found = value === undefined || !Object.hasOwn(value, key) ? undefined : value[key];
  return Array.isArray(found) ? found.filter(isJsonObject) : [];
}

/** JSON in ASCII alone: texts hold every character there is, and queues disagree on which of them they take. */
export function toAsciiJson(value: Json): string {
  return JSON.stringify(value).replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
