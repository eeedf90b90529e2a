import type { APIGatewayProxyStructuredResultV2 } from "aws-lambda";

export type Outcome =
  | { readonly kind: "queued"; readonly delivery: string; readonly body: "utf8" | "base64" | "claim" }
  | { readonly kind: "too-large"; readonly maxBytes: number }
  | { readonly kind: "bad-signature" }
  | { readonly kind: "bad-request"; readonly problem: string }
  | { readonly kind: "unsupported-media-type" }
  | { readonly kind: "unavailable"; readonly code: string; readonly retryAfterSeconds: number; readonly cause: unknown };

/** The HTTP answer. GitHub shows it beside the delivery, so it says what is wrong; to an unknown sender it says nothing. */
export function toAnswer(outcome: Outcome): APIGatewayProxyStructuredResultV2 {
  switch (outcome.kind) {
    case "queued":
      return answer(202, { delivery: outcome.delivery });
    case "too-large":
      return answer(413, { message: `The body is larger than ${outcome.maxBytes} bytes.` });
    case "bad-signature":
      return answer(401, { message: "The signature is missing or wrong." });
    case "bad-request":
      return answer(400, { message: outcome.problem });
    case "unsupported-media-type":
      return answer(415, { message: "The content type must be application/json or application/x-www-form-urlencoded." });
    case "unavailable":
      return answer(503, { message: "The delivery was not stored. Send it again." }, { "retry-after": String(outcome.retryAfterSeconds) });
    default:
      return outcome satisfies never;
  }
}

export function answer(statusCode: number, body: object, headers: Record<string, string> = {}): APIGatewayProxyStructuredResultV2 {
  return { statusCode, headers: { "content-type": "application/json", "cache-control": "no-store", ...headers }, body: JSON.stringify(body) };
}
