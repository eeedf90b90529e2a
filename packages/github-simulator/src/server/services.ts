/** What the HTTP side is made of; the composition puts it together (simulator.ts). */
import type { Faults } from "../faults/faults.ts";
import type { Graphql } from "../graphql/graphql.ts";
import type { NodeIdOf } from "../shapes/shaping.ts";
import type { EventFeed } from "../rest/event-feed.ts";
import type { World } from "../world/world.ts";
import type { Deliveries } from "../webhooks/deliver.ts";
import type { Credentials } from "./credentials.ts";
import type { Limits } from "./limits.ts";

export type Services = {
  readonly world: World;
  readonly seed: number;
  readonly credentials: Credentials;
  readonly limits: Limits;
  readonly faults: Faults;
  readonly deliveries: Deliveries;
  readonly events: EventFeed;
  /** For a GitHub whose pages are at this address. */
  readonly graphql: (webUrl: string) => Graphql;
  /** For a request with these headers. */
  readonly nodeIds: (headers: Readonly<Record<string, string>>) => NodeIdOf;
  /** How long an answer takes at least, in real time. */
  readonly latencyMs: number;
  /** Lets the time pass that GitHub computes for an answer. */
  readonly passTime: (ms: number) => Promise<void>;
};
