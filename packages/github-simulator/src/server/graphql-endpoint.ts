/** POST /graphql: the executor's answer with the points it cost; null when it took GitHub too long. */
import type { Answer } from "../rest/call.ts";
import { ApiError } from "./api-error.ts";
import type { GraphqlAnswer } from "./services.ts";
import type { Passage } from "./serve.ts";
import type { Services } from "./services.ts";

/** Work (nodes and connections read) that takes GitHub about ten seconds; the fault strikes lighter ones in proportion. */
const HEAVY = 5000;
/** What GitHub deducts from the next hour for a query that timed out is not published. */
const TIMEOUT_POINTS = 10;
const CPU_MS_OF_WORK = 1;

export async function answerGraphql(services: Services, { incoming, caller, limit }: Passage): Promise<Answer | null> {
  if (caller === null || incoming.method !== "POST" || services.graphql === null) throw new ApiError(404, "Not Found", { doc: "" });
  const body = parse(incoming.body);
  if (body === undefined) return { status: 400, body: { message: "Problems parsing JSON", documentation_url: "https://docs.github.com/graphql", status: "400" } };
  const { limits, world, faults, graphql } = services;
  const { budget } = caller.viewer;
  const run = (): GraphqlAnswer | Promise<GraphqlAnswer> => graphql({ body, viewer: caller.viewer, origin: incoming.origin, headers: incoming.headers, rateLimit: limits.meter(budget, "graphql", limit) });
  const result = await (faults.strikes("stale-read") ? world.journal.asOf(world.now() - faults.between("stale-read", 1000, 60_000), run) : run());
  limits.charge(budget, "graphql", limit, result.cost, result.work * CPU_MS_OF_WORK);
  if (result.timedOut || faults.strikes("graphql-timeout", Math.min(1, result.work / HEAVY))) {
    limits.charge(budget, "graphql", limit, TIMEOUT_POINTS);
    return null;
  }
  return { status: 200, body: result.body };
}

function parse(body: string | null): unknown {
  try {
    return JSON.parse(body ?? "");
  } catch {
    return undefined;
  }
}
