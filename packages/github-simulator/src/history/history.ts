/** Puts the history together: the organisation's founding, its people, its repositories; then every story plays by itself. */
import { VirtualClock } from "../clock.ts";
import type * as E from "../world/entities.ts";
import { World } from "../world/world.ts";
import { createUser } from "../operations/accounts.ts";
import { changeMemberRole, createOrganization } from "../operations/organization.ts";
import { createTeam } from "../operations/teams.ts";
import { DAY, HOUR, YEAR } from "./calendar.ts";
import { boards } from "./boards.ts";
import { career } from "./career.ts";
import { Cast } from "./cast.ts";
import { personName } from "./names.ts";
import type { HistoryOptions } from "./options.ts";
import { makePersona } from "./persona.ts";
import { planPlaces } from "./plan.ts";
import { type Play, start } from "./play.ts";
import { makeStreams, type Random } from "./random.ts";
import { repositoryLife } from "./repository-life.ts";
import { type Process, Schedule } from "./schedule.ts";
import { showcase } from "./showcase.ts";

export type History = {
  readonly world: World;
  readonly clock: VirtualClock;
  readonly schedule: Schedule;
  readonly organization: E.Organization;
  /** When the generated past ends; who plays on plays the present. */
  readonly end: E.Millis;
};

/** A world at its beginning, with everything planned; `schedule.runTo(end)` plays it. In steps of any length it comes out the same. */
export function makeHistory(options: HistoryOptions): History {
  const clock = new VirtualClock(options.start);
  const world = new World(clock.now);
  const schedule = new Schedule(clock);
  const streams = makeStreams(options.seed);
  const play = found({ world, options, streams, schedule }, streams("founding"));
  for (const plan of planPlaces(options, streams)) schedule.start(plan.bornAt, repositoryLife(play, plan));
  if (options.richness === "full") start(play, showcase(play));
  return { world, clock, schedule, organization: play.organization, end: options.end };
}

function found({ world, options, streams, schedule }: Pick<Play, "world" | "options" | "streams" | "schedule">, random: Random): Play {
  const { login, name } = personName(0);
  const founder = makePersona(createUser(world, { login: `${login}-0`, name, createdAt: options.start - 5 * YEAR }), random, "staff");
  const organization = createOrganization(world, { login: options.organization, owner: founder.user, name: titleOf(options.organization), description: "Everything here is made up", email: `hello@${options.organization.toLowerCase()}.example` });
  const cast = new Cast(world, streams, organization);
  const play: Play = { world, options, organization, cast, streams, schedule, places: [], squads: [] };
  cast.join(founder);
  cast.owners.push(founder);
  foundTeams(play, founder.user);
  const size = staffSize(options);
  for (let number = 1; number < size; number++) {
    const founding = number < 4 || random.chance(0.4);
    const persona = cast.person("staff");
    const when = founding ? random.between(0.01, 0.5) * DAY : (options.end - options.start) * random.between(0.02, 0.9);
    start(play, career(play, persona, founding), number < 4 ? number * 60_000 : when);
  }
  start(play, addOwner(play), DAY);
  start(play, boards(play), 2 * DAY);
  return play;
}

const PURPOSES = ["core", "storage", "search", "platform", "frontend", "clients", "data", "release", "docs", "observability", "tooling", "performance", "community", "quality", "cloud"];

function foundTeams({ world, options, organization, squads }: Play, actor: E.User): void {
  const count = Math.max(1, Math.round(options.repositories / Math.max(0.2, options.ratios.repositoriesPerTeam)));
  const everybody = createTeam(world, { actor, organization, name: "maintainers", description: "Everybody who looks after something" });
  for (let number = 0; number < count; number++) {
    const purpose = PURPOSES[number % PURPOSES.length] ?? "core";
    const round = Math.floor(number / PURPOSES.length);
    const name = round === 0 ? purpose : `${purpose}-${round + 1}`;
    const team = createTeam(world, { actor, organization, name, description: `Looks after ${purpose}`, privacy: number % 9 === 8 ? "secret" : "closed", parent: number % 3 === 1 ? everybody : null });
    squads.push({ team, people: [] });
  }
}

/** So many that each member has as many pull requests in a year as the ratio says. */
function staffSize({ pullRequests, start: from, end, ratios }: HistoryOptions): number {
  const aYear = (pullRequests * (1 - ratios.outsiders) * (1 - ratios.bots) * YEAR) / Math.max(YEAR / 4, end - from);
  return Math.min(1500, Math.max(4, Math.round(aYear / Math.max(0.1, ratios.pullRequestsPerMemberAndYear))));
}

function* addOwner({ world, organization, cast, streams }: Play): Process {
  yield world.now() + HOUR;
  const persona = cast.member(streams("second owner"), ({ user }) => !cast.owners.some((owner) => owner.user === user));
  if (persona === undefined) return;
  changeMemberRole(world, { organization, user: persona.user, role: "admin" });
  cast.owners.push(persona);
}

const titleOf = (login: string): string => login.split("-").map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join(" ");
