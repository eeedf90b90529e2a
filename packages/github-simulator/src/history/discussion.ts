/** A discussion: asked, answered, answers marked, some closed, moved to another category, deleted. */
import type * as E from "../world/entities.ts";
import { changeCategory, closeDiscussion, commentOnDiscussion, createDiscussion, deleteDiscussion, editDiscussion, editDiscussionComment, labelDiscussion, lockDiscussion, markAnswer, reopenDiscussion, unmarkAnswer } from "../operations/discussions.ts";
import { react } from "../operations/conversations.ts";
import { DAY, HOUR } from "./calendar.ts";
import { colleague, type Place, somebody } from "./place.ts";
import { isClosed, mayAct, type Part, type Play, until } from "./play.ts";
import type { Random } from "./random.ts";
import type { Process } from "./schedule.ts";
import { body, comment, discussionTitle } from "./texts.ts";

export function* discussionLife(play: Play, place: Place, number: number): Process {
  const { world } = play;
  const { repository } = place;
  if (!repository.hasDiscussions) return;
  const random = play.streams(`discussion of ${place.plan.number}`, number);
  const author = somebody(play, place, random);
  yield* until(play, author, 0, random);
  const category = random.pickWeighted(repository.discussionCategories, ({ isAnswerable }) => (isAnswerable ? 4 : 1));
  if (category === undefined || !mayAct(play, author, repository)) return;
  const discussion = createDiscussion(world, { actor: author.user, repository, title: discussionTitle(random), body: body(random) ?? "?", category });
  yield* converse(play, place, discussion, random);
  yield* until(play, author, random.logNormal(5 * DAY, 1.3), random);
  if (exists(discussion) && mayAct(play, author, repository)) settle(play, place, discussion, random);
}

function* converse(play: Play, place: Place, discussion: E.Discussion, random: Random): Part {
  const { world } = play;
  const { repository } = place;
  const count = Math.min(80, random.count(random.chance(0.04) ? 25 : 2.6));
  for (let index = 0; index < count; index++) {
    const speaker = somebody(play, place, random);
    yield* until(play, speaker, random.logNormal((4 + index * 3) * HOUR, 1.6), random);
    if (!exists(discussion)) return;
    if (discussion.locked || !mayAct(play, speaker, repository)) continue;
    const actor = speaker.user;
    const replyTo = random.chance(0.45) ? (random.pickMaybe(discussion.comments) ?? null) : null;
    const said = commentOnDiscussion(world, { actor, discussion, body: comment(random), replyTo });
    if (random.chance(0.15)) react(world, { actor: discussion.author, to: said, content: "+1" });
    if (random.chance(0.04)) editDiscussionComment(world, { actor, comment: said, body: `${said.body} (edited)` });
    if (discussion.category.isAnswerable && discussion.answer === null && replyTo === null && random.chance(0.3)) markAnswer(world, { actor: discussion.author.deleted ? actor : discussion.author, comment: said });
  }
}

function settle(play: Play, place: Place, discussion: E.Discussion, random: Random): void {
  const { world } = play;
  const { labels, discussionCategories } = place.repository;
  const actor = colleague(play, place, random)?.user ?? discussion.author;
  if (random.chance(0.2) && labels.length > 0) labelDiscussion(world, { actor, discussion, label: random.pick(labels) });
  if (random.chance(0.05)) changeCategory(world, { actor, discussion, category: random.pick(discussionCategories) });
  if (random.chance(0.06)) editDiscussion(world, { actor: discussion.author, discussion, title: discussionTitle(random) });
  if (discussion.answer !== null && random.chance(0.03)) unmarkAnswer(world, { actor, discussion });
  const draw = random.next();
  if (draw < 0.35) closeDiscussion(world, { actor, discussion, reason: random.pick(["resolved", "resolved", "outdated", "duplicate"] as const) });
  else if (draw < 0.37) deleteDiscussion(world, { actor, discussion });
  else if (draw < 0.4) lockDiscussion(world, { actor, discussion, reason: "resolved" });
  if (discussion.state === "closed" && random.chance(0.04)) reopenDiscussion(world, { actor, discussion });
}

function exists(discussion: E.Discussion): boolean {
  return !isClosed(discussion.repository) && discussion.repository.numbered[discussion.number - 1] === discussion;
}
