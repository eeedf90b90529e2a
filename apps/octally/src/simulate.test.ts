import { createServer } from "node:http";
import { afterEach, describe, expect, test } from "@jest/globals";
import { makeJsonReport, makePersonReport, type SimulateReady } from "./simulate-report.ts";
import { simulate, type SimulateOrder } from "./simulate.ts";

let stop = new AbortController();
afterEach(() => stop.abort());

function order(more: Partial<SimulateOrder> = {}): SimulateOrder {
  stop = new AbortController();
  return { port: 0, seed: "1", organisation: "octo-demo", repositories: 1, pullRequests: 5, live: null, webhook: null, faults: {}, limits: true, latencyMs: 0, stop: stop.signal, report: makeJsonReport(() => undefined), ...more };
}

describe("octally simulate", () => {
  test("says when it is ready and where, answers there by the real time, and ends when it is told to", async () => {
    const lines: string[] = [];
    let ready: () => void = () => undefined;
    const isReady = new Promise<void>((resolve) => (ready = resolve));
    const ended = simulate(order({ report: makeJsonReport((line) => (lines.push(line), ready())) }));
    await isReady;
    const first = JSON.parse(lines[0]!) as { event: string; api_url: string; enterprise_api_url: string; token: string; pull_requests: number };
    expect([first.event, first.pull_requests]).toEqual(["ready", 5]);
    const answer = await fetch(`${first.enterprise_api_url}/orgs/octo-demo`, { headers: { authorization: `Bearer ${first.token}` } });
    expect(answer.status).toBe(200);
    expect(Math.abs(Date.parse(answer.headers.get("date") ?? "") - Date.now())).toBeLessThan(5000);
    stop.abort();
    await ended;
    expect(JSON.parse(lines[1]!)).toEqual({ event: "stopped" });
    await expect(fetch(first.api_url)).rejects.toThrow("fetch failed");
  });

  test("a token that may read only what was said", async () => {
    const lines: string[] = [];
    let ready: () => void = () => undefined;
    const isReady = new Promise<void>((resolve) => (ready = resolve));
    const ended = simulate(order({ permissions: { contents: "read" }, report: makeJsonReport((line) => (lines.push(line), ready())) }));
    await isReady;
    const { api_url: url, token } = JSON.parse(lines[0]!) as { api_url: string; token: string };
    const statusOf = async (path: string): Promise<number> => (await fetch(`${url}${path}`, { headers: { authorization: `Bearer ${token}` } })).status;
    expect([await statusOf("/orgs/octo-demo/repos"), await statusOf("/orgs/octo-demo/teams")]).toEqual([200, 403]);
    stop.abort();
    await ended;
  });

  test("with GitHub's limits a query takes the time that it counts as", async () => {
    const lines: string[] = [];
    let ready: () => void = () => undefined;
    const isReady = new Promise<void>((resolve) => (ready = resolve));
    const ended = simulate(order({ report: makeJsonReport((line) => (lines.push(line), ready())) }));
    await isReady;
    const { api_url: url, token } = JSON.parse(lines[0]!) as { api_url: string; token: string };
    const counts = Array.from({ length: 200 }, (_, index) => `a${index}: labels(first: 1) { totalCount }`).join(" ");
    const query = `{ organization(login: "octo-demo") { repositories(first: 1) { nodes { pullRequests(first: 5) { nodes { ${counts} } } } } } }`;
    const startedAt = performance.now();
    const answer = await fetch(`${url}/graphql`, { method: "POST", headers: { authorization: `Bearer ${token}` }, body: JSON.stringify({ query }) });
    expect(await answer.json()).toMatchObject({ data: { organization: {} } });
    expect(performance.now() - startedAt).toBeGreaterThan(2400);
    stop.abort();
    await ended;
  });

  test("tells what is wrong with a port that is taken, or with a name", async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const address = other.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const making: number[] = [];
    const report = { ...makeJsonReport(() => undefined), making: (share: number) => void making.push(share) };
    await expect(simulate(order({ port, report }))).rejects.toThrow(`Port ${port} of 127.0.0.1 is taken. Choose another with --port, or 0 for a free one.`);
    // Before the past is made, which takes minutes when it is large.
    expect(making).toEqual([]);
    await new Promise((resolve) => other.close(resolve));
    await expect(simulate(order({ organisation: "no such name" }))).rejects.toThrow("An organisation's login has letters, digits and single hyphens");
  });

  test("a webhook for every event, as the organisation works on", async () => {
    const events: string[] = [];
    const receiver = createServer((request, response) => {
      events.push(String(request.headers["x-github-event"]));
      request.resume().on("end", () => response.writeHead(202).end());
    });
    await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
    const address = receiver.address();
    const url = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}/hook`;
    const ended = simulate(order({ pullRequests: 50, live: 200_000, webhook: { url, secret: "s" } }));
    while (new Set(events).size < 4) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(events[0]).toBe("ping");
    stop.abort();
    await ended;
    await new Promise((resolve) => receiver.close(resolve));
  });

  test("a person reads what to do next", () => {
    const lines: string[] = [];
    const ready: SimulateReady = { url: "http://127.0.0.1:4100", token: "ghp_x", organisation: "octo-demo", seed: "1", counts: { repositories: 1, pullRequests: 5, issues: 3 }, live: null, webhookUrl: null };
    makePersonReport((line) => lines.push(line), { write: () => true }).ready(ready);
    expect(lines.join("\n")).toContain('curl -H "Authorization: Bearer ghp_x" http://127.0.0.1:4100/orgs/octo-demo/repos');
  });
});
