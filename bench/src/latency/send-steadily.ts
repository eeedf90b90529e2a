/** An open loop: every delivery is sent at its scheduled time, and its time counts from there, also when the sender itself is late. */
import { setTimeout as delay } from "node:timers/promises";
import { signDelivery } from "../deliveries/signed-delivery.ts";
import type { WebhookSender } from "../deliveries/webhook-sender.ts";
import type { WatchedTemplate } from "./webhook-to-searchable.ts";

export type SteadyStream = {
  readonly sender: WebhookSender;
  readonly secret: string;
  readonly templates: readonly WatchedTemplate[];
  readonly perSecond: number;
  readonly seconds: number;
  readonly firstNumber: number;
  readonly onSent: (document: { readonly kind: string; readonly id: number }, atMs: number) => void;
};

/** Resolves when all are answered. @throws when one was not accepted */
export async function sendSteadily({ sender, secret, templates, perSecond, seconds, firstNumber, onSent }: SteadyStream): Promise<void> {
  const answers: Promise<void>[] = [];
  const startedAt = performance.now() + 100;
  for (let index = 0; index < perSecond * seconds; index += 1) {
    const template = templates[index % templates.length];
    if (template === undefined) throw new Error("There are no templates.");
    const number = firstNumber + index;
    const scheduledAt = startedAt + (index * 1000) / perSecond;
    await delay(Math.max(0, scheduledAt - performance.now()));
    onSent({ kind: template.watched.kind, id: template.watched.idOf(number) }, scheduledAt);
    const status = sender.send(signDelivery(template.event, template.fill(number), secret));
    answers.push(
      status.then((code) => {
        if (code !== 202) throw new Error(`A delivery of "${template.event}" was answered ${code}.`);
      }),
    );
  }
  await Promise.all(answers);
}
