/** People come into the organisation, change teams, leave, sometimes return; some delete their account. */
import type * as E from "../world/entities.ts";
import { deleteUser } from "../operations/accounts.ts";
import { addMember, convertToOutsideCollaborator, inviteMember, removeMember } from "../operations/organization.ts";
import { addCollaborator } from "../operations/collaborators.ts";
import { addTeamMember, changeTeamMemberRole, removeTeamMember } from "../operations/teams.ts";
import { DAY, HOUR, YEAR } from "./calendar.ts";
import type { Persona } from "./persona.ts";
import type { Squad } from "./place.ts";
import { isClosed, pause, type Part, type Play, start, until } from "./play.ts";
import type { Random } from "./random.ts";
import type { Process } from "./schedule.ts";

/** Mean stay. Somebody else is hired for who leaves, so that the organisation keeps its size. */
const STAY_MS = 3 * YEAR;

export function* career(play: Play, persona: Persona, founding: boolean): Process {
  const { world, organization, cast } = play;
  const { user } = persona;
  const random = play.streams("career", user.login);
  yield* arrive(play, persona, founding, random);
  const stayMs = Math.max(20 * DAY, random.exponential(STAY_MS));
  if (random.chance(0.4)) {
    yield* pause(play, stayMs / 2);
    changeSquad(play, persona, random);
    yield* pause(play, stayMs / 2);
  } else yield* pause(play, stayMs);
  if (user.deleted || cast.staff.length <= 2 || cast.owners.includes(persona)) return;
  depart(play, persona, random);
  if (random.chance(0.9)) start(play, career(play, cast.person("staff"), false), random.between(10, 90) * DAY);
  if (random.chance(0.1)) {
    yield* pause(play, random.between(100, 500) * DAY);
    if (!user.deleted) yield* career(play, persona, false);
  } else if (random.chance(0.2)) {
    yield* pause(play, random.between(5, 400) * DAY);
    if (!organization.members.some((member) => member.user === user)) deleteUser(world, { user });
  }
}

function* arrive(play: Play, persona: Persona, founding: boolean, random: Random): Part {
  const { world, organization, cast } = play;
  const { user } = persona;
  const actor = cast.owner(random);
  if (!founding) {
    inviteMember(world, { actor, organization, user });
    yield* until(play, persona, random.exponential(DAY) + HOUR / 4, random);
    if (user.deleted) return;
  }
  // GitHub names as the sender of `member_added` who was added.
  addMember(world, { actor: founding ? actor : user, organization, user, isPublic: random.chance(0.6) });
  cast.join(persona);
  const squads = random.sample(play.squads, random.chance(0.25) ? 2 : 1);
  for (const squad of squads) join(play, persona, squad, cast.owner(random), random.chance(0.12));
}

export function join({ world }: Play, persona: Persona, { team, people }: Squad, actor: E.User, leads: boolean): void {
  const { user } = persona;
  if (team.members.some((member) => member.user === user)) return;
  addTeamMember(world, { actor, team, user });
  if (leads) changeTeamMemberRole(world, { team, user, role: "maintainer" });
  people.push(persona);
}

function changeSquad(play: Play, persona: Persona, random: Random): void {
  const { user } = persona;
  const from = play.squads.find(({ team }) => team.members.some((member) => member.user === user));
  const to = random.pickMaybe(play.squads);
  if (from === undefined || to === undefined || from === to) return;
  const actor = play.cast.owner(random);
  removeTeamMember(play.world, { actor, team: from.team, user });
  drop(from.people, persona);
  join(play, persona, to, actor, false);
}

/** Some stay as outside collaborators of what they worked on. */
function depart(play: Play, persona: Persona, random: Random): void {
  const { world, organization, cast } = play;
  const { user } = persona;
  const actor = cast.owner(random);
  const places = play.places.filter(({ squad, repository }) => squad.people.includes(persona) && !isClosed(repository)).slice(0, 2);
  cast.leave(persona);
  for (const { people } of play.squads) drop(people, persona);
  if (places.length === 0 || !random.chance(0.3)) return removeMember(world, { actor, organization, user });
  for (const { repository } of places) if (!repository.collaborators.some((other) => other.user === user)) addCollaborator(world, { actor, repository, user, permission: random.pick(["pull", "triage", "push"] as const) });
  convertToOutsideCollaborator(world, { actor, organization, user });
}

function drop(people: Persona[], persona: Persona): void {
  const index = people.indexOf(persona);
  if (index >= 0) people.splice(index, 1);
}
