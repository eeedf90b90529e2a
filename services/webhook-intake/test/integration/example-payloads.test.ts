import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { fetchBody } from "@octally/shared/claims";
import { bytesOf, deliveryId, parseDeliveryMessage } from "@octally/shared/delivery";
import * as z from "zod";
import { makeIntake } from "../../src/make-intake.ts";
import { context, signedEvent } from "../signed-event.ts";
import { drain, type LocalAws, openLocalAws } from "./local-aws.ts";

let aws: LocalAws;

beforeAll(async () => {
  aws = await openLocalAws();
});
afterAll(() => aws.close());

test("all 329 recorded payloads of GitHub are taken, each once and unchanged, in both encodings", async () => {
  const handler = makeIntake(aws.environment);
  const file = createRequire(import.meta.url).resolve("@octokit/webhooks-examples");
  const examples = z.array(z.object({ name: z.string(), examples: z.array(z.unknown()) })).parse(JSON.parse(await readFile(file, "utf8")));
  const payloads = examples.flatMap(({ name, examples: bodies }) => bodies.map((body) => ({ event: name, json: JSON.stringify(body) })));
  expect(payloads).toHaveLength(329);
  const sent = new Map<string, string>();

  for (const [index, { event, json }] of payloads.entries()) {
    const isForm = index % 2 === 1;
    const body = isForm ? new URLSearchParams({ payload: json }).toString() : json;
    const contentType = isForm ? "application/x-www-form-urlencoded" : "application/json";
    const headers = { "x-github-event": event, "x-github-delivery": `example-${index}`, "content-type": contentType };
    const answer = await handler(signedEvent(body, { headers, base64: isForm }), context);
    expect(answer).toMatchObject({ statusCode: 202, body: JSON.stringify({ delivery: `292430182-example-${index}` }) });
    sent.set(`292430182-example-${index}`, `${event} ${body}`);
  }

  const received = new Map<string, string>();
  for (const message of await drain(aws.queue, payloads.length)) {
    const delivery = parseDeliveryMessage(message);
    const body = Buffer.from(bytesOf(await fetchBody(aws.bucket, delivery.body))).toString("utf8");
    received.set(deliveryId(delivery), `${delivery.event} ${body}`);
  }
  expect(received.size).toBe(payloads.length);
  expect([...sent].filter(([id, what]) => received.get(id) !== what)).toEqual([]);
}, 60_000);
