import { describe, expect, jest, test } from "@jest/globals";
import { makeJobWorld } from "../job-world.ts";
import { simulateGitHub } from "../simulated-github.ts";
import { addHardThings, SMALL, WHOLE, type Hardness } from "./hard-things.ts";
import { loadWhole, report } from "./whole-load.ts";

jest.setTimeout(3_600_000);

type Size = { readonly repositories: number; readonly pullRequests: number; readonly hardness: Hardness };

describe("an organisation is loaded from nothing, and every document of every kind is as at GitHub", () => {
  test.each<Size>([
    { repositories: 20, pullRequests: 1000, hardness: SMALL },
    { repositories: 200, pullRequests: 20_000, hardness: WHOLE },
  ])("$repositories repositories, $pullRequests pull requests, and what is likely to be cut", async ({ hardness, ...size }) => {
    const simulated = simulateGitHub({ ...size, richness: "full" });
    const hard = addHardThings(simulated, hardness);
    const world = makeJobWorld(simulated);
    const outcome = await loadWhole(simulated, world);
    report(`whole organisation, ${size.repositories} repositories`, outcome);
    expect(outcome.unusual).toEqual([]);
    expect(outcome.differences).toEqual([]);
    expect(outcome.cost.violations).toBe(0);
    const storedOf = (kind: string): number => world.store.observations(kind).filter(({ document: { pull_request: of } }) => (of as { readonly id?: number } | undefined)?.id === hard.pullRequest.id).length;
    expect([storedOf("review"), storedOf("pull-request-commit")]).toEqual([hardness.reviews, hardness.commits]);
    expect(world.store.observations("star").filter(({ repository }) => repository?.id === hard.starred.id)).toHaveLength(hardness.stars);
  });
});
