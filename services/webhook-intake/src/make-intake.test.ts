import { beforeEach, describe, expect, test } from "@jest/globals";
import type { QueueMessage } from "@octally/shared/delivery";
import { TransientError } from "@octally/shared/errors";
import type { APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { context, type Overrides, SECRET, signatureOf, signedEvent } from "../test/signed-event.ts";
import { makeIntake } from "./make-intake.ts";

const ID = "292430182-72d3162e-cc78-11e3-81ab-4c9367dc0958";
const environment = { GITHUB_WEBHOOK_SECRET: SECRET, GITHUB_WEBHOOK_SECRET_PREVIOUS: "old", DELIVERIES_QUEUE_URL: "q", ARCHIVE_BUCKET: "b", WEBHOOK_MAX_BYTES: "300000" };

let sent: QueueMessage[] = [];
let stored: string[] = [];
let lines: Record<string, unknown>[] = [];
let failure: Error | undefined;

beforeEach(() => {
  [sent, stored, lines, failure] = [[], [], [], undefined];
});

function log(fields: object): void {
  lines.push({ ...fields });
}

async function receive(body: Uint8Array | string, overrides: Overrides = {}): Promise<APIGatewayProxyStructuredResultV2> {
  const handler = makeIntake(environment, {
    clock: () => new Date("2026-11-21T10:00:00.123Z"),
    logger: { debug: log, info: log, warn: log, error: log },
    queue: {
      send: async (message) => {
        if (failure !== undefined) throw failure;
        sent.push(message);
      },
    },
    bucket: {
      name: "b",
      put: async (key) => {
        stored.push(key);
      },
    },
  });
  return handler(signedEvent(body, overrides), context);
}

test("a delivery is queued unchanged and acknowledged with its id", async () => {
  const answer = await receive('{"action": "opened"}\r\n');
  expect(answer).toMatchObject({ statusCode: 202, headers: { "content-type": "application/json" }, body: JSON.stringify({ delivery: ID }) });
  expect(sent).toEqual([
    {
      body: '{"action": "opened"}\r\n',
      attributes: {
        guid: "72d3162e-cc78-11e3-81ab-4c9367dc0958",
        hook_id: "292430182",
        event: "issues",
        target_type: "repository",
        target_id: "79929171",
        content_type: "application/json",
        received_at: "2026-11-21T10:00:00.123Z",
        body_kind: "utf8",
      },
    },
  ]);
  expect(lines).toEqual([{ outcome: "queued", event: "issues", delivery: ID, bytes: 22, ms: 0, body: "utf8" }]);
});

describe("the answer is", () => {
  const malformed = { "x-github-event": "Not An Event" };
  const unsigned = { "x-hub-signature-256": undefined };
  const cases: readonly [string, number, string | Uint8Array, Overrides][] = [
    ["202 for the previous secret", 202, "{}", { secret: "old" }],
    ["202 for a ping", 202, '{"zen":"Keep it logically awesome."}', { headers: { "x-github-event": "ping" } }],
    ["202 for an unknown event", 202, "{}", { headers: { "x-github-event": "brand_new_event" } }],
    ["202 for a body that is no JSON: the worker tells", 202, "not json", {}],
    ["202 for a body at the limit", 202, "a".repeat(300_000), {}],
    ["413 for a body over the limit", 413, "a".repeat(300_001), {}],
    ["413 before the signature is looked at", 413, "a".repeat(300_001), { headers: unsigned }],
    ["413 for an encoded body over the limit", 413, Buffer.alloc(300_001), {}],
    ["401 without a signature", 401, "{}", { headers: unsigned }],
    ["401 for a wrong signature", 401, "{}", { secret: "wrong" }],
    ["401 for SHA-1 only", 401, "{}", { headers: { ...unsigned, "x-hub-signature": "sha1=7d38cdd689735b008b3c702edd92eea23791c5f6" } }],
    ["401 whatever else is wrong", 401, "{}", { headers: { ...unsigned, ...malformed, "content-type": undefined } }],
    ["401 for an empty body with a wrong signature", 401, "", { secret: "wrong" }],
    ["401 for an empty body without a signature", 401, "", { headers: unsigned }],
    ["400 for an empty body that is signed", 400, "", {}],
    ["400 without an event", 400, "{}", { headers: { "x-github-event": undefined } }],
    ["400 for a malformed event", 400, "{}", { headers: malformed }],
    ["400 without a delivery id", 400, "{}", { headers: { "x-github-delivery": undefined } }],
    ["400 without a content type", 400, "{}", { headers: { "content-type": undefined } }],
    ["400 for a malformed hook id", 400, "{}", { headers: { "x-github-hook-id": "x" } }],
    ["415 for another content type", 415, "{}", { headers: { "content-type": "text/plain" } }],
  ];
  test.each(cases)("%s", async (_, status, body, overrides) => {
    expect((await receive(body, overrides)).statusCode).toBe(status);
    expect(sent).toHaveLength(status === 202 ? 1 : 0);
    expect(stored).toHaveLength(status === 202 && body.length > 245_760 ? 1 : 0);
    expect(lines).toHaveLength(1);
  });

  test("503 when the queue cannot take it", async () => {
    failure = new TransientError("queue-unavailable", "The queue is down.", { retryAfterSeconds: 7 });
    expect(await receive("{}")).toMatchObject({ statusCode: 503, headers: { "retry-after": "7" } });
    expect(lines).toMatchObject([{ outcome: "unavailable", code: "queue-unavailable", delivery: ID }]);
  });

  test("503 when the secret cannot be read", async () => {
    const secrets = () => Promise.reject(new TransientError("parameter-unavailable", "SSM is down."));
    const handler = makeIntake(environment, { secrets, clock: () => new Date(0), logger: { debug: log, info: log, warn: log, error: log } });
    expect((await handler(signedEvent("{}", {}), context)).statusCode).toBe(503);
    expect(lines).toMatchObject([{ outcome: "unavailable", code: "parameter-unavailable" }]);
  });

  test("500 without details for a defect", async () => {
    failure = new Error("secret detail");
    const answer = await receive("{}");
    expect(answer.statusCode).toBe(500);
    expect(JSON.stringify(answer)).not.toContain("secret detail");
    expect(lines).toMatchObject([{ outcome: "defect", error: "secret detail" }]);
  });
});

test("all refusals of a signature read the same", async () => {
  const answers = await Promise.all([receive("{}", { secret: "wrong" }), receive("", { secret: "wrong" }), receive("{}", { headers: { "x-hub-signature-256": "sha1=1" } })]);
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
});

test("nothing of a body, a signature or a secret is logged", async () => {
  const body = "the body of a private repository";
  await receive(body);
  await receive(body, { secret: "wrong" });
  await receive(body, { headers: { "x-github-event": "the header\u0000" } });
  await receive(body.repeat(10_000));
  expect(lines.map(({ outcome }) => outcome)).toEqual(["queued", "bad-signature", "bad-request", "too-large"]);
  const logged = JSON.stringify(lines);
  for (const secret of ["private", SECRET, signatureOf(body).slice(7), "the header"]) expect(logged).not.toContain(secret);
});
