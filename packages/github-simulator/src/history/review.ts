/** Reviews in rounds: somebody is asked, looks, remarks, asks for changes; the author answers, pushes, asks again. */
import type * as E from "../world/entities.ts";
import { removeReviewRequest, requestReview } from "../operations/pull-requests.ts";
import { dismissReview, replyToThread, resolveThread, submitReview, unresolveThread } from "../operations/reviews.ts";
import { DAY, HOUR, MINUTE } from "./calendar.ts";
import type { Persona } from "./persona.ts";
import { colleague } from "./place.ts";
import { isMember, mayAct, type Part, pause, until } from "./play.ts";
import { isOpen, pushMore, type Story } from "./pull-request-story.ts";
import { reviewBody, reviewComment } from "./texts.ts";

export function askReviewers({ play, place, pullRequest, author, plan, random }: Story): void {
  const { world } = play;
  if (plan.reviews === 0 && random.chance(0.5)) return;
  const actor = isMember(play, author.user) || author === play.cast.dependabot ? author.user : (colleague(play, place, random)?.user ?? author.user);
  const wanted = new Set<E.User>();
  for (let index = 0; index < random.integer(1, 3); index++) {
    const reviewer = colleague(play, place, random, author.user);
    if (reviewer !== undefined) wanted.add(reviewer.user);
  }
  const teams = random.chance(0.12) ? [place.squad.team] : [];
  for (const reviewer of [...wanted, ...teams]) requestReview(world, { actor, pullRequest, reviewer });
  const [first] = wanted;
  if (wanted.size > 1 && first !== undefined && random.chance(0.06)) removeReviewRequest(world, { actor, pullRequest, reviewer: first });
}

export function* reviewRounds(story: Story): Part {
  const { play, place, pullRequest, author, plan, random } = story;
  const reviewers: Persona[] = [];
  for (let round = 0; round < plan.reviews; round++) {
    const reviewer = chooseReviewer(story, reviewers);
    if (reviewer === undefined) return;
    if (!reviewers.includes(reviewer)) reviewers.push(reviewer);
    yield* until(play, reviewer, random.logNormal((1 - reviewer.haste) * 9 * HOUR, 1.5), random);
    if (!isOpen(pullRequest) || !mayAct(play, reviewer, place.repository)) return;
    const review = look(story, reviewer, round === plan.reviews - 1);
    if (review.state === "approved" && !random.chance(0.15)) continue;
    yield* until(play, author, random.logNormal(7 * HOUR, 1.5), random);
    if (!isOpen(pullRequest)) return;
    if (mayAct(play, author, place.repository)) yield* answer(story, review, reviewer);
  }
}

/** Who was asked, before who came by; who reviewed once comes back. */
function chooseReviewer({ play, place, pullRequest, author, random }: Story, before: readonly Persona[]): Persona | undefined {
  const asked = pullRequest.requestedReviewers.map((user) => play.cast.personaOf(user)).filter((persona) => persona !== undefined);
  const known = random.chance(0.75) ? random.pickMaybe(asked) : undefined;
  if (known !== undefined) return known;
  if (before.length > 0 && random.chance(0.6)) return random.pick(before);
  if (place.repository.visibility === "public" && random.chance(0.05)) {
    const passerBy = play.cast.outsider(random);
    if (passerBy !== author) return passerBy;
  }
  return colleague(play, place, random, author.user);
}

function look({ play, place, pullRequest, plan, random }: Story, reviewer: Persona, last: boolean): E.Review {
  const { ratios } = play.options;
  const draw = random.next();
  const approves = last && plan.end === "merged" ? draw < 0.85 : draw < 0.3;
  const state = approves ? "approved" : isMember(play, reviewer.user) && random.chance(reviewer.severity + 0.15) ? "changes_requested" : "commented";
  const mean = ratios.reviewCommentsPerReview * (approves ? 0.35 : 1.6);
  const count = Math.min(60, random.count(mean) + (state === "commented" ? 1 : 0));
  const comments = Array.from({ length: count }, () => ({ path: pullRequest.files.length > 0 ? random.pick(pullRequest.files).path : "README.md", line: random.integer(1, 400), body: reviewComment(random) }));
  const body = state === "changes_requested" || random.chance(0.4) ? reviewBody(random) : null;
  return submitReview(play.world, { actor: reviewer.user, pullRequest, state, body: place.repository.archived ? null : body, comments });
}

function* answer(story: Story, review: E.Review, reviewer: Persona): Part {
  const { play, place, pullRequest, author, random } = story;
  const { world } = play;
  const threads = pullRequest.threads.filter(({ comments }) => comments[0]?.review === review);
  for (const thread of threads) {
    if (random.chance(0.35)) replyToThread(world, { actor: author.user, thread, body: random.pick(["Done.", "Good point, changed.", "Fixed in the last commit.", "I would rather keep it, see above.", "👍"]) });
  }
  if (threads.length > 0 || review.state === "changes_requested") {
    yield* pause(play, random.exponential(40 * MINUTE));
    pushMore(story, 1 + random.count(0.4));
  }
  for (const thread of threads) {
    if (!isOpen(pullRequest)) return;
    if (random.chance(0.6)) resolveThread(world, { actor: author.user, thread });
    if (thread.resolved && random.chance(0.03)) unresolveThread(world, { actor: reviewer.user, thread });
  }
  if (!isOpen(pullRequest) || author === play.cast.dependabot) return;
  if (review.state === "changes_requested" && random.chance(0.12)) {
    const by = colleague(play, place, random, review.author);
    if (by !== undefined) dismissReview(world, { actor: by.user, review, message: "The remarks are taken care of." });
  } else if (review.state !== "approved" && random.chance(review.state === "changes_requested" ? 0.65 : 0.3) && !reviewer.user.deleted && isMember(play, reviewer.user)) {
    requestReview(world, { actor: author.user, pullRequest, reviewer: reviewer.user });
  } else if (review.state === "approved" && random.chance(0.2)) yield* pause(play, random.exponential(DAY));
}
