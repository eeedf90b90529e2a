/** A whole organisation loaded from nothing, with what happens to its repositories meanwhile; and what it cost. */
import { createUser } from "@octally/github-simulator/operations/accounts";
import { deleteRepository, renameRepository, transferRepository } from "@octally/github-simulator/operations/repository";
import { fullName } from "@octally/github-simulator/shapes/shaping";
import { kinds } from "@octally/model/registry";
import type { DiscoverJob } from "@octally/shared/sync-job";
import { differences, storedIn } from "../differences.ts";
import type { DrainOptions, JobWorld } from "../job-world.ts";
import type { SimulatedGitHub } from "../simulated-github.ts";

export const ALL = kinds.map(({ name }) => name);

export const discovery = (names: readonly string[] = ALL, run = "r1"): DiscoverJob => ({ type: "discover", run, part: `${run}:octo-demo`, turn: 0, source: "octo-demo", since: null, until: null, kinds: [...names] });

type LoadOptions = DrainOptions & {
  readonly names?: readonly string[];
  /** Loaded by themselves afterwards, `owner/name`: what came when the discovery was over. */
  readonly andThen?: () => readonly string[];
};

export type Outcome = {
  readonly differences: readonly string[];
  /** Parts that are not simply done, by what became of them. */
  readonly unusual: readonly string[];
  readonly cost: { readonly requests: number; readonly points: number; readonly violations: number; readonly minutes: number; readonly documents: number };
};

export async function loadWhole(simulated: SimulatedGitHub, world: JobWorld, { names = ALL, andThen = () => [], ...options }: LoadOptions = {}): Promise<Outcome> {
  const beganAt = simulated.clock.now();
  await world.send(discovery(names));
  await world.drain(options);
  for (const source of andThen()) await world.send({ ...discovery(names, "r2"), part: `r2:${source}`, source });
  await world.drain(options);
  const parts = world.parts();
  return {
    differences: differences(simulated, storedIn(world.store), names),
    unusual: parts.filter(({ state, gaps, refreshes }) => state !== "done" || gaps + refreshes > 0).map(({ id, state, reason, gaps, refreshes }) => `${id}: ${state}, ${gaps} gaps, ${refreshes} again${reason === null ? "" : `, ${reason}`}`),
    cost: {
      requests: simulated.requests(),
      points: parts.reduce((sum, { points }) => sum + points, 0),
      violations: simulated.violations(),
      minutes: Math.round((simulated.clock.now() - beganAt) / 60_000),
      documents: names.reduce((sum, name) => sum + world.store.observations(name).length, 0),
    },
  };
}

/** One line for whoever asked for the large tests: what it cost is a figure to be compared, and no condition. */
export function report(title: string, { cost }: Outcome, more: Readonly<Record<string, number>> = {}): void {
  process.stderr.write(`${JSON.stringify({ title, ...cost, ...more })}\n`);
}

export type Moves = {
  readonly done: () => number;
  /** `owner/name` of what came. */
  readonly arrived: () => readonly string[];
  /** The ids of what left or was deleted. */
  readonly lost: () => readonly number[];
};

/** At so many writes of the load one repository is renamed, one leaves, one comes, one is deleted: those with most in them. */
export function moveRepositoriesDuring(simulated: SimulatedGitHub, world: JobWorld, atWrites: readonly [renamed: number, left: number, came: number, deleted: number]): Moves {
  const { world: github, organization, oracle } = simulated;
  const [founder] = organization.members;
  if (founder === undefined) throw new Error("The organisation has no members.");
  const actor = founder.user;
  const somebody = createUser(github, { login: "new-home" });
  // What stood on a project goes with a deleted repository, and only an inventory of the project finds that.
  const onProjects = new Set(organization.projects.flatMap(({ items }) => items.map(({ content }) => (content.type === "draft-issue" ? null : content.repository))));
  const largest = oracle.repositories().filter(({ owner, name }) => owner === organization && name !== "well-known").toSorted((a, b) => b.pullRequests.length - a.pullRequests.length);
  const [renamed, left] = largest;
  const deleted = largest.find((repository) => repository !== renamed && repository !== left && repository.pullRequests.length > 0 && !onProjects.has(repository));
  const arriving = oracle.repositories().find(({ owner, parent, commits }) => owner.type === "User" && parent === null && commits.length > 0);
  if (renamed === undefined || left === undefined || deleted === undefined) throw new Error("The organisation has too few repositories.");
  const moves = [
    () => renameRepository(github, { actor, repository: renamed, name: `${renamed.name}-renamed` }),
    () => transferRepository(github, { actor, repository: left, owner: somebody }),
    () => arriving !== undefined && transferRepository(github, { actor, repository: arriving, owner: organization }),
    () => deleteRepository(github, { actor, repository: deleted }),
  ];
  let writes = 0;
  let done = 0;
  const { write } = world.ports.store;
  const store = {
    write: async (observations: Parameters<typeof write>[0]) => {
      writes += 1;
      for (const [index, at] of atWrites.entries()) {
        if (at !== writes) continue;
        moves[index]?.();
        done += 1;
      }
      return write(observations);
    },
  };
  Object.assign(world.ports, { store });
  return { done: () => done, arrived: () => (arriving === undefined ? [] : [fullName(arriving)]), lost: () => [left.id, deleted.id] };
}
