/** What a load is likely to cut or to stumble over, added to a simulated organisation by its own operations. */
import { createUser } from "@octally/github-simulator/operations/accounts";
import { push } from "@octally/github-simulator/operations/branches-and-commits";
import { addLabels, comment, removeLabels } from "@octally/github-simulator/operations/conversations";
import { openIssue } from "@octally/github-simulator/operations/issues";
import { openPullRequest } from "@octally/github-simulator/operations/pull-requests";
import { archiveRepository, createRepository } from "@octally/github-simulator/operations/repository";
import { submitReview } from "@octally/github-simulator/operations/reviews";
import { star } from "@octally/github-simulator/operations/stars-forks-watchers";
import type * as E from "@octally/github-simulator/world/entities";
import type { SimulatedGitHub } from "../simulated-github.ts";

export type Hardness = { readonly reviews: number; readonly comments: number; readonly commits: number; readonly files: number; readonly events: number; readonly stars: number };

/** More than GitHub's caps: 250 commits of a pull request in REST, 3,000 files, 40,000 stars. */
export const WHOLE: Hardness = { reviews: 350, comments: 1200, commits: 300, files: 3100, events: 5000, stars: 45_000 };
/** More than one page of each. */
export const SMALL: Hardness = { reviews: 120, comments: 210, commits: 255, files: 130, events: 220, stars: 450 };

export type HardThings = { readonly pullRequest: E.PullRequest; readonly issue: E.Issue; readonly starred: E.Repository; readonly empty: E.Repository; readonly archived: E.Repository };

export function addHardThings({ world, clock, organization }: SimulatedGitHub, hardness: Hardness): HardThings {
  const [ada, ben = ada] = organization.members.map(({ user }) => user);
  if (ada === undefined || ben === undefined) throw new Error("The organisation has no members.");
  const wait = (): void => clock.moveTo(clock.now() + 1000);
  const made = (name: string): E.Repository => {
    const repository = createRepository(world, { actor: ada, owner: organization, name });
    push(world, { actor: ada, repository, branch: "main", commits: [{ message: "First" }] });
    return repository;
  };
  const empty = createRepository(world, { actor: ada, owner: organization, name: "nothing-yet" });
  const [starred, archived] = [made("well-known"), made("long-done")];
  const pullRequest = addLargePullRequest({ world, wait, ada, ben, repository: starred }, hardness);
  const issue = addRestlessIssue({ world, wait, ada, ben, repository: starred }, hardness);
  for (let number = 0; number < hardness.stars; number++) star(world, { actor: createUser(world, { login: `gazer-${number}` }), repository: starred });
  openIssue(world, { actor: ben, repository: archived, title: "Is this still maintained?" });
  archiveRepository(world, { actor: ada, repository: archived });
  wait();
  return { pullRequest, issue, starred, empty, archived };
}

type Scene = { readonly world: SimulatedGitHub["world"]; readonly wait: () => void; readonly ada: E.User; readonly ben: E.User; readonly repository: E.Repository };

function addLargePullRequest({ world, wait, ada, ben, repository }: Scene, { reviews, comments, commits, files }: Hardness): E.PullRequest {
  const filesOf = (step: number): readonly E.CommitFile[] => {
    const [from, to] = [step, step + 1].map((end) => Math.floor((files * end) / commits));
    return Array.from({ length: (to ?? 0) - (from ?? 0) }, (_, index) => ({ path: `src/part-${(from ?? 0) + index}.ts`, status: "added" as const, additions: 3, deletions: 0 }));
  };
  push(world, { actor: ben, repository, branch: "everything", commits: Array.from({ length: commits }, (_, step) => ({ message: `Step ${step}`, files: filesOf(step) })) });
  wait();
  const pullRequest = openPullRequest(world, { actor: ben, repository, title: "Everything at once", head: { repository, branch: "everything" } });
  for (let number = 0; number < reviews; number++) {
    if (number % 10 === 0) wait();
    submitReview(world, { actor: ada, pullRequest, state: "commented", body: `Round ${number}`, comments: [{ path: `src/part-${number % files}.ts`, line: 1, body: "Why?" }] });
  }
  for (let number = 0; number < comments; number++) {
    if (number % 10 === 0) wait();
    comment(world, { actor: number % 2 === 0 ? ada : ben, on: pullRequest, body: `Thought ${number}` });
  }
  return pullRequest;
}

function addRestlessIssue({ world, wait, ada, ben, repository }: Scene, { events }: Hardness): E.Issue {
  const issue = openIssue(world, { actor: ben, repository, title: "It comes and goes" });
  const labels = repository.labels.slice(0, 1);
  for (let number = 0; number < events; number++) {
    if (number % 10 === 0) wait();
    if (number % 2 === 0) addLabels(world, { actor: ada, on: issue, labels });
    else removeLabels(world, { actor: ada, on: issue, labels });
  }
  return issue;
}
