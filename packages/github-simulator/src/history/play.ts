/** What every process of the history is given, and what it needs all the time. */
import type * as E from "../world/entities.ts";
import type { World } from "../world/world.ts";
import { laterAtWork } from "./calendar.ts";
import type { Cast } from "./cast.ts";
import type { HistoryOptions } from "./options.ts";
import type { Persona } from "./persona.ts";
import type { Place, Squad } from "./place.ts";
import type { Random, Streams } from "./random.ts";
import type { Process, Schedule } from "./schedule.ts";

export type Play = {
  readonly world: World;
  readonly options: HistoryOptions;
  readonly organization: E.Organization;
  readonly cast: Cast;
  readonly streams: Streams;
  readonly schedule: Schedule;
  /** In order of creation; deleted and archived ones stay. */
  readonly places: Place[];
  readonly squads: Squad[];
};

/** A part of a story, which gives something back when it is told. */
export type Part<T = void> = Generator<E.Millis, T, void>;

/** Begins a story of its own beside the one that goes on. */
export function start(play: Play, process: Process, afterMs = 0): void {
  play.schedule.start(play.world.now() + afterMs, process);
}

/** Waits for somebody: so much time passes, and then until they work. */
export function* until(play: Play, persona: Persona, delayMs: number, random: Random): Part {
  yield laterAtWork(persona.habits, play.world.now(), delayMs, random);
}

export function* pause(play: Play, delayMs: number): Part {
  yield play.world.now() + delayMs;
}

/** Nothing can be written there any more. */
export function isClosed({ archived, deleted }: E.Repository): boolean {
  return archived || deleted;
}

/** Whether somebody may still act here: their account is there, and they see the repository. */
export function mayAct(play: Play, { user }: Persona, repository: E.Repository): boolean {
  return !user.deleted && !isClosed(repository) && (repository.visibility === "public" || user.type === "Bot" || isMember(play, user)) && !play.organization.blocked.includes(user);
}

export function isMember({ organization }: Play, user: E.User): boolean {
  return organization.members.some((member) => member.user === user);
}
