/** A repository as the history sees it: its plan, its people, its habits. */
import type * as E from "../world/entities.ts";
import type { Persona } from "./persona.ts";
import type { PlacePlan } from "./plan.ts";
import type { Play } from "./play.ts";
import type { Random } from "./random.ts";

/** People who work together on some repositories, and their team. */
export type Squad = { readonly team: E.Team; readonly people: Persona[] };

export type Place = {
  readonly plan: PlacePlan;
  readonly repository: E.Repository;
  readonly squad: Squad;
  readonly mergeMethod: "merge" | "squash" | "rebase";
  /** Nobody works from branches of the repository itself: everything comes from forks. */
  readonly forksOnly: boolean;
  readonly hasCi: boolean;
  readonly deploys: boolean;
  readonly hasStatuses: boolean;
  /** Of what outsiders and members have to do here, how much comes from outside. */
  readonly outsiders: number;
};

/** Somebody of the squad, sometimes of another one; rather one who is at work now. */
export function colleague(play: Play, { squad }: Place, random: Random, not?: E.User): Persona | undefined {
  const own = random.chance(0.85) ? play.cast.among(random, squad.people, ({ user }) => user !== not) : undefined;
  return own ?? play.cast.member(random, ({ user }) => user !== not);
}

/** Who writes something here next, from within or without. */
export function somebody(play: Play, place: Place, random: Random): Persona {
  const outside = place.repository.visibility === "public" && random.chance(place.outsiders);
  return (outside ? undefined : colleague(play, place, random)) ?? (place.repository.visibility === "public" ? play.cast.outsider(random) : (play.cast.owners[0] ?? play.cast.actions));
}
