import { describe, expect, jest, test } from "@jest/globals";
import { differences, storedIn } from "../differences.ts";
import { addHardThings, SMALL, WHOLE, type Hardness } from "./hard-things.ts";
import { simulateMoves, nameOf, type AtAnswers } from "./moving-repositories.ts";
import { ALL, audit, discovery, loadWhole, report } from "./whole-load.ts";

jest.setTimeout(3_600_000);

/** Of these nobody tells what a move changes: transfers are events; what a repository that left or was deleted had there, the next look at the whole list finds. */
const LATER: ReadonlySet<string> = new Set(["transfer", "repository-snapshot", "outside-collaborator", "project-item"]);

type Size = { readonly repositories: number; readonly pullRequests: number; readonly seed?: number; readonly hardness?: Hardness; readonly atAnswers: AtAnswers };

describe("while an organisation is loaded one repository is renamed, one leaves, one comes and one is deleted: every document is as at GitHub", () => {
  test.each<Size>([
    { repositories: 20, pullRequests: 400, atAnswers: [50, 90, 130, 170] },
    { repositories: 20, pullRequests: 400, seed: 2, atAnswers: [700, 300, 120, 500] },
    { repositories: 200, pullRequests: 20_000, hardness: WHOLE, atAnswers: [2000, 6000, 10_000, 14_000] },
  ])("$repositories repositories, $pullRequests pull requests, after $atAnswers answers", async ({ hardness = SMALL, atAnswers, ...size }) => {
    const { simulated, world, begin, made } = simulateMoves(size, atAnswers);
    addHardThings(simulated, hardness);
    const { left, came, deleted } = begin();
    const outcome = await loadWhole(simulated, world, { andThen: () => [nameOf(came)] });
    const atOnce = outcome.differences.filter((line) => !LATER.has(line.split(",")[0] ?? ""));
    report(`repositories move meanwhile, ${size.repositories} repositories`, outcome, { differentAtOnce: atOnce.length, megabytes: Math.round(process.memoryUsage().rss / 1e6) });
    expect(made()).toEqual(atAnswers.toSorted((a, b) => a - b));
    expect(atOnce).toEqual([]);
    const unread = new Set(world.parts().flatMap(({ state, job }) => (state === "done" || job.type !== "backfill" ? [] : [job.repository?.id])));
    expect([left.id, deleted.id].filter((id) => unread.delete(id)).length).toBeGreaterThan(0);
    expect([...unread]).toEqual([]);
    await world.send(discovery(["repository-snapshot"], "tomorrow"));
    await audit(simulated, world, ["outside-collaborator", "project-item"]);
    expect(differences(simulated, storedIn(world.store), ALL.filter((name) => name !== "transfer"))).toEqual([]);
    expect(new Set(world.store.observations("transfer").map(({ repository }) => repository?.id))).toEqual(new Set([left.id, came.id]));
    expect(simulated.violations()).toBe(0);
  });
});
