import type { APIGatewayProxyEventV2 } from "aws-lambda";

/** What of an API Gateway event (HTTP API, payload format 2) the intake looks at. */
export type WebhookRequest = {
  /** By any spelling: API Gateway sends lower case, other fronts do not. */
  readonly header: (name: string) => string | undefined;
  /** Without decoding the body, so that an oversized one costs nothing. Exact, but for whitespace inside base64. */
  readonly bytes: number;
  /** The body as GitHub sent it, byte for byte: what is signed. */
  readonly body: () => Buffer;
};

export function readRequest(event: Pick<APIGatewayProxyEventV2, "headers" | "body" | "isBase64Encoded">): WebhookRequest {
  const headers = new Map(Object.entries(event.headers).map(([name, value]) => [name.toLowerCase(), value]));
  const text = event.body ?? "";
  // API Gateway encodes what it does not take for text, which includes form-encoded bodies.
  const encoding = event.isBase64Encoded ? "base64" : "utf8";
  return {
    header: (name) => headers.get(name.toLowerCase()),
    bytes: Buffer.byteLength(text, encoding),
    body: () => Buffer.from(text, encoding),
  };
}
