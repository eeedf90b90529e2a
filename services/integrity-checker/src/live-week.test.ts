/** A mirror under traffic is not taken for a broken one; what was really lost in it comes back. A whole week: test/large/live-week.test.ts. */
import { expect, test } from "@jest/globals";
import { startLive } from "../test/live-story.ts";

test("hours of traffic, three of them without a worker: nothing is ordered for what is on its way, and what was lost comes back within two checks", async () => {
  const { mirror, hour, received } = await startLive({ repositories: 4, pullRequests: 300, years: 0.2, seed: 6 }, 50);
  let settling = 0;
  for (let passed = 0; passed < 10; passed += 1) {
    const { orders, open } = await hour({ down: passed >= 5 && passed < 8 });
    expect({ passed, orders }).toEqual({ passed, orders: [] });
    settling += open.length;
  }
  expect(received()).toBeGreaterThan(30);
  expect(settling).toBeGreaterThan(0);

  const { faults } = mirror.simulated.server;
  const dropped = faults.counts["webhook-dropped"];
  faults.force("webhook-dropped", 40);
  while (faults.counts["webhook-dropped"] - dropped < 40) await mirror.pass(600_000);
  const seen = (await hour()).open;
  expect(seen.length).toBeGreaterThan(0);
  expect((await hour()).orders.filter(({ type }) => type === "inventory").length).toBeGreaterThanOrEqual(seen.length);
  // What the repair found beside is looked at once more.
  let { open } = await hour();
  for (let passed = 0; passed < 4 && open.length > 0; passed += 1) ({ open } = await hour());
  expect(open).toEqual([]);
}, 240_000);
