/** An organisation whose repositories move while it is loaded: after so many of GitHub's answers one is renamed, one leaves, one comes, one is deleted. */
import { createUser } from "@octally/github-simulator/operations/accounts";
import { push } from "@octally/github-simulator/operations/branches-and-commits";
import { comment } from "@octally/github-simulator/operations/conversations";
import { openIssue } from "@octally/github-simulator/operations/issues";
import { createRepository, deleteRepository, renameRepository, transferRepository } from "@octally/github-simulator/operations/repository";
import { star } from "@octally/github-simulator/operations/stars-forks-watchers";
import { fullName } from "@octally/github-simulator/shapes/shaping";
import type * as E from "@octally/github-simulator/world/entities";
import { makeJobWorld, type JobWorld } from "../job-world.ts";
import { simulateGitHub, type SimulatedGitHub, type SimulatedOptions } from "../simulated-github.ts";
import { makeWebhooks } from "../simulated-webhooks.ts";

export type AtAnswers = readonly [renamed: number, left: number, came: number, deleted: number];
export type Moved = { readonly renamed: E.Repository; readonly left: E.Repository; readonly came: E.Repository; readonly deleted: E.Repository };

export type MovingWorld = {
  readonly simulated: SimulatedGitHub;
  readonly world: JobWorld;
  /** From now on answers are counted. */
  readonly begin: () => Moved;
  /** After how many answers each was made. @throws what went wrong at one: a client would have taken it for a failure of GitHub's */
  readonly made: () => readonly number[];
};

/** Told by webhooks of the event `repository`, as they happen. */
export function simulateMoves(options: SimulatedOptions, atAnswers: AtAnswers): MovingWorld {
  const webhooks = makeWebhooks();
  let moves: readonly (() => void)[] = [];
  const made: number[] = [];
  const problems: unknown[] = [];
  let answers = 0;
  const meanwhile = (): void => {
    answers += 1;
    for (const [index, move] of moves.entries()) {
      if (atAnswers[index] !== answers) continue;
      try {
        move();
        made.push(answers);
      } catch (problem) {
        problems.push(problem);
      }
    }
  };
  const simulated = simulateGitHub({ richness: "full", ...options, receivers: webhooks.receivers, meanwhile });
  const world = makeJobWorld(simulated);
  webhooks.connect(simulated, world, ["repository"]);
  return {
    simulated,
    world,
    begin: () => {
      const moved = choose(simulated);
      moves = movesOf(simulated, moved);
      answers = 0;
      return moved;
    },
    made: () => {
      if (problems.length > 0) throw problems[0];
      return made;
    },
  };
}

/** Those with most in them. */
function choose({ world, organization, oracle }: SimulatedGitHub): Moved {
  const [renamed, left, deleted] = oracle.repositories().filter(({ owner, name }) => owner === organization && name !== "well-known").toSorted((a, b) => b.pullRequests.length - a.pullRequests.length);
  const came = oracle.repositories().find(({ owner, parent, commits }) => owner.type === "User" && parent === null && commits.length > 0) ?? makeStranger(world);
  if (renamed === undefined || left === undefined || deleted === undefined) throw new Error("The organisation has too few repositories.");
  return { renamed, left, came, deleted };
}

function makeStranger(world: SimulatedGitHub["world"]): E.Repository {
  const actor = createUser(world, { login: "newcomer" });
  const repository = createRepository(world, { actor, owner: actor, name: "side-project" });
  push(world, { actor, repository, branch: "main", commits: [{ message: "First" }, { message: "Second" }] });
  comment(world, { actor, on: openIssue(world, { actor, repository, title: "Where should this live?" }), body: "Among friends." });
  star(world, { actor, repository });
  return repository;
}

function movesOf({ world, organization }: SimulatedGitHub, { renamed, left, came, deleted }: Moved): readonly (() => void)[] {
  const [founder] = organization.members;
  if (founder === undefined) throw new Error("The organisation has no members.");
  const actor = founder.user;
  const somebody = createUser(world, { login: "new-home" });
  return [
    () => renameRepository(world, { actor, repository: renamed, name: `${renamed.name}-renamed` }),
    () => transferRepository(world, { actor, repository: left, owner: somebody }),
    () => transferRepository(world, { actor, repository: came, owner: organization }),
    () => deleteRepository(world, { actor, repository: deleted }),
  ];
}

export const nameOf = (repository: E.Repository): string => fullName(repository);
