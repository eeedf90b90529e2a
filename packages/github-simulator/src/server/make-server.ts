/** The HTTP side of a world: everything between a request and the operations, put together. */
import type { FastifyInstance } from "fastify";
import { makeGraphql, type Graphql } from "../graphql/graphql.ts";
import { Faults, type FaultRates } from "../faults/faults.ts";
import { EventFeed } from "../rest/event-feed.ts";
import { GITHUB_COM, makeShaping, originUrls, type NodeIdOf } from "../shapes/shaping.ts";
import type { Millis } from "../world/entities.ts";
import { encodeNodeId, type NodeIdFormat, type NodeType } from "../world/node-id.ts";
import type { World } from "../world/world.ts";
import { Deliveries } from "../webhooks/deliver.ts";
import { makeSender, type Receiver } from "../webhooks/deliver-send.ts";
import { Credentials } from "./credentials.ts";
import { listen, makeApp, type Listening } from "./http.ts";
import { makeFetch, type Fetch } from "./in-process-fetch.ts";
import { Limits } from "./limits.ts";
import { makeServe } from "./serve.ts";
import type { Services } from "./services.ts";

export type ServerOptions = {
  readonly world: World;
  readonly seed: number;
  readonly faults?: FaultRates;
  /** The clock by which limits are counted; GitHub's own where nothing else is given. `null`: they are not enforced. */
  readonly limitsClock?: (() => Millis) | null;
  /** Webhook receivers in this process, by the beginning of their address. */
  readonly receivers?: ReadonlyMap<string, Receiver>;
  readonly webhookTimeoutMs?: number;
  /** How long an answer takes at least, in real time, with its request under way. Default: none. */
  readonly latencyMs?: number;
  /** Lets the time pass that GitHub computes for an answer. Default: an answer is there at once, whatever it counts as. */
  readonly passTime?: Services["passTime"];
};

export type Server = Services & {
  /** Reaches GitHub without a port, whatever the host of the address: `https://api.github.com` speaks as github.com does. */
  readonly fetch: Fetch;
  readonly app: FastifyInstance;
  /** The time on the client's clock: GitHub's, but for the fault `clock-skew`. */
  readonly clientNow: () => Millis;
  /** On loopback; from then on webhooks name this address. */
  readonly listen: (port?: number) => Promise<Listening>;
  readonly close: () => Promise<void>;
};

/** Made before the world has a history: the feed of events and the deliveries listen from here on. */
export function makeServer({ world, seed, faults: rates = {}, limitsClock, receivers = new Map(), webhookTimeoutMs, latencyMs = 0, passTime = atOnce }: ServerOptions): Server {
  const faults = new Faults(seed, rates);
  const credentials = new Credentials(world, seed);
  const limits = new Limits(limitsClock ?? world.now.bind(world), limitsClock !== null, world.now.bind(world));
  const sender = makeSender(receivers, webhookTimeoutMs === undefined ? {} : { timeoutMs: webhookTimeoutMs });
  const nodeIds = makeNodeIds(faults);
  let base = GITHUB_COM;
  const deliveries = new Deliveries({ world, seed, faults, sender, shaping: () => makeShaping(world, nodeIds({}), base), installations: () => credentials.installations() });
  const events = new EventFeed(world);
  const stop = deliveries.start();
  const services: Services = { world, seed, credentials, limits, faults, deliveries, events, graphql: makeGraphqlByAddress(world), nodeIds, latencyMs, passTime };
  const serve = makeServe(services);
  const app = makeApp(serve);
  return {
    ...services,
    fetch: makeFetch(serve),
    app,
    clientNow: () => world.now() - faults.skewMs,
    listen: async (port = 0) => {
      const listening = await listen(app, port);
      base = originUrls(listening.url);
      return listening;
    },
    close: async () => {
      stop();
      await app.close();
      await sender.close();
    },
  };
}

const atOnce = (): Promise<void> => Promise.resolve();

/** One for each address by which clients know this GitHub: nearly always it is one. */
function makeGraphqlByAddress(world: World): Services["graphql"] {
  const known = new Map<string, Graphql>();
  return (webUrl) => {
    let graphql = known.get(webUrl);
    if (graphql === undefined) known.set(webUrl, (graphql = makeGraphql(world, { webUrl })));
    return graphql;
  };
}

/** `X-Github-Next-Global-ID` decides; without it the fault says of which things GitHub still gives the old id. */
function makeNodeIds(faults: Faults): Services["nodeIds"] {
  const encode = (format: (type: NodeType, id: number | string) => NodeIdFormat): NodeIdOf => (type, scope, id) => encodeNodeId({ type, scope, id }, format(type, id));
  const allNew = encode(() => "new");
  const allOld = encode(() => "old");
  const mixed = encode((type, id) => (faults.marks("old-node-ids", `${type}${id}`) ? "old" : "new"));
  return (headers) => {
    const asked = headers["x-github-next-global-id"];
    if (asked === "1") return allNew;
    if (asked === "0") return allOld;
    return faults.rate("old-node-ids") > 0 ? mixed : allNew;
  };
}
