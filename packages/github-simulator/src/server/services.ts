/** What the HTTP side is made of; the composition puts it together (simulator.ts). */
import type { Faults } from "../faults/faults.ts";
import type { NodeIdOf } from "../shapes/shaping.ts";
import type { Millis } from "../world/entities.ts";
import type { Viewer } from "../world/viewer.ts";
import type { EventFeed } from "../rest/event-feed.ts";
import type { World } from "../world/world.ts";
import type { Deliveries } from "../webhooks/deliver.ts";
import type { Credentials } from "./credentials.ts";
import type { Limits } from "./limits.ts";

export type GraphqlRequest = {
  readonly body: unknown;
  readonly viewer: Viewer;
  /** GitHub's address as the client knows it, without a slash at the end: `https://api.github.com`, `http://127.0.0.1:4100`. */
  readonly origin: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly rateLimit: { readonly limit: number; readonly remaining: number; readonly used: number; readonly resetAt: Millis };
};

/**
 * `cost`: points of the hourly budget. `work`: how heavy it was, a node counts 1. `timedOut`: too heavy for GitHub's ten seconds; `body` is then not sent.
 */
export type GraphqlAnswer = { readonly body: unknown; readonly cost: number; readonly work: number; readonly timedOut: boolean; readonly isMutation: boolean };
export type GraphqlExecutor = (request: GraphqlRequest) => GraphqlAnswer | Promise<GraphqlAnswer>;

export type Services = {
  readonly world: World;
  readonly seed: number;
  readonly credentials: Credentials;
  readonly limits: Limits;
  readonly faults: Faults;
  readonly deliveries: Deliveries;
  readonly events: EventFeed;
  readonly graphql: GraphqlExecutor | null;
  /** For a request with these headers. */
  readonly nodeIds: (headers: Readonly<Record<string, string>>) => NodeIdOf;
};
