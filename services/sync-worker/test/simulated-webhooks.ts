/** Webhooks of a simulated organisation, as the intake would put them on the queue: bytes unchanged, with GitHub's headers. */
import type { SimulatorOptions } from "@octally/github-simulator/simulator";
import type { Receiver } from "@octally/github-simulator/webhooks/deliver-send";
import { toDeliveryMessage, type DeliveryBody, type QueueMessage } from "@octally/shared/delivery";
import { planBody } from "../../webhook-intake/src/core/plan-body.ts";
import type { JobWorld } from "./job-world.ts";
import type { SimulatedGitHub } from "./simulated-github.ts";

const URL = "https://octally.example/webhooks/github";

export type SimulatedWebhooks = {
  /** For the simulator, before there is anybody to receive them. */
  readonly receivers: NonNullable<SimulatorOptions["receivers"]>;
  /** From now on what happens is delivered to this worker; "*" is everything. */
  readonly connect: (simulated: SimulatedGitHub, world: JobWorld, events?: readonly string[]) => void;
  readonly received: () => number;
};

export function makeWebhooks(): SimulatedWebhooks {
  let received = 0;
  let take: ((message: QueueMessage) => Promise<void>) | undefined;
  let now = (): string => new Date(0).toISOString();
  const receive: Receiver = async ({ headers, body }) => {
    if (take === undefined) return { status: 503 };
    received += 1;
    const of = (name: string): string => headers[name] ?? "";
    const facts = { guid: of("X-GitHub-Delivery"), hookId: of("X-GitHub-Hook-ID"), event: of("X-GitHub-Event"), targetType: of("X-GitHub-Hook-Installation-Target-Type"), targetId: of("X-GitHub-Hook-Installation-Target-ID") };
    await take(toDeliveryMessage({ ...facts, contentType: of("Content-Type"), receivedAt: now(), body: inlineBody(body) }));
    return { status: 202 };
  };
  return {
    receivers: new Map([[URL, receive]]),
    connect(simulated, world, events = ["*"]) {
      now = () => new Date(simulated.timing.nowMs()).toISOString();
      take = (message) => world.deliveries.sendAll([message]);
      simulated.addHook(URL, null, events);
    },
    received: () => received,
  };
}

/** As the intake puts it on the queue; of any length. */
export function inlineBody(text: string): DeliveryBody {
  const plan = planBody(Buffer.from(text), text, Number.POSITIVE_INFINITY);
  if (plan.kind === "claim") throw new Error("Nothing is longer than that.");
  return plan.body;
}
