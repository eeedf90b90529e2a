/** A generated organisation behind a port of this machine, for clients that run as processes of their own. */
import type * as E from "@octally/github-simulator/world/entities";
import { makeSimulator } from "@octally/github-simulator/simulator";
import type { Truth } from "./expected.ts";

export type PeerWorld = {
  readonly url: string;
  readonly token: string;
  readonly truth: () => Truth;
  readonly eventIds: () => readonly string[];
  readonly close: () => Promise<void>;
};

/** Every rare thing occurs in it. Without limits: no client here is as far away as it is from GitHub. */
export async function openPeerWorld(): Promise<PeerWorld> {
  const simulator = makeSimulator({ seed: "peers", organization: "octo-demo", repositories: 5, pullRequests: 150, richness: "full", limitsClock: null });
  const { url } = await simulator.listen(0);
  const { world, organization } = simulator;
  const repositories = (): readonly E.Repository[] => [...world.repositories.values()].filter(({ owner, deleted }) => owner === organization && !deleted);
  return {
    url,
    token: simulator.tokens.owner,
    truth: () => ({ organization, repositories: repositories(), now: world.now() }),
    eventIds: () => repositories().flatMap((repository) => simulator.server.events.of([repository]).map(({ id }) => String(id))),
    close: () => simulator.close(),
  };
}
