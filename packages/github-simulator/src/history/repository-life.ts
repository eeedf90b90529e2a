/** A repository from its creation to its end: what it begins with, what is always going on in it, what happens to it once or twice. */
import type * as E from "../world/entities.ts";
import { createBranch, push } from "../operations/branches-and-commits.ts";
import { addCollaborator, changeCollaborator, removeCollaborator } from "../operations/collaborators.ts";
import { createLabel } from "../operations/labels-and-milestones.ts";
import { archiveRepository, createRepository, deleteRepository, editRepository, renameRepository } from "../operations/repository.ts";
import { addTeamRepository, changeTeamRepository } from "../operations/teams.ts";
import { forking, stargazing, TRAFFIC_DAYS, visits } from "./audience.ts";
import { DAY, HOUR, MINUTE } from "./calendar.ts";
import { changedFiles } from "./changes.ts";
import { directPushes, discussions, issues, nightlyRuns, pullRequests } from "./arrivals.ts";
import { setUpCi } from "./ci.ts";
import { oddsAndEnds, protectDefaultBranch, subscribe } from "./odds-and-ends.ts";
import { alerts } from "./security.ts";
import { releases } from "./releases.ts";
import { enableDiscussions } from "../operations/discussions.ts";
import type { Place } from "./place.ts";
import type { PlacePlan } from "./plan.ts";
import { isClosed, type Play, start, until } from "./play.ts";
import type { Random } from "./random.ts";
import type { Process } from "./schedule.ts";
import { AREA_LABELS } from "./talk.ts";

const LICENSES: readonly (E.License | null)[] = [{ key: "apache-2.0", name: "Apache License 2.0", spdxId: "Apache-2.0" }, { key: "mit", name: "MIT License", spdxId: "MIT" }, { key: "bsd-3-clause", name: 'BSD 3-Clause "New" or "Revised" License', spdxId: "BSD-3-Clause" }, null];
const LANGUAGES = ["Java", "TypeScript", "Python", "Rust", "Go", "Kotlin", "JavaScript", "Shell", "C++", null];
const TOPICS = ["search", "observability", "database", "analytics", "java", "typescript", "cli", "hacktoberfest", "dashboard", "kubernetes"];

export function* repositoryLife(play: Play, plan: PlacePlan): Process {
  const { world } = play;
  const random = play.streams("repository", plan.number);
  const place = create(play, plan, random);
  play.places.push(place);
  yield world.now() + MINUTE;
  furnish(play, place, random);
  setUpCi(play, place, random);
  protectDefaultBranch(play, place, random);
  subscribe(play, place);
  if (plan.number === 0 || random.chance(0.3)) enableDiscussions(world, { repository: place.repository });
  for (const process of [pullRequests, issues, discussions, directPushes, nightlyRuns, releases, alerts, oddsAndEnds, stargazing, forking, collaborators, changes]) start(play, process(play, place), random.between(1, 30) * MINUTE);
  play.schedule.start(Math.max(world.now(), play.options.end - TRAFFIC_DAYS * DAY), visits(play, place));
  if (plan.fate === "lives") return;
  yield plan.endsAt;
  const actor = play.cast.owner(random);
  if (plan.fate === "archived") archiveRepository(world, { actor, repository: place.repository });
  else deleteRepository(world, { actor, repository: place.repository });
}

function create(play: Play, plan: PlacePlan, random: Random): Place {
  const { world, organization, squads, cast, options } = play;
  const squad = squads[plan.number % squads.length];
  if (squad === undefined) throw new Error("No team to look after a repository");
  const actor = cast.owner(random);
  const repository = createRepository(world, {
    actor, owner: organization, name: plan.name, visibility: plan.visibility,
    description: random.chance(0.9) ? `${plan.name.replaceAll("-", " ")} of ${organization.name ?? organization.login}` : null, homepage: random.chance(0.2) ? `https://${organization.login.toLowerCase()}.example/${plan.name}` : null,
    language: random.pick(LANGUAGES), license: random.pickWeighted(LICENSES, (license) => (license?.key === "apache-2.0" ? 8 : 1)) ?? null, topics: random.sample(TOPICS, random.integer(0, 4)),
    defaultBranch: random.chance(0.9) ? "main" : "master", sizeKb: Math.round(random.logNormal(2000, 1.5)), hasPages: random.chance(0.1), hasWiki: random.chance(0.5),
  });
  return {
    plan, repository, squad,
    mergeMethod: random.pickWeighted(["squash", "merge", "rebase"] as const, (method) => ({ squash: 6, merge: 3, rebase: 1 })[method]) ?? "squash",
    forksOnly: random.chance(0.3),
    hasCi: plan.number === 0 || random.chance(0.75), deploys: plan.number === 0 || random.chance(0.2), hasStatuses: plan.number === 0 || random.chance(0.15),
    outsiders: Math.min(0.95, options.ratios.outsiders * random.between(0.4, 1.6)),
  };
}

/** The first commits, labels beyond GitHub's own, the teams' access. */
function furnish({ world, cast, squads }: Play, { repository, squad }: Place, random: Random): void {
  const actor = cast.owner(random);
  const branch = repository.defaultBranch;
  push(world, { actor, repository, branch, commits: [{ message: "Initial commit", files: [{ path: "README.md", status: "added", additions: 24, deletions: 0 }, { path: "LICENSE", status: "added", additions: 201, deletions: 0 }] }] });
  push(world, { actor, repository, branch, commits: ["Import the code", "Add a workflow", "Describe how to build"].map((message) => ({ message, files: changedFiles(random.integer(2, 9), random) })) });
  if (random.chance(0.4)) createBranch(world, { actor, repository, branch: random.pick(["2.x", "1.x", "gh-pages", "develop"]) });
  for (const name of random.sample(AREA_LABELS, random.integer(4, 12))) createLabel(world, { actor, repository, name, color: random.integer(0x10_00_00, 0xff_ff_ff).toString(16), description: random.chance(0.5) ? `About ${name}` : null });
  addTeamRepository(world, { actor, team: squad.team, repository, permission: "push" });
  changeTeamRepository(world, { actor, team: squad.team, repository, permission: random.pick(["maintain", "push", "admin"] as const) });
  const other = random.chance(0.3) ? random.pick(squads) : squad;
  if (other !== squad) addTeamRepository(world, { actor, team: other.team, repository, permission: random.pick(["pull", "triage", "push"] as const) });
}

/** Direct grants, most of them to people from outside. */
function* collaborators(play: Play, place: Place): Process {
  const { world, cast, streams } = play;
  const { repository } = place;
  const random = streams("collaborators", place.plan.number);
  for (;;) {
    const persona = random.chance(0.7) ? cast.outsider(random) : (cast.member(random) ?? cast.outsider(random));
    const { user } = persona;
    const granted = repository.collaborators.some((other) => other.user === user);
    yield* until(play, persona, random.exponential(granted ? 30 * DAY : 200 * DAY) + HOUR, random);
    if (isClosed(repository)) return;
    if (user.deleted) continue;
    const actor = cast.owner(random);
    const now = repository.collaborators.find((other) => other.user === user);
    if (now === undefined) addCollaborator(world, { actor, repository, user, permission: random.pick(["push", "push", "triage", "maintain", "pull"] as const) });
    const [first] = repository.collaborators;
    if (first === undefined) continue;
    const fate = random.next();
    if (fate < 0.15) removeCollaborator(world, { actor, repository, user: first.user });
    else if (fate < 0.3) changeCollaborator(world, { actor, repository, user: first.user, permission: random.pick(["admin", "maintain", "push"] as const) });
  }
}

/** Descriptions and topics change; one in thirty repositories gets another name in a year. */
function* changes(play: Play, { repository, plan }: Place): Process {
  const { world, cast, streams } = play;
  const random = streams("changes", plan.number);
  for (;;) {
    yield world.now() + random.exponential(150 * DAY);
    if (isClosed(repository)) return;
    const actor = cast.owner(random);
    if (random.chance(0.5)) editRepository(world, { actor, repository, topics: random.sample(TOPICS, random.integer(0, 5)) });
    else if (random.chance(0.88)) editRepository(world, { actor, repository, description: `${repository.name.replaceAll("-", " ")}, ${random.pick(["maintained", "stable", "experimental", "for production"])}` });
    else renameRepository(world, { actor, repository, name: `${plan.name}-${random.pick(["ng", "archive", "v2", "project"])}` });
  }
}
