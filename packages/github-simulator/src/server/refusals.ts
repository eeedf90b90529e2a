/** What GitHub says to those who ask too much. */
import type { Answer } from "../rest/call.ts";
import type { Passage } from "./serve.ts";
import type { Services } from "./services.ts";

const PRIMARY_DOC = "https://docs.github.com/rest/overview/rate-limits-for-the-rest-api";
const SECONDARY_DOC = "https://docs.github.com/free-pro-team@latest/rest/overview/rate-limits-for-the-rest-api#about-secondary-rate-limits";
const GRAPHQL_DOC = "https://docs.github.com/graphql/overview/rate-limits-and-node-limits-for-the-graphql-api";

export function primaryRefusal(services: Services, passage: Passage): Answer {
  const whom = nameOf(passage);
  if (passage.resource === "graphql") {
    // GraphQL refuses within a 200.
    return { status: 200, body: { errors: [{ type: "RATE_LIMIT", code: "graphql_rate_limit", message: `API rate limit already exceeded for ${whom}.` }] } };
  }
  if (passage.caller?.viewer.is === "anonymous") {
    return { status: 403, body: { message: `API rate limit exceeded for ${passage.incoming.from}. (But here's the good news: Authenticated requests get a higher rate limit. Check out the documentation for more details.)`, documentation_url: PRIMARY_DOC } };
  }
  return { status: 403, body: { message: `API rate limit exceeded for ${whom}. If you reach out to GitHub Support for help, please include the request ID ${passage.requestId} and timestamp ${timestamp(services)} UTC.`, documentation_url: PRIMARY_DOC, status: "403" } };
}

export function secondaryRefusal(services: Services, passage: Passage, retryAfterSeconds: number): Answer {
  const body = {
    documentation_url: passage.resource === "graphql" ? GRAPHQL_DOC : SECONDARY_DOC,
    message: `You have exceeded a secondary rate limit. Please wait a few minutes before you try again. If you reach out to GitHub Support for help, please include the request ID ${passage.requestId} and timestamp ${timestamp(services)} UTC.`,
    status: "403",
  };
  return { status: 403, body, headers: { "retry-after": String(retryAfterSeconds) } };
}

function nameOf({ caller }: Passage): string {
  const [kind, id] = (caller?.viewer.budget ?? "").split(":");
  return `${kind === "installation" ? "installation" : kind === "app" ? "app" : "user"} ID ${id}`;
}

function timestamp({ world }: Services): string {
  return new Date(world.now()).toISOString().slice(0, 19).replace("T", " ");
}
