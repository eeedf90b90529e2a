/** Histories on a real OpenSearch, queue and archive, one after the other: somewhat smaller, with everything that happens and goes wrong in the others. */
import { startOwnServers } from "../../../../test/setup/own-servers.ts";
import type { HistoryPlan } from "./plan.ts";
import { realParts } from "./real-parts.ts";
import type { HistoryReport } from "./report.ts";
import { runHistory } from "./run-history.ts";

export type RealPlay = { readonly play: (seed: number) => Promise<HistoryReport>; readonly close: () => Promise<void> };

export async function openRealPlay(): Promise<RealPlay> {
  const { openSearch, endpoint, close } = await startOwnServers();
  const parts = realParts({ server: openSearch, endpoint, isFresh: (random) => random.chance(0.7) });
  return { play: (seed) => runHistory(seed, { parts, change: smaller }), close };
}

function smaller(plan: HistoryPlan): HistoryPlan {
  return { ...plan, pullRequests: Math.min(plan.pullRequests, 12), repositories: Math.min(plan.repositories, 2), checksAt: plan.checksAt.filter((_, index) => index % 3 === 0) };
}
