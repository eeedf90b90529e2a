import { expect, test } from "@jest/globals";
import type { GitHub } from "@octally/github/make-github";
import { makeJobWorld } from "../test/job-world.ts";
import { simulateGitHub } from "../test/simulated-github.ts";
import { fetchDelivery } from "./fetch-delivery.ts";

const URL = "https://octally.example.org/webhooks/github";

test("a delivery whose payload GitHub does not give is sent again by GitHub; one that it has no more is lost", async () => {
  const came: string[] = [];
  const receivers = new Map([[URL, ({ headers }: { readonly headers: Readonly<Record<string, string>> }) => ({ status: came.push(headers["X-GitHub-Delivery"] ?? "") > 1 ? 202 : 503 })]]);
  const simulated = simulateGitHub({ repositories: 1, pullRequests: 5, receivers });
  const hook = simulated.addHook(URL, "secret");
  await simulated.settle();
  const world = makeJobWorld(simulated);
  const connected = await simulated.github.clientFor("octo-demo", { purpose: "live", kind: "delivery" });
  if (connected.is === "not-installed") throw new Error(connected.message);
  const { github } = connected;
  const get: GitHub["get"] = async (...asked) => {
    const answer = await github.get(...asked);
    return answer.is === "found" ? { ...answer, data: { ...(answer.data as object), request: { headers: {}, payload: null } } } : answer;
  };
  const [{ id, guid } = { id: 0, guid: "" }] = simulated.server.deliveries.log(hook);
  const job = { type: "fetch-delivery", hook: `/orgs/octo-demo/hooks/${hook.id}`, hook_id: String(hook.id), target_type: "organization", target_id: null, source: "octo-demo" } as const;
  const call = { purpose: "live", kind: "delivery", deadlineMs: simulated.clock.now() + 60_000 } as const;
  await simulated.run(fetchDelivery(world.ports, { ...github, get }, call, { ...job, delivery: String(id) }));
  await simulated.settle();
  expect(came).toEqual([guid, guid]);
  await expect(simulated.run(fetchDelivery(world.ports, { ...github, get }, call, { ...job, delivery: "4711" }))).rejects.toMatchObject({ code: "delivery-lost" });
});
