/**
 * A program: the fixed workload behind a port (first argument: JSON). Its first line says where; for each line that it is sent it says what was asked of it
 * since the last one. It ends with its standard input.
 */
import { createInterface } from "node:readline";
import { makeWorkload, type WorkloadSize } from "./workload.ts";

/** `limits`: GitHub's published ones are counted, and whoever oversteps them is refused. */
export type GitHubOrder = WorkloadSize & { readonly latencyMs: number; readonly limits: boolean };
export type GitHubReady = { readonly url: string; readonly token: string; readonly organization: string; readonly repositories: readonly string[] };
export type Asked = { readonly rest: number; readonly graphql: number; /** Of GraphQL. */ readonly points: number; readonly violations: number };

const TICK_MS = 100;

const order = JSON.parse(process.argv[2] ?? "{}") as GitHubOrder;
const simulator = makeWorkload(order, { latencyMs: order.latencyMs, limitsClock: order.limits ? Date.now : null });
const { app, limits } = simulator.server;
let asked = { rest: 0, graphql: 0, points: 0 };
app.addHook("onRequest", (request, _reply, next) => {
  const api = request.url.endsWith("/graphql") ? "graphql" : "rest";
  asked = { ...asked, [api]: asked[api] + 1 };
  next();
});
// Also where nobody's requests are counted.
const charge = limits.charge.bind(limits);
limits.charge = (budget, resource, limit, points, cpuMs) => {
  asked = { ...asked, points: asked.points + points };
  charge(budget, resource, limit, points, cpuMs);
};
const { url } = await simulator.listen();
const behindMs = Date.now() - simulator.clock.now();
setInterval(() => simulator.clock.moveTo(Date.now() - behindMs), TICK_MS);

const say = (line: GitHubReady | Asked): void => void process.stdout.write(`${JSON.stringify(line)}\n`);
say({ url, token: simulator.tokens.owner, organization: simulator.organization.login, repositories: [...simulator.world.repositories.values()].map(({ name }) => name) });
for await (const _ of createInterface({ input: process.stdin })) {
  say({ ...asked, violations: Object.values(limits.violations).reduce((sum, count) => sum + count, 0) });
  asked = { rest: 0, graphql: 0, points: 0 };
}
process.exit(0);
