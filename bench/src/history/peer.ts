/** Perceval on the same workload: each of its categories that holds a part of what Octally loads, in a process of its own, until it ends. */
import { runPerceval } from "../../../apps/octally/test/peers/perceval.ts";
import type { Asked } from "./github-process.ts";
import type { BenchGitHub } from "./start-github.ts";

/** Pull requests with reviews, review comments and commits; comments, which hang from issues; the second generation's events with reviews. */
export const CATEGORIES = [
  { name: "Perceval pull_request", backend: "github", category: "pull_request" },
  { name: "Perceval issue", backend: "github", category: "issue" },
  { name: "Perceval githubql event", backend: "githubql", category: "event" },
] as const;

export type PeerRun = { readonly name: string; readonly seconds: number; readonly items: number; readonly asked: Asked };

/** One repository after another, as it is used. */
export async function runPeer(github: BenchGitHub): Promise<readonly PeerRun[]> {
  const runs: PeerRun[] = [];
  for (const { name, backend, category } of CATEGORIES) {
    await github.asked();
    const startedAt = performance.now();
    let items = 0;
    for (const repository of github.repositories) items += (await runPerceval({ url: github.url, token: github.token, owner: github.organization, repository, backend, category })).length;
    runs.push({ name, seconds: (performance.now() - startedAt) / 1000, items, asked: await github.asked() });
  }
  return runs;
}
