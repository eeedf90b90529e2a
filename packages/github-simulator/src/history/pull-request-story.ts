/** What the parts of a pull request's life share. */
import type * as E from "../world/entities.ts";
import { branchNamed, forcePush, push } from "../operations/branches-and-commits.ts";
import { updateBranch } from "../operations/pull-requests.ts";
import { draftCommits } from "./changes.ts";
import { continuousIntegration } from "./ci.ts";
import type { Persona } from "./persona.ts";
import type { Place } from "./place.ts";
import { mayAct, type Play, start } from "./play.ts";
import type { PullRequestPlan } from "./pull-request-plan.ts";
import type { Random } from "./random.ts";

export type Story = { readonly play: Play; readonly place: Place; readonly pullRequest: E.PullRequest; readonly author: Persona; readonly plan: PullRequestPlan; readonly random: Random };

export const isOpen = (pullRequest: E.PullRequest): boolean => pullRequest.state === "open" && !pullRequest.repository.archived && !pullRequest.repository.deleted;

/** More commits on top, or all of them anew. */
export function pushMore({ play, place, pullRequest, author, random }: Story, count: number): void {
  const { world } = play;
  const repository = pullRequest.headRepository;
  const branch = pullRequest.headRef;
  if (!isOpen(pullRequest) || repository === null || repository.deleted || branchNamed(repository, branch) === undefined || !mayAct(play, author, place.repository)) return;
  const base = branchNamed(place.repository, pullRequest.baseRef)?.head.sha;
  const actor = author.user;
  if (random.chance(0.04)) updateBranch(world, { actor, pullRequest });
  else if (random.chance(author.rebases)) forcePush(world, { actor, repository, branch, commits: draftCommits(pullRequest.title, Math.max(1, pullRequest.commits.length), pullRequest.changedFiles, random), ...(base !== undefined && { onto: base }) });
  else push(world, { actor, repository, branch, commits: draftCommits(random.pick(["Address review", "Fix tests", "Fix lint", "Add a test", "Simplify"]), count, count, random) });
  start(play, continuousIntegration(play, place, pullRequest, actor, random.fork()), random.between(1, 5) * 1000);
}
