/** Milestones, release branches, tags, releases with their files, deployments. */
import type * as E from "../world/entities.ts";
import { branchNamed, createBranch, push } from "../operations/branches-and-commits.ts";
import { createDeployment, setDeploymentStatus } from "../operations/deployments.ts";
import { closeMilestone, createMilestone, editMilestone } from "../operations/labels-and-milestones.ts";
import { createRelease, downloadAsset, editRelease, publishRelease, uploadAsset } from "../operations/releases.ts";
import { DAY, HOUR, MINUTE } from "./calendar.ts";
import { colleague, type Place } from "./place.ts";
import { isClosed, mayAct, type Part, pause, type Play, start, until } from "./play.ts";
import type { Random } from "./random.ts";
import type { Process } from "./schedule.ts";

type Version = readonly [major: number, minor: number, patch: number];

export function* releases(play: Play, place: Place): Process {
  const { plan, repository } = place;
  const { world, options } = play;
  const random = play.streams("releases", plan.number);
  let version: Version = [random.integer(0, 3), 0, 0];
  planMilestone(play, place, version, random);
  for (const at of plan.releasesAt) {
    yield at;
    yield* cutRelease(play, place, version, random);
    version = nextVersion(version, random);
    planMilestone(play, place, version, random);
  }
  yield plan.endsAt;
  const perDay = options.ratios.releasesPerRepositoryAndYear / 365;
  if (perDay === 0) return;
  for (;;) {
    if (isClosed(repository)) return;
    yield world.now() + random.exponential(DAY / perDay);
    yield* cutRelease(play, place, version, random);
    version = nextVersion(version, random);
    planMilestone(play, place, version, random);
  }
}

function nextVersion([major, minor, patch]: Version, random: Random): Version {
  const draw = random.next();
  return draw < 0.45 ? [major, minor, patch + 1] : draw < 0.93 ? [major, minor + 1, 0] : [major + 1, 0, 0];
}

const nameOf = (version: Version): string => version.join(".");

function planMilestone(play: Play, place: Place, version: Version, random: Random): void {
  const { repository, plan } = place;
  const { world } = play;
  if (isClosed(repository) || !(plan.number === 0 || random.chance(0.6)) || repository.milestones.some(({ title }) => title === nameOf(version))) return;
  const actor = colleague(play, place, random)?.user ?? play.cast.owner(random);
  const dueOn = random.chance(0.7) ? Math.floor((world.now() + random.between(20, 120) * DAY) / DAY) * DAY + 8 * HOUR : null;
  createMilestone(world, { actor, repository, title: nameOf(version), description: random.chance(0.5) ? "Everything for the next release" : null, dueOn });
}

function* cutRelease(play: Play, place: Place, version: Version, random: Random): Part {
  const { world, cast } = play;
  const { repository } = place;
  const manager = colleague(play, place, random);
  if (manager === undefined) return;
  yield* until(play, manager, 0, random);
  if (!mayAct(play, manager, repository) || branchNamed(repository, repository.defaultBranch) === undefined) return;
  const actor = random.chance(0.25) && place.hasCi ? cast.actions.user : manager.user;
  const [, minor, patch] = version;
  if (patch === 0 && minor === 0 && branchNamed(repository, `${version[0]}.x`) === undefined && version[0] > 0) createBranch(world, { actor: manager.user, repository, branch: `${version[0]}.x` });
  push(world, { actor: manager.user, repository, branch: repository.defaultBranch, commits: [{ message: `Release ${nameOf(version)}`, files: [{ path: "CHANGELOG.md", status: "modified", additions: 12, deletions: 1 }] }] });
  yield* pause(play, random.between(3, 40) * MINUTE);
  if (isClosed(repository)) return;
  const made = yield* publish(play, place, actor, nameOf(version), random);
  if (isClosed(repository)) return;
  start(play, downloads(play, made, random.fork()), DAY);
  const milestone = repository.milestones.find(({ title, state }) => title === nameOf(version) && state === "open");
  if (milestone !== undefined && random.chance(0.2)) editMilestone(world, { actor: manager.user, milestone, description: "Released" });
  if (milestone !== undefined) closeMilestone(world, { actor: manager.user, milestone });
}

function* publish(play: Play, { repository, deploys }: Place, actor: E.User, version: string, random: Random): Part<E.Release> {
  const { world } = play;
  const prerelease = random.chance(0.12);
  const draft = random.chance(0.25);
  const made = createRelease(world, { actor, repository, tagName: `v${version}${prerelease ? "-rc.1" : ""}`, name: random.chance(0.8) ? `Version ${version}` : null, body: "## What's changed\n\n* Fixes and improvements, see the change log", draft, prerelease });
  for (const kind of random.sample(["tar.gz", "zip", "deb", "rpm", "sha256"], random.integer(0, 4))) uploadAsset(world, { actor, release: made, name: `${repository.name}-${version}.${kind}`, sizeBytes: Math.round(random.logNormal(4_000_000, 1.4)), contentType: kind === "zip" ? "application/zip" : "application/octet-stream" });
  if (draft) {
    yield* pause(play, random.exponential(6 * HOUR));
    if (isClosed(repository)) return made;
    publishRelease(world, { actor, release: made });
  }
  if (random.chance(0.15)) editRelease(world, { actor, release: made, body: `${made.body ?? ""}\n* One was forgotten` });
  if (prerelease && random.chance(0.3)) editRelease(world, { actor, release: made, prerelease: false });
  if (deploys) start(play, deploy(play, repository, actor, `v${version}`, random.fork()), 5 * MINUTE);
  return made;
}

/** To staging, then to production; one in eight fails. */
export function* deploy({ world }: Play, repository: E.Repository, actor: E.User, ref: string, random: Random): Process {
  for (const environment of ["staging", "production"]) {
    const head = branchNamed(repository, repository.defaultBranch)?.head;
    if (isClosed(repository) || head === undefined) return;
    const deployment = createDeployment(world, { actor, repository, sha: head.sha, ref, environment, description: `Deploy ${ref}` });
    for (const state of ["queued", "in_progress", random.chance(0.88) ? "success" : random.chance(0.8) ? "failure" : "error"] as const) {
      yield world.now() + random.logNormal(90_000, 0.8);
      if (isClosed(repository)) return;
      setDeploymentStatus(world, { actor, deployment, state, description: `Deployment ${state.replace("_", " ")}`, environmentUrl: `https://${environment}.example`, logUrl: "https://ci.example/log" });
      if (state === "failure" || state === "error") return;
    }
    yield world.now() + random.logNormal(2 * HOUR, 1);
  }
}

/** Many in the first days, then fewer; no webhook tells of them. */
function* downloads({ world }: Play, release: E.Release, random: Random): Process {
  for (let round = 1; round <= 6; round++) {
    for (const asset of release.assets) downloadAsset(world, { asset, times: Math.round(random.logNormal(60 / round, 1)) });
    yield world.now() + round * 5 * DAY;
    if (isClosed(release.repository)) return;
  }
}
