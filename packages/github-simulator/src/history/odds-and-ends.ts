/** What comes up in a repository now and then beside the work: comments on commits, wiki, pages, packages, keys, protection. */
import type * as E from "../world/entities.ts";
import { addDeployKey, buildPages, commentOnCommit, deleteDeployKey, editProtection, editWiki, protectBranch, publishPackage, updatePackage } from "../operations/rare.ts";
import { watch } from "../operations/stars-forks-watchers.ts";
import { DAY } from "./calendar.ts";
import { colleague, type Place, somebody } from "./place.ts";
import { isClosed, type Play, until } from "./play.ts";
import type { Random } from "./random.ts";
import type { Process } from "./schedule.ts";
import { comment, file } from "./texts.ts";

export function protectDefaultBranch({ world, cast }: Play, { repository, plan }: Place, random: Random): void {
  if (plan.number !== 0 && !random.chance(0.5)) return;
  const actor = cast.owner(random);
  const rule = protectBranch(world, { actor, repository, name: repository.defaultBranch, requiredApprovals: 1 });
  if (random.chance(0.3)) editProtection(world, { actor, rule, requiredApprovals: 2 });
}

/** Those who work there watch it. */
export function subscribe({ world }: Play, { repository, squad }: Place): void {
  for (const { user } of squad.people) watch(world, { actor: user, repository });
}

export function* oddsAndEnds(play: Play, place: Place): Process {
  const { world, options } = play;
  const { repository, plan } = place;
  const random = play.streams("odds and ends", plan.number);
  const perDay = 0.002 + (plan.pullRequestsAt.length * 0.03) / Math.max(1, (options.end - options.start) / DAY);
  const versions: string[] = [];
  for (;;) {
    yield world.now() + random.exponential(DAY / perDay);
    const persona = random.chance(0.5) ? somebody(play, place, random) : colleague(play, place, random);
    if (persona === undefined) continue;
    yield* until(play, persona, 0, random);
    if (isClosed(repository)) return;
    const member = colleague(play, place, random)?.user;
    if (!persona.user.deleted && random.chance(0.5)) remark(play, repository, persona.user, random);
    else if (member !== undefined) byMember(play, repository, member, versions, random);
  }
}

function remark({ world }: Play, repository: E.Repository, actor: E.User, random: Random): void {
  const commit = random.pickMaybe(repository.commits.slice(-20));
  if (commit === undefined) return;
  const onLine = random.chance(0.3);
  commentOnCommit(world, { actor, repository, sha: commit.sha, body: comment(random), path: onLine ? file(random) : null, line: onLine ? random.integer(1, 90) : null });
}

function byMember({ world }: Play, repository: E.Repository, actor: E.User, versions: string[], random: Random): void {
  const draw = random.next();
  if (draw < 0.3 && repository.hasWiki) editWiki(world, { actor, repository, pages: [{ title: random.pick(["Home", "Release process", "Architecture"]), action: random.pick(["created", "edited"] as const) }] });
  else if (draw < 0.55 && repository.hasPages) buildPages(world, { actor, repository });
  else if (draw < 0.75) {
    versions.push(`1.${versions.length}.0`);
    const version = publishPackage(world, { actor, repository, name: repository.name, version: versions.at(-1) ?? "1.0.0" });
    if (random.chance(0.2)) updatePackage(world, { actor, repository, version });
  } else if (draw < 0.9) addDeployKey(world, { actor, repository, title: `deploy-${repository.deployKeys.length + 1}`, key: `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${random.integer(1e8, 1e9)}`, readOnly: random.chance(0.7) });
  else {
    const [key] = repository.deployKeys;
    if (key !== undefined) deleteDeployKey(world, { actor, repository, key });
  }
}
