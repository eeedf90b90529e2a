/**
 * A client that was killed while it waited for messages would still be handed the next ones, which nobody sees until their visibility
 * runs out. When a connection closes before its answer was sent, fauxqs forgets its waiters (the living ones are answered with "none"
 * and ask again), and messages that were in that answer are made visible again.
 */
import type { buildApp } from "fauxqs";
import * as z from "zod";

type App = ReturnType<typeof buildApp>;
type SqsStore = NonNullable<NonNullable<Parameters<typeof buildApp>[0]>["stores"]>["sqsStore"];

const receiveRequest = z.object({ QueueUrl: z.string() });
const receiveAnswer = z.object({ Messages: z.array(z.object({ ReceiptHandle: z.string() })).default([]) });

export function giveBackFromGoneClients(app: App, store: SqsStore): void {
  // Kept as the text it is: it is read only in the rare case.
  const answers = new WeakMap<object, string>();
  app.addHook("onSend", (request, reply, payload, done) => {
    if (request.headers["x-amz-target"] === "AmazonSQS.ReceiveMessage" && typeof payload === "string") answers.set(reply.raw, payload);
    done();
  });
  // Not Fastify's onRequestAbort: it is not called once the body of the request has been read.
  app.addHook("onRequest", (request, reply, done) => {
    reply.raw.once("close", () => {
      if (reply.raw.writableFinished) return;
      for (const queue of store.allQueues()) queue.cancelWaiters();
      const answer = answers.get(reply.raw);
      if (answer !== undefined) giveBack(store, request.body, answer);
    });
    done();
  });
}

function giveBack(store: SqsStore, body: unknown, answer: string): void {
  const asked = receiveRequest.safeParse(body);
  const handed = receiveAnswer.safeParse(JSON.parse(answer));
  if (!asked.success || !handed.success) return;
  const queue = store.getQueue(asked.data.QueueUrl);
  for (const { ReceiptHandle } of handed.data.Messages) queue?.changeVisibility(ReceiptHandle, 0);
}
