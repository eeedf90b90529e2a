import { setTimeout as delay } from "node:timers/promises";
import { makeLocalSqsClient } from "@octally/octally/edges/local-clients";
import type { Instance } from "@octally/octally/instance";
import { makeQueue } from "@octally/shared/queue";

const PERIOD_MS = 200;
const GIVE_UP_MS = 120_000;

/** Waits until the deliveries queue is empty and nothing of it is being worked on. @throws when messages stay, or died */
export async function untilDrained({ queue_endpoint: endpoint, queue_urls: urls }: Instance): Promise<void> {
  const client = makeLocalSqsClient(endpoint);
  const deadline = performance.now() + GIVE_UP_MS;
  try {
    for (;;) {
      const { visible, inFlight, delayed } = await makeQueue(client, urls.deliveries).depth();
      if (visible + inFlight + delayed === 0) break;
      if (performance.now() > deadline) throw new Error(`${visible} messages wait and ${inFlight} are in work after ${GIVE_UP_MS / 1000} s.`);
      await delay(PERIOD_MS);
    }
    const dead = await makeQueue(client, urls.deliveries_dead_letters).depth();
    if (dead.visible > 0) throw new Error(`${dead.visible} deliveries became dead letters.`);
  } finally {
    client.destroy();
  }
}
