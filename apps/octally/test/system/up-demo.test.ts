/** `./octally up` where no GitHub is named: a made-up organisation becomes documents by itself, and goes on at the next start. */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import { isPortFree } from "../../src/edges/ports.ts";
import { isAlive } from "../../src/edges/stale-process.ts";
import type { Demo } from "../../src/core/demo.ts";
import { repositoryRoot } from "../../src/repository-root.ts";
import { makeHome, octally, pidsOf, readJson, removeHome, start, until, untilReady, type Ready, type Started } from "./running-system.ts";

jest.setTimeout(400_000);

type DemoReady = Ready & { readonly demo: Demo | null };
type Hook = { readonly id: number; readonly created_at: string };
/** Of other kinds only how many there are is looked at. */
type PullRequest = { readonly id: number; readonly number: number; readonly created_at: string; readonly repository: { readonly name_with_owner: string } };

let home: string;
let environment: NodeJS.ProcessEnv;
let system: Started;
let ready: DemoReady;

async function up(...options: readonly string[]): Promise<void> {
  system = start(["up", "--json", ...options], environment);
  ready = (await untilReady(system)) as DemoReady;
}

async function down(): Promise<void> {
  system.child.kill("SIGTERM");
  expect(await system.ended).toMatchObject({ code: 0, signal: null, stderr: "" });
}

beforeAll(async () => {
  ({ home, environment } = await makeHome());
  Object.assign(environment, { OCTALLY_DEMO: "", GITHUB_TOKEN: "", GITHUB_APP_ID: "", GITHUB_API_URL: "", OCTALLY_SOURCES: "", OCTALLY_GITHUB_PORT: "" });
  await up();
});
afterAll(async () => {
  system.child.kill("SIGTERM");
  await system.ended;
  await removeHome(home);
});

async function ask(path: string): Promise<{ readonly body: unknown; readonly date: number }> {
  const answer = await fetch(`${ready.demo!.api_url}${path}`, { headers: { authorization: `Bearer ${ready.demo!.token}` } });
  expect(answer.status).toBe(200);
  return { body: await answer.json(), date: Date.parse(answer.headers.get("date")!) };
}

/** The documents of a kind. */
async function found(kind: string): Promise<readonly PullRequest[]> {
  const answer = await fetch(`${ready.opensearch_url}/octally-${kind}/_search?q=org:octo-demo&size=1000&sort=octally.version:asc`);
  return answer.ok ? ((await answer.json()) as { hits: { hits: { _source: PullRequest }[] } }).hits.hits.map(({ _source }) => _source) : [];
}

async function hookOf(): Promise<Hook> {
  return ((await ask("/orgs/octo-demo/hooks")).body as readonly Hook[])[0]!;
}

async function repositoriesOf(): Promise<readonly unknown[]> {
  return ((await ask("/orgs/octo-demo/repos")).body as readonly { readonly id: number; readonly full_name: string }[]).map(({ id, full_name: name }) => [id, name]);
}

test("the first line names it, and it is a part like the others", async () => {
  expect(ready.demo).toEqual({ organisation: "octo-demo", api_url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:41\d\d$/u), token: expect.any(String), folder: join(home, "demo"), in_own_store: false });
  const { status, body } = await readJson(ready.health_url);
  expect(status).toBe(200);
  expect(body["components"]).toContainEqual({ name: "github", state: "up", pid: expect.any(Number), restarts: 0, since: expect.any(String) });
});

test("the first lines of the README send a delivery and find it", async () => {
  const [, shell = ""] = /find it a second later:\n\n```sh\n([\s\S]*?)```/u.exec(await readFile(join(repositoryRoot, "README.md"), "utf8")) ?? [];
  const lines = shell.replace(".octally/webhook-secret", `'${join(home, "webhook-secret")}'`).replace("http://127.0.0.1:4000", ready.url).replace("http://127.0.0.1:9201", ready.opensearch_url);
  const [send = "", find = ""] = lines.split(/(?=^curl 'http)/mu);
  expect((await promisify(execFile)("sh", ["-euc", send])).stdout).toMatch(/^HTTP\/1\.1 202 Accepted\r\n/u);
  await until("the label is found", async () => {
    const answer = JSON.parse((await promisify(execFile)("sh", ["-euc", find])).stdout) as { readonly hits?: { readonly hits: readonly { readonly _source: unknown }[] } };
    return answer.hits?.hits.some(({ _source }) => (_source as { readonly name: string }).name === "first") === true;
  });
});

test("within a minute its pull requests are documents; every delivery was signed, and taken in", async () => {
  await until("pull requests are found", async () => (await found("pull-request")).length >= 3, 60_000);
  const log = (await ask(`/orgs/octo-demo/hooks/${(await hookOf()).id}/deliveries`)).body as readonly { readonly status_code: number }[];
  expect(log.length).toBeGreaterThan(5);
  expect(log.filter(({ status_code: status }) => status !== 202)).toEqual([]);
  for (const { repository, number, id } of await found("pull-request")) expect((await ask(`/repos/${repository.name_with_owner}/pulls/${number}`)).body).toMatchObject({ id });
  expect(JSON.parse((await octally(["status", "--json"], environment)).stdout)).toMatchObject({ demo: ready.demo, queues: { deliveries_dead_letters: { visible: 0 } } });
});

test("what it did before is loaded, by itself", async () => {
  await until("its pull requests are all there", async () => (await found("pull-request")).length >= 300, 200_000);
  const { stdout } = await octally(["backfill", "--kinds", "label", "--json"], environment);
  expect(JSON.parse(stdout.trim().split("\n").at(-1)!)).toMatchObject({ result: { complete: true, gaps: 0 } });
});

test("what it has is counted by itself, whole when the load is over, and its webhooks are tried", async () => {
  type Seen = { readonly completeness: readonly { readonly org: string; readonly expected: number; readonly missing: number }[]; readonly webhooks: readonly { readonly health: string }[] };
  const health = async (): Promise<Seen> => (await readJson(ready.health_url)).body as Seen;
  // It goes on working: of what it made this second something may be on its way.
  await until("the load was counted", async () => (await health()).completeness.some(({ org, expected, missing }) => org === "octo-demo" && expected > 2000 && missing < 50));
  await until("what the counts took of GitHub's budget is told", async () => {
    const answer = await fetch(`${ready.opensearch_url}/octally-api-usage/_search?q=kind:coverage%20AND%20outcome:ok`);
    const { hits } = (await answer.json()) as { readonly hits: { readonly hits: readonly { readonly _source: { readonly purpose: string; readonly points: number } }[] } };
    return hits.hits.some(({ _source: { purpose, points } }) => purpose === "repair" && points > 0);
  });
  await until("a ping came", async () => (await health()).webhooks.some((hook) => hook.health === "well"));
  expect((await octally(["status"], environment)).stdout).toMatch(/^Webhooks come .*\n+Completeness: [\d.]+ % of 2,\d\d\d things.*, checked \d+ min ago$/mu);
  expect((await octally(["doctor"], environment)).stdout).toMatch(/^ok {7}webhooks: [\s\S]*^ok {7}completeness: /mu);
});

test("killed, it comes back by itself, where it was, and so does who counts", async () => {
  const { date } = await ask("/orgs/octo-demo");
  const { github, checker } = await pidsOf(ready);
  for (const pid of [github!, checker!]) process.kill(pid, "SIGKILL");
  for (const name of ["github", "checker"]) await until(`${name} is missed`, () => system.events.some((event) => event["name"] === name && event["state"] === "down"));
  await until("it is up again", async () => (await fetch(ready.health_url)).status === 200);
  // Its last second may happen again, with the same deliveries.
  expect((await ask("/orgs/octo-demo")).date).toBeGreaterThan(date - 3_600_000);
});

test("the next start goes on with the same organisation: same ids, a clock that goes on, documents that stay true", async () => {
  const before = { hook: await hookOf(), repositories: await repositoriesOf(), pullRequests: await found("pull-request"), deliveries: await found("delivery") };
  const pids = Object.values(await pidsOf(ready));
  await down();
  expect(pids.filter(isAlive)).toEqual([]);
  expect(await isPortFree(Number(new URL(ready.demo!.api_url).port))).toBe(true);
  await up();
  expect(await hookOf()).toMatchObject({ id: before.hook.id, created_at: before.hook.created_at });
  expect(await repositoriesOf()).toEqual(before.repositories);
  for (const { repository, number, id, created_at: created } of before.pullRequests) {
    expect((await ask(`/repos/${repository.name_with_owner}/pulls/${number}`)).body).toMatchObject({ id, created_at: created });
  }
  const count = async (): Promise<number> => (await found("delivery")).length;
  const kept = await count();
  expect(kept).toBeGreaterThanOrEqual(before.deliveries.length);
  await until("more is delivered", async () => (await count()) > kept + 3, 60_000);
});

test("--no-demo starts none, on a store of its own", async () => {
  await down();
  await up("--no-demo");
  expect(ready.demo).toBeNull();
  expect(await pidsOf(ready)).not.toHaveProperty("github");
  expect(await found("pull-request")).toEqual([]);
  expect(existsSync(join(home, "demo", "organisation.json"))).toBe(true);
});
