/** A week of heavy traffic, with a backlog of three hours: no false alarm. `OCTALLY_LIVE_HOURS`: how long. */
import { expect, test } from "@jest/globals";
import { kinds } from "@octally/model/registry";
import { startLive } from "../live-story.ts";

const HOURS = Number(process.env["OCTALLY_LIVE_HOURS"] ?? 168);

const UNTOLD: ReadonlySet<string> = new Set(kinds.filter(({ fromWebhook }) => Object.keys(fromWebhook).length === 0).map(({ name }) => name));

test("0 repairs for what is merely on its way", async () => {
  const { mirror, hour, received } = await startLive({ repositories: 8, pullRequests: 2500, years: 0.25, seed: 11 }, 40);
  const orders: string[] = [];
  let settling = 0;
  for (let passed = 0; passed < HOURS; passed += 1) {
    const seen = await hour({ down: passed >= 60 && passed < 63 });
    // What no webhook tells is never on its way: there the checks are the only way.
    orders.push(...seen.orders.filter((job) => !("kind" in job) || !UNTOLD.has(job.kind)).map((job) => `${passed} ${JSON.stringify(job)}`));
    settling += seen.open.length;
  }
  process.stderr.write(`${JSON.stringify({ hours: HOURS, deliveries: received(), seenOnTheirWay: settling, orders: orders.length, requests: mirror.simulated.requests() })}\n`);
  expect(orders).toEqual([]);
  expect(settling).toBeGreaterThan(0);
  expect(mirror.simulated.violations()).toBe(0);
}, 1_800_000);
