import { expect, test } from "@jest/globals";
import { openIssue } from "@octally/github-simulator/operations/issues";
import { toJobMessage } from "@octally/shared/sync-job";
import type { GitHub } from "@octally/github/make-github";
import { makeJobWorld } from "../test/job-world.ts";
import { simulateGitHub } from "../test/simulated-github.ts";
import { fetchDelivery } from "./fetch-delivery.ts";

const JOB = { type: "fetch-delivery", target_type: "organization", target_id: null, source: "octo-demo" } as const;
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
  const job = { ...JOB, hook: `/orgs/octo-demo/hooks/${hook.id}`, hook_id: String(hook.id) };
  const call = { purpose: "live", kind: "delivery", deadlineMs: simulated.clock.now() + 60_000 } as const;
  await simulated.run(fetchDelivery(world.ports, { ...github, get }, call, { ...job, delivery: String(id) }));
  await simulated.settle();
  expect(came).toEqual([guid, guid]);
  await expect(simulated.run(fetchDelivery(world.ports, { ...github, get }, call, { ...job, delivery: "4711" }))).rejects.toMatchObject({ code: "delivery-lost" });
});

test("a text with characters that not every queue takes is fetched as well", async () => {
  const simulated = simulateGitHub({ repositories: 1, pullRequests: 1, receivers: new Map([[URL, () => ({ status: 503 })]]) });
  const hook = simulated.addHook(URL, "secret");
  const [repository] = simulated.world.repositories.values();
  openIssue(simulated.world, { actor: simulated.organization.members[0]!.user, repository: repository!, title: "a bug \u{1F41B} in \uFFFE" });
  await simulated.settle();
  const entry = simulated.server.deliveries.log(hook).find(({ event }) => event === "issues")!;
  const world = makeJobWorld(simulated);
  await world.syncJobs.sendAll([toJobMessage({ ...JOB, hook: `/orgs/octo-demo/hooks/${hook.id}`, hook_id: String(hook.id), delivery: String(entry.id) })]);
  await world.drain();
  expect(world.store.sources("delivery").length).toBe(1);
  expect(world.store.sources("issue").filter((line) => line.includes("a bug \u{1F41B} in \uFFFE")).length).toBe(1);
});
