import { SQSClient } from "@aws-sdk/client-sqs";
import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { batchesOf, makeQueue } from "./queue.ts";

test("no message is no batch", () => {
  expect(batchesOf([])).toEqual([]);
});

test("batches keep the order, lose nothing, and stay within SQS's ten messages and 262,144 bytes", () => {
  const bodies = fc.array(fc.nat(240 * 1024), { maxLength: 40 });
  fc.assert(
    fc.property(bodies, (sizes) => {
      const messages = sizes.map((size, index) => ({ body: "é".repeat(size / 2), attributes: { index: String(index) } }));
      const batches = batchesOf(messages);
      expect(batches.flat()).toEqual(messages);
      for (const batch of batches) {
        expect(batch.length).toBeLessThanOrEqual(10);
        expect(batch.length).toBeGreaterThan(0);
        expect(batch.reduce((sum, { body }) => sum + Buffer.byteLength(body), 0)).toBeLessThanOrEqual(262_144);
      }
    }),
    { numRuns: 50 },
  );
});

test("small messages go ten at a time", () => {
  const messages = Array.from({ length: 25 }, () => ({ body: "x", attributes: {} }));
  expect(batchesOf(messages).map((batch) => batch.length)).toEqual([10, 10, 5]);
});

test.each([
  ["InvalidMessageContents", "queue-refuses-content", false],
  ["AWS.SimpleQueueService.InvalidMessageContents", "queue-refuses-content", false],
  ["InternalError", "queue-unavailable", true],
])("a message of a batch that SQS refuses with %s: %s", async (Code, code, retryable) => {
  const client = new SQSClient({ region: "us-east-1" });
  const output = { $metadata: {}, Failed: [{ Id: "0", Code, SenderFault: true }] };
  client.middlewareStack.add(() => () => Promise.resolve({ output, response: undefined }), { step: "initialize", priority: "high" });
  await expect(makeQueue(client, "https://queue.example").sendAll([{ body: "x", attributes: {} }])).rejects.toMatchObject({ code, retryable });
});
