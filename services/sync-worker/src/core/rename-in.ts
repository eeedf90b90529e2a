/** A document of a repository that is called otherwise now: its addresses, and where it names the repository itself. Pure. */
import type { RepositoryRef } from "@octally/model/observation";
import { isJsonObject, type Json, type JsonObject } from "@octally/shared/json";

export function renameIn(document: JsonObject, from: RepositoryRef, to: RepositoryRef): JsonObject {
  return Object.fromEntries(Object.entries(document).map(([key, value]) => [key, value === undefined ? undefined : renamed(key, value, from, to)]));
}

function renamed(key: string, value: Json, from: RepositoryRef, to: RepositoryRef): Json {
  if (typeof value === "string") return /(^|_)html_url$/.test(key) ? addressIn(value, from.name_with_owner, to.name_with_owner) : value;
  if (Array.isArray(value)) return value.map((item: Json) => renamed(key, item, from, to));
  if (!isJsonObject(value)) return value;
  // References name it by its name alone.
  const isIt = value["id"] === from.id || value["id"] === undefined;
  return isIt && value["full_name"] === from.name_with_owner ? { ...value, full_name: to.name_with_owner } : renameIn(value, from, to);
}

/** `https://github.com/octo/hello/issues/1`: owner and name stand behind the server. */
function addressIn(url: string, from: string, to: string): string {
  const [, server, path] = /^(https?:\/\/[^/]+\/)(.*)$/.exec(url) ?? [];
  if (server === undefined || path === undefined || !path.toLowerCase().startsWith(from.toLowerCase())) return url;
  const rest = path.slice(from.length);
  return rest === "" || /^[/#?]/.test(rest) ? `${server}${to}${rest}` : url;
}
