/** How many signed deliveries a second the local system takes, and whether each that it acknowledged arrived. */
import { readInstance } from "@octally/octally/instance";
import { readRecordings } from "../deliveries/recordings.ts";
import { signDelivery, type SignedDelivery } from "../deliveries/signed-delivery.ts";
import { makeTemplate } from "../deliveries/template.ts";
import { makeWebhookSender } from "../deliveries/webhook-sender.ts";
import type { Measured } from "../figure.ts";
import { percentile } from "../statistics.ts";
import { countDocuments } from "../system/count-documents.ts";
import { cpuTimes } from "../system/cpu-time.ts";
import { SECRET, type LocalSystem } from "../system/local-system.ts";
import { untilDrained } from "./until-drained.ts";

const DELIVERIES = 6000;
const WARM_UP = 500;
const CONNECTIONS = 32;
const FIRST_NUMBER = 1_000_000;

export async function measureIntakeRate({ instance }: LocalSystem): Promise<readonly Measured[]> {
  const stored = (): Promise<number> => countDocuments(instance.opensearch_url, "octally-delivery-all");
  await untilDrained(instance);
  const templates = readRecordings().flatMap((recording) => makeTemplate(recording) ?? []);
  const sender = makeWebhookSender(instance.webhook_url, CONNECTIONS);
  await sendAll(prepare(FIRST_NUMBER, WARM_UP));
  await untilDrained(instance);
  const before = await stored();

  const deliveries = prepare(FIRST_NUMBER + WARM_UP, DELIVERIES);
  const { pids = {} } = (await readInstance(instance.home)) ?? {};
  const cpuBefore = await cpuTimes(pids);
  const startedAt = performance.now();
  const answers = await sendAll(deliveries);
  const seconds = (performance.now() - startedAt) / 1000;
  const cpuAfter = await cpuTimes(pids);
  await untilDrained(instance);
  const drainedSeconds = (performance.now() - startedAt) / 1000;
  const accepted = answers.filter(({ status }) => status === 202).length;
  const arrived = (await stored()) - before;
  await sender.close();

  const timesMs = answers.map(({ ms }) => ms);
  return [
    { figure: "accepted", value: accepted / seconds, unit: "deliveries/s" },
    { figure: "refused", value: answers.length - accepted, unit: "deliveries" },
    { figure: "lost", value: accepted - arrived, unit: "deliveries" },
    { figure: "stored", value: arrived, unit: "deliveries" },
    { figure: "answer p50", value: percentile(timesMs, 0.5), unit: "ms" },
    { figure: "answer p99", value: percentile(timesMs, 0.99), unit: "ms" },
    { figure: "all stored after", value: drainedSeconds, unit: "s" },
    // While they are sent, not while what is left is stored.
    ...Object.keys(pids).map((part) => ({ figure: `CPU of ${part}`, value: ((cpuAfter[part] ?? 0) - (cpuBefore[part] ?? 0)) / DELIVERIES, unit: "µs/delivery" })),
  ];

  /** Signed before the clock runs: that is GitHub's work, on GitHub's machines. */
  function prepare(firstNumber: number, count: number): readonly SignedDelivery[] {
    return Array.from({ length: count }, (_, index) => {
      const template = templates[index % templates.length];
      if (template === undefined) throw new Error("There are no templates.");
      return signDelivery(template.event, template.fill(firstNumber + index), SECRET);
    });
  }

  /** A closed loop: each connection sends its next delivery when the last one is answered. */
  async function sendAll(waiting: readonly SignedDelivery[]): Promise<readonly { readonly status: number; readonly ms: number }[]> {
    const results: { status: number; ms: number }[] = [];
    const queue = waiting.values();
    await Promise.all(
      Array.from({ length: CONNECTIONS }, async () => {
        for (const delivery of queue) {
          const sentAt = performance.now();
          const status = await sender.send(delivery);
          results.push({ status, ms: performance.now() - sentAt });
        }
      }),
    );
    return results;
  }
}
