/** Where and by which stream one part of the showcase is played. */
import { DAY } from "./calendar.ts";
import type { Place } from "./place.ts";
import { type Part, pause, type Play } from "./play.ts";
import type { Random } from "./random.ts";

export type Scene = { readonly play: Play; readonly place: Place; readonly random: Random };

/** Some hours go by between two steps; minutes in a short history. */
export function* later({ play, random }: Scene): Part {
  yield* pause(play, random.exponential(Math.min(DAY / 3, (play.options.end - play.options.start) / 300)));
}
