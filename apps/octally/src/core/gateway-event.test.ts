import { createHmac } from "node:crypto";
import { expect, test } from "@jest/globals";
import { toGatewayEvent, type RawRequest } from "./gateway-event.ts";

function request(contentType: string | undefined, body: Buffer, url = "/webhooks/github"): RawRequest {
  const headers = { host: "localhost:4000", "X-GitHub-Event": "ping", ...(contentType === undefined ? {} : { "content-type": contentType }) };
  return { method: "POST", url, headers, body, sourceIp: "127.0.0.1", requestId: "r-1", receivedAt: new Date("2026-11-01T10:00:00Z") };
}

test.each([
  ["application/json", "ä €", false],
  ["application/json; charset=utf-8", "{}", false],
  ["application/problem+json", "{}", false],
  ["APPLICATION/JSON", "{}", false],
  ["application/x-www-form-urlencoded", "payload=%7B%7D", false],
  ["text/plain", "x", false],
  ["application/octet-stream", "x", true],
  [undefined, "x", true],
  ["application/jsonish", "x", true],
])("a body of type %s", (contentType, text, isBase64Encoded) => {
  const event = toGatewayEvent(request(contentType, Buffer.from(text)));
  expect(event).toMatchObject({ isBase64Encoded, body: isBase64Encoded ? Buffer.from(text).toString("base64") : text });
});

test("bytes that are no UTF-8 survive, whatever their type says: the signature is over them", () => {
  const body = Buffer.from([0x7b, 0xff, 0xfe, 0x7d]);
  const event = toGatewayEvent(request("application/json", body));
  const received = Buffer.from(event.body ?? "", event.isBase64Encoded ? "base64" : "utf8");
  const sign = (bytes: Buffer): string => createHmac("sha256", "secret").update(bytes).digest("hex");
  expect(sign(received)).toBe(sign(body));
});

test("a request without a body has none", () => {
  const event = toGatewayEvent(request("application/json", Buffer.alloc(0)));
  expect(event).not.toHaveProperty("body");
  expect(event.isBase64Encoded).toBe(false);
});

test("names of headers are lower case, repeated values are joined, the query is taken apart", () => {
  const raw = request("application/json", Buffer.from("{}"), "/webhooks/github?a=1&a=2&b=%20");
  const event = toGatewayEvent({ ...raw, headers: { ...raw.headers, "X-Forwarded-For": ["1.1.1.1", "2.2.2.2"], absent: undefined } });
  expect(event).toMatchObject({
    version: "2.0",
    rawPath: "/webhooks/github",
    rawQueryString: "a=1&a=2&b=%20",
    queryStringParameters: { a: "1,2", b: " " },
    headers: { "x-github-event": "ping", "x-forwarded-for": "1.1.1.1,2.2.2.2" },
    requestContext: { http: { method: "POST", path: "/webhooks/github" }, requestId: "r-1", timeEpoch: Date.parse("2026-11-01T10:00:00Z") },
  });
  expect(event.headers).not.toHaveProperty("absent");
});
