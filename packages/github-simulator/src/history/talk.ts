/** Comments, reactions, labels, assignees: what issues and pull requests have in common. */
import type * as E from "../world/entities.ts";
import { addLabels, assign, comment, deleteComment, editComment, lock, react, removeLabels, setMilestone, type Thread, unassign } from "../operations/conversations.ts";
import { DAY, HOUR, MINUTE } from "./calendar.ts";
import type { Persona } from "./persona.ts";
import { colleague, type Place, somebody } from "./place.ts";
import { isClosed, mayAct, type Part, pause, type Play, until } from "./play.ts";
import type { Random } from "./random.ts";
import type { Process } from "./schedule.ts";
import { comment as commentText } from "./texts.ts";

/** Whether somebody may still write there: it was not deleted, and locked ones are for members. */
export function isThere({ organization }: Play, on: Thread, user: E.User): boolean {
  if (!exists(on)) return false;
  return !on.locked || organization.members.some((member) => member.user === user);
}

export function exists(on: Thread): boolean {
  return !isClosed(on.repository) && on.repository.numbered[on.number - 1] === on;
}

/** So many comments, at first close together, then ever rarer. Who spoke once rather speaks again. */
export function* talk(play: Play, place: Place, on: Thread, count: number, first: readonly Persona[], random: Random): Process {
  const { world } = play;
  const speakers = [...first];
  for (let index = 0; index < count; index++) {
    const known = random.chance(0.72) ? random.pickMaybe(speakers) : undefined;
    const speaker = known ?? somebody(play, place, random);
    if (known === undefined) speakers.push(speaker);
    yield* until(play, speaker, random.logNormal((2 + Math.min(index, 12) * 4) * HOUR, 1.6) * (count > 30 ? 0.15 : 1), random);
    if (!exists(on)) return;
    // Long after the end only a few still say something; what moved many goes on.
    if (on.state === "closed" && on.closedAt !== null && world.now() - on.closedAt > 2 * DAY && random.chance(count > 30 ? 0.02 : 0.75)) return;
    if (!mayAct(play, speaker, on.repository) || !isThere(play, on, speaker.user)) continue;
    yield* say(play, place, on, speaker, random);
  }
}

function* say(play: Play, place: Place, on: Thread, { user: actor }: Persona, random: Random): Part {
  const { world } = play;
  const said = comment(world, { actor, on, body: textOn(place, on, random) });
  if (random.chance(0.12)) react(world, { actor: somebody(play, place, random).user, to: said, content: random.pick(["+1", "+1", "+1", "heart", "rocket", "eyes", "laugh", "confused", "-1", "hooray"] as const) });
  const fate = random.next();
  if (fate > 0.045) return;
  yield* pause(play, random.exponential(4 * MINUTE));
  if (!exists(on) || actor.deleted || !on.comments.includes(said)) return;
  if (fate < 0.005) deleteComment(world, { actor, comment: said });
  else editComment(world, { actor, comment: said, body: `${said.body}\n\nEdit: typo.` });
}

/** Now and then with a reference to something else, or to somebody. */
export function textOn({ repository }: Place, on: Thread, random: Random): string {
  const text = commentText(random);
  if (random.chance(0.06)) return `${text} See #${random.integer(1, Math.max(1, repository.nextNumber - 1))}.`;
  return random.chance(0.06) ? `@${on.author.login} ${text}` : text;
}

const AREAS = ["area/api", "area/ui", "area/storage", "area/search", "area/security", "performance", "v2.x", "v3.0.0", "backport 2.x", "untriaged", "stale", "breaking", "dependencies", "flaky-test", "hacktoberfest"];
export const AREA_LABELS: readonly string[] = AREAS;

export function labelNamed({ repository }: Place, name: string): E.Label | undefined {
  return repository.labels.find((label) => label.name === name);
}

/** Somebody of the squad sorts it: labels, assignee, milestone; a part of it is changed again later. */
export function* triage(play: Play, place: Place, on: Thread, random: Random): Process {
  const { world } = play;
  const { repository } = place;
  const who = colleague(play, place, random);
  if (who === undefined) return;
  yield* until(play, who, random.logNormal(5 * HOUR, 1.5), random);
  if (!exists(on) || on.repository !== repository || !mayAct(play, who, repository)) return;
  const { user: actor } = who;
  const labels = random.sample(repository.labels, 1 + Math.min(3, random.count(0.7)));
  addLabels(world, { actor, on, labels });
  const assignee = random.chance(0.3) ? colleague(play, place, random) : undefined;
  if (assignee !== undefined) assign(world, { actor, on, assignees: [assignee.user] });
  const milestone = random.chance(0.15) ? repository.milestones.findLast(({ state }) => state === "open") : undefined;
  if (milestone !== undefined) setMilestone(world, { actor, on, milestone });
  if (!random.chance(0.15)) return;
  yield* until(play, who, random.logNormal(6 * DAY, 1), random);
  if (!exists(on) || on.repository !== repository || !mayAct(play, who, repository)) return;
  if (random.chance(0.6)) removeLabels(world, { actor, on, labels: labels.slice(0, 1) });
  if (random.chance(0.3)) unassign(world, { actor, on, assignees: on.assignees.slice(0, 1) });
  if (random.chance(0.2)) setMilestone(world, { actor, on, milestone: null });
}

/** When it was too much. */
export function calmDown(play: Play, place: Place, on: Thread, random: Random): void {
  const who = colleague(play, place, random);
  if (who !== undefined && !on.locked && exists(on)) lock(play.world, { actor: who.user, on, reason: random.pick(["too heated", "resolved", "off-topic", "spam", null] as const) });
}
