/** A pull request's life: opened, as a draft or ready; reviewed in rounds; pushed to; merged, closed, sometimes opened again, or forgotten. */
import type * as E from "../world/entities.ts";
import { addLabels, assign } from "../operations/conversations.ts";
import { branchNamed, deleteBranch, push, restoreBranch } from "../operations/branches-and-commits.ts";
import { closePullRequest, convertToDraft, editPullRequest, enableAutoMerge, markReadyForReview, mergePullRequest, openPullRequest, reopenPullRequest } from "../operations/pull-requests.ts";
import { forkOf } from "./audience.ts";
import { DAY, HOUR, MINUTE } from "./calendar.ts";
import { draftCommits } from "./changes.ts";
import { continuousIntegration } from "./ci.ts";
import type { Persona } from "./persona.ts";
import { colleague, type Place, somebody } from "./place.ts";
import { isClosed, isMember, mayAct, type Part, pause, type Play, start, until } from "./play.ts";
import { planPullRequest, type PullRequestPlan, type Source } from "./pull-request-plan.ts";
import type { Random } from "./random.ts";
import { askReviewers, reviewRounds } from "./review.ts";
import { isOpen, pushMore, type Story } from "./pull-request-story.ts";
import type { Process } from "./schedule.ts";
import { calmDown, labelNamed, talk, triage } from "./talk.ts";
import { body, dependencyTitle, pullRequestTitle } from "./texts.ts";

/** `latest`: when it is opened even if its author sleeps, so that there are as many as were asked for. */
export function* pullRequestLife(play: Play, place: Place, number: number, latest: E.Millis): Process {
  const { options, cast } = play;
  const random = play.streams(`pull request of ${place.plan.number}`, number);
  const author = random.chance(options.ratios.bots) ? cast.dependabot : somebody(play, place, random);
  const source: Source = author === cast.dependabot ? "bot" : isMember(play, author.user) ? "staff" : "outsider";
  yield* awake(play, author, latest, random);
  // It may have been deleted or archived by hand since it was planned.
  if (isClosed(place.repository) || author.user.deleted) return;
  const plan = planPullRequest(options.ratios, author, source, random);
  const story: Story = { play, place, pullRequest: open(play, place, author, source, plan, random), author, plan, random };
  yield* pause(play, random.between(2, 30) * 1000);
  if (isClosed(place.repository)) return;
  yield* begin(story, source);
  yield* reviewRounds(story);
  yield* end(story);
}

/** Until they work; where that would be too late, somebody else is as good. */
function* awake(play: Play, author: Persona, latest: E.Millis, random: Random): Part {
  const awaking = until(play, author, 0, random);
  for (const at of awaking) yield Math.min(at, Math.max(latest, play.world.now()));
}

function open(play: Play, place: Place, { user: actor }: Persona, source: Source, plan: PullRequestPlan, random: Random): E.PullRequest {
  const { world } = play;
  const { repository } = place;
  const title = source === "bot" ? dependencyTitle(random) : pullRequestTitle(random);
  const fromFork = source === "outsider" || (source === "staff" && place.forksOnly);
  const headRepository = fromFork ? forkOf(play, repository, actor) : repository;
  const head = branchName(headRepository, source, title, random);
  const base = branchNamed(repository, repository.defaultBranch)?.head.sha;
  push(world, { actor, repository: headRepository, branch: head, commits: draftCommits(title, Math.max(1, Math.ceil(plan.commits * 0.6)), plan.files, random), ...(base !== undefined && { from: base }) });
  return openPullRequest(world, { actor, repository, title, body: bodyOf(repository, source, random), head: { repository: headRepository, branch: head }, draft: plan.draft });
}

function branchName(repository: E.Repository, source: Source, title: string, random: Random): string {
  const words = title.toLowerCase().replaceAll(/[^a-z\d]+/g, "-").slice(0, 32).replace(/-$/, "");
  const name = source === "bot" ? `dependabot/npm_and_yarn/${words}` : random.chance(0.3) ? words : `${random.pick(["feature", "fix", "docs", "user"])}/${words}`;
  return `${name}-${repository.nextNumber}${random.integer(0, 999)}`;
}

/** A third of them close an issue when they are merged. */
function bodyOf(repository: E.Repository, source: Source, random: Random): string | null {
  const text = source === "bot" ? "Bumps the dependency to its latest version.\n\n---\n\nYou can trigger a rebase by commenting `@dependabot rebase`." : body(random);
  if (source === "bot" || !random.chance(0.33)) return text;
  const issue = random.pickMaybe(repository.issues.slice(-25).filter(({ state }) => state === "open"));
  return issue === undefined ? text : `${text ?? ""}\n\n${random.pick(["Fixes", "Closes", "Resolves"])} #${issue.number}`.trimStart();
}

function* begin({ play, place, pullRequest, author, plan, random }: Story, source: Source): Part {
  const { world } = play;
  const { user: actor } = author;
  start(play, continuousIntegration(play, place, pullRequest, actor, random.fork()));
  if (source === "bot") {
    const label = labelNamed(place, "dependencies");
    if (label !== undefined) addLabels(world, { actor, on: pullRequest, labels: [label] });
  } else start(play, triage(play, place, pullRequest, random.fork()));
  start(play, talk(play, place, pullRequest, plan.comments, [author], random.fork()));
  if (source === "staff" && random.chance(0.2)) assign(world, { actor, on: pullRequest, assignees: [actor] });
  if (plan.draft) {
    yield* until(play, author, random.logNormal(1.5 * DAY, 1.2), random);
    if (isOpen(pullRequest) && mayAct(play, author, place.repository)) markReadyForReview(world, { actor, pullRequest });
  } else if (random.chance(0.02)) {
    yield* pause(play, random.exponential(HOUR));
    if (isOpen(pullRequest)) convertToDraft(world, { actor, pullRequest });
    yield* until(play, author, random.exponential(2 * DAY), random);
    if (isOpen(pullRequest) && pullRequest.draft && mayAct(play, author, place.repository)) markReadyForReview(world, { actor, pullRequest });
  }
  if (isOpen(pullRequest)) askReviewers({ play, place, pullRequest, author, plan, random });
  if (random.chance(0.08) && source !== "bot") {
    yield* pause(play, random.exponential(20 * MINUTE));
    if (isOpen(pullRequest) && mayAct(play, author, place.repository)) editPullRequest(world, { actor, pullRequest, ...(random.chance(0.5) ? { title: pullRequestTitle(random) } : { body: `${pullRequest.body ?? ""}\n\nUpdated after a question.` }) });
  }
}

function* end(story: Story): Part {
  if (story.plan.end === "stays") yield* goStale(story);
  else yield* decide(story);
}

/** Merged or closed, a few opened again first. */
function* decide(story: Story): Part {
  const { play, place, pullRequest, author, plan, random } = story;
  const { world } = play;
  const member = colleague(play, place, random, author.user);
  const closer = plan.end === "closed" && random.chance(0.5) ? author : isMember(play, author.user) && random.chance(0.55) ? author : (member ?? author);
  if (plan.end === "merged" && author.user.type === "User" && random.chance(0.04) && isOpen(pullRequest)) enableAutoMerge(world, { actor: closer.user, pullRequest, method: place.mergeMethod });
  yield* until(play, closer, random.logNormal(plan.end === "merged" ? 3 * HOUR : 12 * DAY, 1.5), random);
  if (!isOpen(pullRequest) || !mayAct(play, closer, place.repository)) return;
  const actor = closer.user;
  if (plan.reopened) {
    closePullRequest(world, { actor, pullRequest });
    yield* until(play, author, random.logNormal(DAY, 1.3), random);
    if (pullRequest.state !== "closed" || pullRequest.locked || !mayAct(play, author, place.repository) || !headExists(pullRequest)) return;
    reopenPullRequest(world, { actor: author.user, pullRequest });
    yield* until(play, closer, random.logNormal(DAY, 1.3), random);
    if (!isOpen(pullRequest) || !mayAct(play, closer, place.repository)) return;
  }
  if (plan.end === "closed" || !isMember(play, actor)) closePullRequest(world, { actor, pullRequest });
  else merge(story, actor);
  if (plan.branchGoes) yield* dropBranch(story, actor);
  if (plan.comments > 60 && random.chance(0.2)) calmDown(play, place, pullRequest, random);
}

function merge({ play, place, pullRequest }: Story, actor: E.User): void {
  if (pullRequest.draft) markReadyForReview(play.world, { actor: pullRequest.author, pullRequest });
  mergePullRequest(play.world, { actor, pullRequest, method: place.mergeMethod });
  start(play, continuousIntegration(play, place, null, actor, play.streams("ci after merge", pullRequest.id)), 2000);
}

function* dropBranch({ play, pullRequest, random }: Story, actor: E.User): Part {
  yield* pause(play, random.exponential(2 * MINUTE));
  const { headRepository: repository, headRef: branch } = pullRequest;
  if (repository === null || repository.deleted || repository.archived || branchNamed(repository, branch) === undefined || pullRequest.state === "open") return;
  const owner = repository.owner.type === "User" ? repository.owner : actor;
  deleteBranch(play.world, { actor: owner, repository, branch });
  if (!random.chance(0.008)) return;
  yield* pause(play, random.exponential(HOUR));
  if (!repository.deleted && !repository.archived && branchNamed(repository, branch) === undefined) restoreBranch(play.world, { actor: owner, repository, branch, sha: pullRequest.headSha });
}

/** Nobody comes back to it; some get a label that says so, some a push after months. */
function* goStale(story: Story): Part {
  const { play, place, pullRequest, random } = story;
  yield* pause(play, random.between(30, 90) * DAY);
  const label = labelNamed(place, "stale");
  if (label !== undefined && isOpen(pullRequest) && random.chance(0.5)) addLabels(play.world, { actor: play.cast.actions.user, on: pullRequest, labels: [label] });
  if (!random.chance(0.2)) return;
  yield* until(play, story.author, random.between(10, 120) * DAY, random);
  pushMore(story, 1);
}

function headExists({ headRepository, headRef }: E.PullRequest): boolean {
  return headRepository !== null && !headRepository.deleted && branchNamed(headRepository, headRef) !== undefined;
}
