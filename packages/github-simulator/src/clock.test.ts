import { expect, test } from "@jest/globals";
import { renameRepository } from "./operations/repository.ts";
import { makeSimulator } from "./simulator.ts";
import { timeOfGuid } from "./webhooks/deliver-guid.ts";

test("the clock shows whole milliseconds, and never wakes anybody too early: what happens after a part of one is told", async () => {
  const guids: (string | undefined)[] = [];
  const receivers = new Map([["http://hook.test/", ({ headers }: { headers: Readonly<Record<string, string>> }) => {
    guids.push(headers["X-GitHub-Delivery"]);
    return { status: 202 };
  }]]);
  const { world, clock, organization, oracle, addHook, settle, close } = makeSimulator({ repositories: 1, pullRequests: 5, receivers });
  addHook("http://hook.test/", null, ["repository"]);
  await settle();
  const [founder] = organization.members;
  const repository = oracle.repositories().find(({ owner }) => owner === organization);
  if (founder === undefined || repository === undefined) throw new Error("too small");
  guids.length = 0;
  const before = clock.now();
  clock.moveTo(before + 12.5);
  expect(clock.now()).toBe(before + 13);
  renameRepository(world, { actor: founder.user, repository, name: "elsewhere" });
  await settle();
  expect(guids.map((guid) => timeOfGuid(guid ?? ""))).toEqual([before + 13]);
  await close();
});
