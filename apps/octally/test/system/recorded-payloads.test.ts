/** Everything that was ever recorded, signed, through the port, into the store; then the store thrown away and rebuilt. */
import { createHmac, randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import { makeHome, octally, removeHome, start, until, untilReady, type Ready, type Started } from "./running-system.ts";

jest.setTimeout(120_000);

let home: string;
let environment: NodeJS.ProcessEnv;
let system: Started;
let ready: Ready;
let secret: string;

beforeAll(async () => {
  ({ home, environment } = await makeHome());
  system = start(["up", "--json"], environment);
  ready = await untilReady(system);
  secret = (await readFile(join(home, "webhook-secret"), "utf8")).trim();
});
afterAll(async () => {
  system.child.kill("SIGTERM");
  await system.ended;
  await removeHome(home);
});

async function send(event: string, body: string, hook = "7"): Promise<number> {
  const headers = {
    "content-type": "application/json",
    "x-github-event": event,
    "x-github-delivery": randomUUID(),
    "x-github-hook-id": hook,
    "x-hub-signature-256": `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`,
  };
  return (await fetch(ready.webhook_url, { method: "POST", headers, body })).status;
}

async function count(alias: string, query: object = { match_all: {} }): Promise<number> {
  const answer = await fetch(`${ready.opensearch_url}/${alias}/_count`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ query }) });
  return answer.ok ? ((await answer.json()) as { count: number }).count : -1;
}

/** Every document of every index, deleted ones too: "index/id source". */
async function everything(): Promise<readonly string[]> {
  await fetch(`${ready.opensearch_url}/octally-*/_refresh`, { method: "POST" });
  const answer = await fetch(`${ready.opensearch_url}/octally-*-all/_search?size=10000`);
  const { hits } = (await answer.json()) as { hits: { hits: { _index: string; _id: string; _source: object }[] } };
  return hits.hits.filter(({ _index }) => !_index.includes("dead-letter")).map(({ _index, _id, _source }) => `${_index} ${_id} ${JSON.stringify(_source)}`).toSorted();
}

const examples = createRequire(import.meta.url)("@octokit/webhooks-examples") as readonly { readonly name: string; readonly examples: readonly object[] }[];
const recorded = examples.flatMap(({ name, examples: payloads }) => payloads.map((payload) => [name, JSON.stringify(payload)] as const));

test("all 329 are acknowledged, each is a delivery document, none is dead", async () => {
  expect(recorded).toHaveLength(329);
  for (const [event, body] of recorded) expect([event, await send(event, body)]).toEqual([event, 202]);
  await until("every delivery is a document", async () => (await count("octally-delivery")) === 329);
  expect(await count("octally-dead-letter")).toBe(0);
  const status = JSON.parse((await octally(["status", "--json"], environment)).stdout) as { documents: Record<string, number>; queues: Record<string, { visible: number; in_flight: number }> };
  expect(status.queues["deliveries_dead_letters"]).toMatchObject({ visible: 0 });
  // What a payload does not hold whole was asked for, and waits for its worker.
  expect(status.queues["sync_jobs"]?.visible).toBeGreaterThan(0);
  expect(status.documents).toMatchObject({ delivery: 329, "pull-request": 1, repository: expect.any(Number), "workflow-job": 4 });
});

test("a poison message fails alone, with its reason, and is stored by a retry after the cause is gone", async () => {
  const label = (id: number): string => JSON.stringify({ action: "created", label: { id, name: `label-${id}`, color: "fff", default: false, description: null }, repository: { id: 5, full_name: "octo-demo/poison", owner: { login: "octo-demo" } } });
  // The cause: somebody made the index by hand, with a mapping that takes no such label.
  await fetch(`${ready.opensearch_url}/octally-label-v1`, { method: "DELETE" });
  const made = await fetch(`${ready.opensearch_url}/octally-label-v1`, {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ aliases: { "octally-label-write": {} }, mappings: { properties: { name: { type: "ip" } } } }),
  });
  expect(made.status).toBe(200);
  const nine = Array.from({ length: 9 }, (_, id) => JSON.stringify({ action: "published", release: { id }, number: id }));
  const statuses = await Promise.all([...nine.slice(0, 5).map((body) => send("unheard_of", body)), send("label", label(77)), ...nine.slice(5).map((body) => send("unheard_of", body))]);
  expect(new Set(statuses)).toEqual(new Set([202]));
  await until("nine are stored", async () => (await count("octally-delivery", { term: { event: "unheard_of" } })) === 9);
  await until("one is dead", async () => (await count("octally-dead-letter")) === 1);

  const [letter] = (await octally(["dead-letters", "list", "--json"], environment)).stdout.split("\n").map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(letter).toMatchObject({ event: "label", code: "store-refuses", waiting: true, reason: expect.stringContaining("mapper_parsing_exception") });
  const id = String(letter?.["id"]);
  expect((await octally(["dead-letters", "show", id], environment)).stdout).toContain("octo-demo/poison");
  expect((await octally(["dead-letters", "retry", "no-such-id"], environment)).code).toBe(1);

  expect((await fetch(`${ready.opensearch_url}/octally-label-v1`, { method: "DELETE" })).status).toBe(200);
  expect(await octally(["dead-letters", "retry", id], environment)).toMatchObject({ code: 0, stdout: "1 retried." });
  await until("the label is stored", async () => (await count("octally-label", { term: { id: 77 } })) === 1);
  expect((await octally(["dead-letters", "list"], environment)).stdout).toBe("No dead letters.");
});

test("all indices deleted, then replay: the same documents again", async () => {
  // The label's index was thrown away by the test before.
  expect((await octally(["replay", "--event", "label"], environment)).code).toBe(0);
  const before = await everything();
  expect(before.length).toBeGreaterThan(400);
  const indices = [...new Set(before.map((line) => line.split(" ")[0]))].filter((name) => name !== undefined);
  for (const index of indices) expect((await fetch(`${ready.opensearch_url}/${index}`, { method: "DELETE" })).status).toBe(200);
  expect(await everything()).toEqual([]);
  const replayed = await octally(["replay", "--json"], environment);
  expect(replayed).toMatchObject({ code: 0, stderr: "" });
  expect(JSON.parse(replayed.stdout.split("\n").at(-1) ?? "")).toMatchObject({ result: { deliveries: 339, failures: [] } });
  expect(await everything()).toEqual(before);
});

test("a bad time for a replay is refused with a clear message", async () => {
  expect(await octally(["replay", "--since", "yesterday"], environment)).toMatchObject({ code: 1, stderr: expect.stringContaining('--since "yesterday" is not a time') });
});
