/** POST /graphql: who asks, what it costs, and what happens to a query that is too heavy. */
import { GITHUB_COM } from "../shapes/shaping.ts";
import type { GraphqlRequest } from "../graphql/graphql.ts";
import type { Answer } from "../rest/call.ts";
import { ApiError } from "./api-error.ts";
import type { Passage } from "./serve.ts";
import type { Services } from "./services.ts";

/** Work (nodes and connections read) at which a query times out for certain; the fault strikes lighter ones in proportion. */
const HEAVY = 20_000;
/** GitHub deducts more for a query that timed out; how much is not published. */
const TIMEOUT_POINTS = 10;
/** GitHub's time for a unit of work: what is too heavy took ten seconds. */
const CPU_MS_OF_WORK = 10_000 / HEAVY;

/** What it took GitHub's machines beside it: the answer is not there before. */
export type Computed = { readonly answer: Answer; readonly cpuMs: number };

export function answerGraphql(services: Services, { incoming, caller, limit, requestId }: Passage): Computed {
  if (caller === null || incoming.method !== "POST") throw new ApiError(404, "Not Found", { doc: "https://docs.github.com/rest" });
  const request = parse(incoming.body);
  if (request === null) return { answer: { status: 400, body: { message: "Problems parsing JSON", documentation_url: "https://docs.github.com/graphql", status: "400" } }, cpuMs: 0 };
  const { limits, world, faults } = services;
  const { budget } = caller.viewer;
  const graphql = services.graphql(incoming.origin === GITHUB_COM.api ? GITHUB_COM.html : incoming.origin);
  const run = () =>
    graphql.execute(request, caller.viewer, {
      requestId,
      nextGlobalIds: incoming.headers["x-github-next-global-id"] === "1",
      charge: (cost) => {
        limits.charge(budget, "graphql", limit, cost);
        return limits.meter(budget, "graphql", limit);
      },
    });
  const result = faults.strikes("stale-read") ? world.journal.asOf(world.now() - faults.between("stale-read", 1000, 60_000), run) : run();
  const cpuMs = result.work * CPU_MS_OF_WORK;
  const timedOut = result.timedOut || (result.kind === "query" && faults.strikes("graphql-timeout", Math.min(1, result.work / HEAVY)));
  if (!timedOut) return { answer: { status: result.status, body: result.body }, cpuMs };
  limits.charge(budget, "graphql", limit, TIMEOUT_POINTS);
  return { answer: { status: 502, body: { data: null, errors: [{ message: `Something went wrong while executing your query. This may be the result of a timeout, or it could be a GitHub bug. Please include \`${requestId}\` when reporting this issue.` }] } }, cpuMs };
}

function parse(body: string | null): GraphqlRequest | null {
  try {
    const value: unknown = JSON.parse(body ?? "");
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    return null;
  }
}
