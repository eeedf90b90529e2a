/** A store that is away for hours is nobody's list's failure: the load goes on where it stopped. */
import { expect, jest, test } from "@jest/globals";
import { TransientError } from "@octally/shared/errors";
import { makeJobWorld } from "../test/job-world.ts";
import { simulateGitHub } from "../test/simulated-github.ts";

jest.setTimeout(120_000);

test("while documents cannot be written the parts wait, and none of them fails", async () => {
  const simulated = simulateGitHub({ repositories: 1, pullRequests: 5 });
  const world = makeJobWorld(simulated);
  const { write } = world.ports.store;
  const backAt = simulated.clock.now() + 3_600_000;
  let refused = 0;
  const away: typeof write = (observations) => {
    if (simulated.clock.now() >= backAt) return write(observations);
    refused += 1;
    return Promise.reject(new TransientError("store-unavailable", "OpenSearch cannot be reached"));
  };
  Object.assign(world.ports, { store: { write: away } });
  await world.send({ type: "discover", run: "r1", part: "r1:octo-demo", turn: 0, source: "octo-demo", since: null, until: null, kinds: ["repository", "issue", "label"] });
  await world.drain();
  expect(refused).toBeGreaterThan(20);
  expect(world.parts().map(({ kind, state }) => `${kind ?? "discovery"}: ${state}`).toSorted()).toEqual(["discovery: done", "issue: done", "label: done"]);
});
