import { createServer, type Server } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import type { APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { makeIntake } from "../../src/make-intake.ts";
import { context, SECRET, signedEvent } from "../signed-event.ts";
import { awsEnvironment } from "./local-aws.ts";

/** GitHub hangs up after ten seconds. */
const GITHUB_TIMEOUT_MS = 10_000;

let server: Server;
let requests = 0;

beforeEach(async () => {
  requests = 0;
  server = createServer(() => {
    requests += 1; // and never an answer
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

function url(): string {
  const address = server.address();
  return `http://127.0.0.1:${isAddressInfo(address) ? address.port : 0}`;
}

function isAddressInfo(address: string | AddressInfo | null): address is AddressInfo {
  return address !== null && typeof address === "object";
}

async function receive(endpoint: string, bytes: number): Promise<{ answer: APIGatewayProxyStructuredResultV2; ms: number }> {
  Object.assign(process.env, awsEnvironment(endpoint));
  const handler = makeIntake({ GITHUB_WEBHOOK_SECRET: SECRET, DELIVERIES_QUEUE_URL: `${endpoint}/000000000000/deliveries`, ARCHIVE_BUCKET: "archive", LOG_LEVEL: "silent" });
  const startedAt = performance.now();
  const answer = await handler(signedEvent("x".repeat(bytes)), context);
  return { answer, ms: performance.now() - startedAt };
}

test.each([10, 300_000])("a queue or bucket that cannot be reached is 503 (%s bytes)", async (bytes) => {
  const endpoint = url();
  server.closeAllConnections();
  server.close();
  await once(server, "close");
  const { answer, ms } = await receive(endpoint, bytes);
  expect(answer).toMatchObject({ statusCode: 503, headers: { "retry-after": "30" } });
  expect(ms).toBeLessThan(GITHUB_TIMEOUT_MS);
});

// The large one first: its abandoned upload holds a connection timer for a second more.
test.each([300_000, 10])("a queue or bucket that never answers is 503 before GitHub hangs up (%s bytes)", async (bytes) => {
  const { answer, ms } = await receive(url(), bytes);
  expect(answer).toMatchObject({ statusCode: 503, headers: { "retry-after": "30" } });
  expect(requests).toBeGreaterThan(0);
  expect(ms).toBeLessThan(GITHUB_TIMEOUT_MS);
}, 15_000);
