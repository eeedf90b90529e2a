/** An issue's life: opened, sorted, talked about, closed, sometimes opened again, moved, deleted, forgotten. */
import { assign, react } from "../operations/conversations.ts";
import { DAY, HOUR } from "./calendar.ts";
import type * as E from "../world/entities.ts";
import { addSubIssue, closeIssue, deleteIssue, editIssue, openIssue, reopenIssue } from "../operations/issues.ts";
import { transferIssue } from "../operations/transfers.ts";
import type { Persona } from "./persona.ts";
import { colleague, type Place, somebody } from "./place.ts";
import { isClosed, mayAct, type Part, type Play, start, until } from "./play.ts";
import type { Random } from "./random.ts";
import type { Process } from "./schedule.ts";
import { calmDown, exists, talk, triage } from "./talk.ts";
import { body, issueTitle } from "./texts.ts";

export function* issueLife(play: Play, place: Place, number: number): Process {
  const { world, options } = play;
  const { repository } = place;
  const random = play.streams(`issue of ${place.plan.number}`, number);
  const author = somebody(play, place, random);
  yield* until(play, author, 0, random);
  if (!repository.hasIssues || !mayAct(play, author, repository)) return;
  const issue = openIssue(world, { actor: author.user, repository, title: issueTitle(random), body: bodyOf(repository, random) });
  const huge = random.chance(0.015);
  const comments = Math.min(500, random.count(options.ratios.commentsPerIssue * (huge ? random.between(8, 40) : 0.75)));
  start(play, talk(play, place, issue, comments, [author], random.fork()));
  start(play, triage(play, place, issue, random.fork()));
  if (random.chance(0.15)) react(world, { actor: somebody(play, place, random).user, to: issue, content: random.pick(["+1", "+1", "heart", "eyes"] as const) });
  if (random.chance(0.04)) putBelow(play, place, issue, random);
  if (huge && random.chance(0.3)) start(play, heated(play, place, issue, random.fork()));
  yield* until(play, author, random.exponential(2 * HOUR), random);
  if (random.chance(0.08) && isOpen(issue) && mayAct(play, author, repository)) editIssue(world, { actor: author.user, issue, title: issueTitle(random) });
  yield* finish(play, place, issue, author, random);
}

/** A part of something larger that is still open. */
function putBelow({ world }: Play, { repository }: Place, child: E.Issue, random: Random): void {
  const parent = random.pickMaybe(repository.issues.slice(-20).filter((issue) => issue !== child && isOpen(issue) && issue.parentIssue === null));
  if (parent !== undefined && child.subIssues.length === 0) addSubIssue(world, { actor: parent.author.deleted ? child.author : parent.author, parent, child });
}

function bodyOf({ nextNumber }: E.Repository, random: Random): string | null {
  const text = body(random);
  return text !== null && random.chance(0.1) && nextNumber > 1 ? `${text}\n\nRelated: #${random.integer(1, nextNumber - 1)}` : text;
}

/** One in twelve is never closed; the others after hours, weeks or years. */
function* finish(play: Play, place: Place, issue: E.Issue, author: Persona, random: Random): Part {
  const { world } = play;
  if (random.chance(0.08)) return;
  const closer = (random.chance(0.25) ? author : colleague(play, place, random)) ?? author;
  yield* until(play, closer, random.logNormal(12 * DAY, 2.1), random);
  if (!isOpen(issue)) return;
  const fate = random.next();
  if (fate < 0.012) removeOrMove(play, issue, random);
  if (fate < 0.012 || !mayAct(play, closer, issue.repository)) return;
  if (random.chance(0.2)) assign(world, { actor: closer.user, on: issue, assignees: [closer.user] });
  closeIssue(world, { actor: closer.user, issue, reason: random.chance(0.72) ? "completed" : random.chance(0.25) ? "duplicate" : "not_planned" });
  if (!random.chance(0.06)) return;
  yield* until(play, author, random.logNormal(4 * DAY, 1.2), random);
  if (issue.state !== "closed" || !exists(issue) || issue.locked || !mayAct(play, author, issue.repository)) return;
  reopenIssue(world, { actor: author.user, issue });
  yield* until(play, closer, random.logNormal(10 * DAY, 1.5), random);
  if (isOpen(issue) && mayAct(play, closer, issue.repository)) closeIssue(world, { actor: closer.user, issue, reason: "completed" });
}

function removeOrMove(play: Play, issue: E.Issue, random: Random): void {
  const { world, places, cast } = play;
  const actor = cast.owner(random);
  // From public to public, as GitHub allows it from private to private.
  const to = random.pickMaybe(places.filter(({ repository }) => repository !== issue.repository && repository.visibility === issue.repository.visibility && !isClosed(repository) && repository.hasIssues));
  if (to === undefined || random.chance(0.25)) deleteIssue(world, { actor, issue });
  else transferIssue(world, { actor, issue, to: to.repository });
}

function* heated(play: Play, place: Place, issue: E.Issue, random: Random): Process {
  yield play.world.now() + random.between(5, 40) * DAY;
  calmDown(play, place, issue, random);
}

const isOpen = (issue: E.Issue): boolean => issue.state === "open" && exists(issue);
