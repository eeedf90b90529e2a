/** The checks on a real store: its mappings take what they write, and they read it back as it was. */
import { afterAll, expect, jest, test } from "@jest/globals";
import { allKinds } from "@octally/model/own/registry";
import type { Observation } from "@octally/model/observation";
import { kinds } from "@octally/model/registry";
import { toVersion } from "@octally/model/version";
import { parseSyncJob, type SyncJob } from "@octally/shared/sync-job";
import { bootstrapStore } from "@octally/store/bootstrap";
import { makeStoreReader } from "@octally/store/reader";
import { makeStateStore } from "@octally/store/state";
import { makeStore } from "@octally/store/write";
import { openTestStore } from "../../../../packages/store/test/test-store.ts";
import { connect } from "@octally/github/connect";
import { makeSimulator } from "@octally/github-simulator/simulator";
import { checkCompleteness, CHECKS, type Completeness } from "../../src/check-completeness.ts";
import { readCoverages } from "../../src/coverage-store.ts";
import type { CheckerPorts } from "../../src/ports.ts";

jest.setTimeout(60_000);
const db = openTestStore("checks");
afterAll(() => db.close());

const simulated = makeSimulator({ repositories: 2, pullRequests: 10, seed: 2 });
const jobs: SyncJob[] = [];
const ports: CheckerPorts = {
  kinds,
  github: connect({ is: "token", token: simulated.tokens.owner }, { fetch: simulated.fetch }),
  reader: makeStoreReader(db.client, db.prefix),
  states: makeStateStore(db.client, allKinds, db.prefix),
  store: makeStore(db.client, allKinds, db.prefix),
  jobs: { sendAll: async (messages) => void jobs.push(...messages.map(({ body }) => parseSyncJob(body))) },
  backlog: () => Promise.resolve(0),
  clock: () => new Date(simulated.clock.now()),
  log: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined },
};
const refresh = (): Promise<unknown> => db.client.indices.refresh({ index: `${db.prefix}-*` });

async function check(hoursLater: number): Promise<Completeness> {
  simulated.clock.moveTo(simulated.clock.now() + hoursLater * 3_600_000);
  await refresh();
  const found = await checkCompleteness(ports, { checks: CHECKS, sources: ["octo-demo"], full: false, repair: true, auditDays: 30, mostRepairs: 500, webhookUrl: "https://octally.example.org/", timeMs: 60_000 });
  await refresh();
  return found;
}

function observed(kind: string, id: number | string, repository: Observation["repository"], document: object): Observation {
  const at = new Date(simulated.clock.now()).toISOString();
  return { kind, id: String(id), org: "octo-demo", repository, document: { ...document }, deletedAt: null, version: toVersion(at, at), observedAt: at, source: "rest", archive: null };
}

test("differences are seen, ordered, waited for and over, and each of it is in the store", async () => {
  await bootstrapStore(db.client, allKinds, { prefix: db.prefix });
  const nodeId = simulated.server.nodeIds({ "x-github-next-global-id": "1" });
  const repositories = simulated.oracle.repositories().filter(({ owner }) => owner === simulated.organization);
  const [first] = repositories;
  const ref = { id: first!.id, name_with_owner: `octo-demo/${first!.name}` };
  await ports.store.write(repositories.map(({ id, name }) => observed("repository", id, { id, name_with_owner: `octo-demo/${name}` }, { id, node_id: nodeId("Repository", 0, id), name, full_name: `octo-demo/${name}`, owner: { id: 1, login: "octo-demo", type: "Organization" } })));
  await ports.store.write(first!.labels.slice(1).map(({ id, name }) => observed("label", id, ref, { id, name })));
  await ports.store.write([observed("review", 1, ref, { id: 1, pull_request: { id: 99, number: 4711 }, author_association: "NONE" })]);

  const one = await check(0);
  expect(one.coverages?.find(({ kind, repository }) => kind === "label" && repository?.id === ref.id)).toMatchObject({ expected: first!.labels.length, stored: first!.labels.length - 1, missing: 1, status: "settling" });
  expect(one.coverages?.find(({ kind }) => kind === "repository")).toMatchObject({ status: "complete", stored: repositories.length });
  expect(one.references).toEqual({ dangling: 1, jobs: 1, givenUp: 0, strays: 0 });
  expect(jobs.splice(0).filter(({ type }) => type === "refresh")).toMatchObject([{ type: "refresh", kind: "pull-request", subjects: [{ key: "4711" }] }]);

  const two = await check(1);
  const order = jobs.find((job) => job.type === "inventory" && job.kind === "label" && job.repository?.id === ref.id);
  expect(order).toMatchObject({ reason: `GitHub has ${first!.labels.length}, the store ${first!.labels.length - 1}` });
  expect(jobs.filter(({ type }) => type === "inventory")).toHaveLength((two.repairs ?? 0) + (two.audit?.ordered ?? 0));

  const [label] = first!.labels;
  const at = ports.clock().toISOString();
  const run = order?.type === "inventory" ? (order.run ?? "") : "";
  await ports.store.write([
    observed("label", label!.id, ref, { id: label!.id, name: label!.name }),
    observed("sync-run", run, ref, { id: run, type: "inventory", kind: "label", sources: [], kinds: [], state: "done", started_at: at, updated_at: at, finished_at: at, missing: 1, surplus: 0, stale: 0 }),
  ]);
  await check(1);
  const known = await readCoverages(ports);
  expect(known.get(`${ref.id}:label`)).toMatchObject({ status: "complete", missing: 0, attempts: 0, repair: null, incomplete_since: null });
  expect(known.get(`${ref.id}:issue`)).toMatchObject({ status: "repairing", repair: { purpose: "repair" } });

  const totals = await ports.reader.groups({ kind: "coverage", by: ["level", "kind"], sum: "stored", where: { is: { level: ["total"], kind: ["label"] }, lacks: ["day"] } });
  expect(totals).toEqual([{ key: ["total", "label"], count: 1, sum: first!.labels.length }]);
  expect(await ports.reader.groups({ kind: "sync-run", by: ["type"], where: { is: { type: ["check"] } } })).toEqual([{ key: ["check"], count: 3, sum: 0 }]);
});
