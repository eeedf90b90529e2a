/** The body of a delivery becomes its payload. What cannot be read will never be readable: every failure is permanent. */
import type { RawBody } from "@octally/shared/delivery";
import { PermanentError } from "@octally/shared/errors";
import { isJsonObject, type JsonObject } from "@octally/shared/json";

/** @throws PermanentError `invalid-utf8`, `invalid-form`, `invalid-json`, `not-an-object` */
export function parsePayload(body: RawBody, contentType: string): JsonObject {
  if (body.is === "bytes") throw new PermanentError("invalid-utf8", "The body is not UTF-8 text.");
  const json = isForm(contentType) ? formPayload(body.text) : body.text;
  const value = parseJson(json);
  if (!isJsonObject(value)) throw new PermanentError("not-an-object", "The payload is JSON, but not an object.");
  return value;
}

function isForm(contentType: string): boolean {
  return contentType.split(";")[0]?.trim().toLowerCase() === "application/x-www-form-urlencoded";
}

/** A hook with the content type "form" sends the JSON in the field `payload`. */
function formPayload(text: string): string {
  const payload = new URLSearchParams(text).get("payload");
  if (payload === null) throw new PermanentError("invalid-form", 'The form has no field "payload".');
  return payload;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new PermanentError("invalid-json", `The payload is not JSON: ${cause instanceof Error ? cause.message : ""}`, { cause });
  }
}
