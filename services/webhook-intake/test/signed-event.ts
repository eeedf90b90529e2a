import { createHmac } from "node:crypto";
import type { APIGatewayProxyEventV2, Context } from "aws-lambda";

export const SECRET = "It's a Secret to Everybody";

/** GitHub's headers of one delivery; a header is left out by naming it undefined. */
export type Overrides = { readonly headers?: Readonly<Record<string, string | undefined>>; readonly secret?: string; readonly base64?: boolean };

export function signatureOf(body: Uint8Array | string, secret: string = SECRET): string {
  return `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;
}

/** The event that API Gateway (HTTP API, payload format 2) makes of a delivery. */
export function signedEvent(body: Uint8Array | string, { headers = {}, secret = SECRET, base64 }: Overrides = {}): APIGatewayProxyEventV2 {
  const all: Record<string, string | undefined> = {
    "content-type": "application/json",
    "user-agent": "GitHub-Hookshot/044aadd",
    "x-github-delivery": "72d3162e-cc78-11e3-81ab-4c9367dc0958",
    "x-github-event": "issues",
    "x-github-hook-id": "292430182",
    "x-github-hook-installation-target-id": "79929171",
    "x-github-hook-installation-target-type": "repository",
    "x-hub-signature-256": signatureOf(body, secret),
    ...headers,
  };
  const present = Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
  const isBase64Encoded = base64 ?? typeof body !== "string";
  return {
    version: "2.0",
    routeKey: "POST /webhooks/github",
    rawPath: "/webhooks/github",
    rawQueryString: "",
    headers: Object.fromEntries(present),
    requestContext: {
      accountId: "123456789012",
      apiId: "api",
      domainName: "example.com",
      domainPrefix: "example",
      http: { method: "POST", path: "/webhooks/github", protocol: "HTTP/1.1", sourceIp: "192.0.2.1", userAgent: "GitHub-Hookshot/044aadd" },
      requestId: "request",
      routeKey: "POST /webhooks/github",
      stage: "$default",
      time: "21/Nov/2026:10:00:00 +0000",
      timeEpoch: 1795255200000,
    },
    body: isBase64Encoded ? Buffer.from(body).toString("base64") : Buffer.from(body).toString("utf8"),
    isBase64Encoded,
  };
}

export const context: Context = {
  callbackWaitsForEmptyEventLoop: false,
  functionName: "webhook-intake",
  functionVersion: "1",
  invokedFunctionArn: "arn:aws:lambda:us-east-1:123456789012:function:webhook-intake",
  memoryLimitInMB: "256",
  awsRequestId: "request",
  logGroupName: "group",
  logStreamName: "stream",
  getRemainingTimeInMillis: () => 30_000,
  done: () => {},
  fail: () => {},
  succeed: () => {},
};
