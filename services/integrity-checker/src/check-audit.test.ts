import { expect, test } from "@jest/globals";
import { toVersion } from "@octally/model/version";
import { makeCheckerWorld, type CheckerWorld } from "../test/checker-world.ts";
import { checkAudit } from "./check-audit.ts";
import { checkCounts } from "./check-counts.ts";

async function audited({ ports, jobs, simulated }: CheckerWorld): Promise<readonly string[]> {
  await simulated.run(checkAudit(ports, { sources: ["octo-demo"], days: 30, full: true }));
  return jobs.splice(0).flatMap((job) => (job.type === "inventory" ? [`${job.repository?.id ?? ""} ${job.kind}`] : []));
}

test("what is being loaded is not compared: the half of it would be found missing, and fetched twice", async () => {
  const world = makeCheckerWorld({ repositories: 2, pullRequests: 20, seed: 3 });
  const first = [...world.simulated.oracle.repositories()].find(({ owner }) => owner === world.simulated.organization);
  const repository = { id: first!.id, name_with_owner: `octo-demo/${first!.name}` };
  await world.load();
  await world.simulated.run(checkCounts(world.ports, { sources: ["octo-demo"], repair: true, mostRepairs: 500, timeMs: 60_000 }));
  const at = world.now();
  const part = { id: "r:1", run: "r", state: "running", kind: "issue", source: "octo-demo", org: "octo-demo", repository };
  await world.store.write([{ kind: "sync-part", id: "r:1", org: "octo-demo", repository, document: part, deletedAt: null, version: toVersion(at, at), observedAt: at, source: "rest", archive: null }]);
  const ordered = await audited(world);
  expect(ordered).not.toContain(`${first!.id} issue`);
  expect(ordered).toContain(`${first!.id} label`);

  const later = new Date(Date.parse(at) + 60_000).toISOString();
  await world.store.write([{ kind: "sync-part", id: "r:1", org: "octo-demo", repository, document: { ...part, state: "done" }, deletedAt: null, version: toVersion(later, later), observedAt: later, source: "rest", archive: null }]);
  expect(await audited(world)).toContain(`${first!.id} issue`);
}, 30_000);
