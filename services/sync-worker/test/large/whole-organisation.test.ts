import { describe, expect, jest, test } from "@jest/globals";
import { makeJobWorld } from "../job-world.ts";
import { simulateGitHub } from "../simulated-github.ts";
import { makeWebhooks } from "../simulated-webhooks.ts";
import { addHardThings, SMALL, WHOLE, type Hardness } from "./hard-things.ts";
import { ALL, loadWhole, moveRepositoriesDuring, report } from "./whole-load.ts";

jest.setTimeout(3_600_000);

/** Transfers are events. Of the two others nobody is told what a move changes: the next day's snapshot and inventory find it. */
const LATER: ReadonlySet<string> = new Set(["transfer", "repository-snapshot", "outside-collaborator"]);

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

  test("one is renamed, one leaves, one comes and one is deleted meanwhile", async () => {
    const webhooks = makeWebhooks();
    const simulated = simulateGitHub({ repositories: 20, pullRequests: 400, richness: "full", receivers: webhooks.receivers });
    const world = makeJobWorld(simulated);
    webhooks.connect(simulated, world, ["repository"]);
    const moves = moveRepositoriesDuring(simulated, world, [40, 80, 120, 160]);
    const outcome = await loadWhole(simulated, world, { names: ALL.filter((name) => !LATER.has(name)), andThen: moves.arrived });
    report("repositories move meanwhile", outcome);
    expect(moves.done()).toBe(4);
    const lost = new Set(world.parts().flatMap(({ state, job }) => (state === "done" || job.type !== "backfill" ? [] : [job.repository?.id])));
    expect(lost).toEqual(new Set(moves.lost()));
    expect(outcome.differences).toEqual([]);
    expect(outcome.cost.violations).toBe(0);
    expect(world.store.observations("transfer")).toHaveLength(2);
  });
});
