import { isJsonObject } from "@octally/shared/json";

export type HttpAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
};

const JSON_HEADERS = { "content-type": "application/json" };

/** What API Gateway makes of a handler's result: a structured answer as it is, anything else as JSON with status 200. */
export function toHttpAnswer(result: unknown): HttpAnswer {
  if (!isJsonObject(result) || typeof result["statusCode"] !== "number") {
    return { status: 200, headers: JSON_HEADERS, body: Buffer.from(typeof result === "string" ? result : JSON.stringify(result ?? null)) };
  }
  const { statusCode, headers, body, isBase64Encoded } = result;
  const given = isJsonObject(headers) ? Object.entries(headers) : [];
  return {
    status: statusCode,
    headers: { ...JSON_HEADERS, ...Object.fromEntries(given.map(([name, value]) => [name.toLowerCase(), typeof value === "string" ? value : JSON.stringify(value)])) },
    body: typeof body === "string" ? Buffer.from(body, isBase64Encoded === true ? "base64" : "utf8") : Buffer.alloc(0),
  };
}

/** A handler that throws is answered by the gateway itself, without a word about why. */
export const HANDLER_FAILED: HttpAnswer = { status: 500, headers: JSON_HEADERS, body: Buffer.from('{"message":"Internal Server Error"}') };
