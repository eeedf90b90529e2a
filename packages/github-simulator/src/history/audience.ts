/** Those who look on: stars in bursts, watchers, forks; and what GitHub counts of visits. */
import type * as E from "../world/entities.ts";
import { fork, star, unstar, unwatch, watch } from "../operations/stars-forks-watchers.ts";
import { recordTraffic } from "../operations/repository.ts";
import { DAY, HOUR, isWeekend, MINUTE } from "./calendar.ts";
import type { Place } from "./place.ts";
import { isClosed, type Play } from "./play.ts";
import type { Random } from "./random.ts";
import type { Process } from "./schedule.ts";

/** GitHub shows fourteen days; older ones are not made. */
export const TRAFFIC_DAYS = 16;

export function* stargazing(play: Play, place: Place): Process {
  const { world, options, cast, streams } = play;
  const { repository, plan } = place;
  const random = streams("stars", plan.number);
  const expected = plan.pullRequestsAt.length * options.ratios.starsPerPullRequest * random.logNormal(0.6, 0.9);
  const lifeMs = plan.endsAt - plan.bornAt;
  if (expected < 0.01) return;
  // A person stars some repositories of the organisation, not all: each begins elsewhere in the audience.
  const audience = Math.max(40, Math.round(options.pullRequests * options.ratios.starsPerPullRequest * 0.8));
  const first = random.integer(0, audience - 1);
  let burst = 0;
  for (let index = 0; ; index++) {
    if (burst === 0 && random.chance(0.01)) burst = random.integer(10, 60);
    burst = Math.max(0, burst - 1);
    yield world.now() + random.exponential((lifeMs / expected) * (burst > 0 ? 0.04 : 1.3));
    if (isClosed(repository)) return;
    if (repository.visibility !== "public") continue;
    const actor = cast.onlooker((first + index) % audience);
    if (actor.deleted) continue;
    star(world, { actor, repository });
    if (random.chance(0.12)) watch(world, { actor, repository });
    if (random.chance(0.04)) takeBack(play, place, random);
  }
}

function takeBack({ world }: Play, { repository }: Place, random: Random): void {
  const { user: actor } = random.pick(repository.stars);
  unstar(world, { actor, repository });
  if (random.chance(0.3)) unwatch(world, { actor, repository });
}

export function* forking(play: Play, place: Place): Process {
  const { world, options, cast, streams } = play;
  const { repository, plan } = place;
  const random = streams("forks", plan.number);
  const expected = plan.pullRequestsAt.length * options.ratios.forksPerPullRequest;
  if (expected < 0.01) return;
  for (;;) {
    yield world.now() + random.exponential((plan.endsAt - plan.bornAt) / expected);
    if (isClosed(repository)) return;
    const actor = cast.onlooker(random.integer(0, Math.max(40, options.pullRequests)));
    if (repository.visibility === "public" && !actor.deleted) forkOf(play, repository, actor);
  }
}

/** The fork that somebody has of it, made if there is none; GitHub adds a number where they have another repository of that name. */
export function forkOf({ world }: Play, repository: E.Repository, actor: E.User): E.Repository {
  const existing = repository.forks.find(({ owner, deleted }) => owner === actor && !deleted);
  if (existing !== undefined) return existing;
  let name = repository.name;
  for (let number = 1; world.repositoriesByName.has(`${actor.login}/${name}`.toLowerCase()); number++) name = `${repository.name}-${number}`;
  return fork(world, { actor, repository, name });
}

const REFERRERS = ["Google", "github.com", "stackoverflow.com", "news.ycombinator.com", "Bing", "DuckDuckGo", "reddit.com", "opensearch.example.org", "t.co", "linkedin.com", "dev.to", "lobste.rs"];
const PATHS = ["", "/issues", "/pulls", "/releases", "/blob/main/README.md", "/tree/main/src", "/wiki", "/actions", "/discussions", "/graphs/contributors", "/blob/main/docs/setup.md"];

export function* visits(play: Play, { repository, plan }: Place): Process {
  const { world, options, streams } = play;
  const random = streams("traffic", plan.number);
  const audience = 3 + (plan.pullRequestsAt.length * options.ratios.starsPerPullRequest) / 20;
  for (;;) {
    // GitHub counts a day when it is over.
    const day = Math.floor(Math.max(world.now(), options.end - TRAFFIC_DAYS * DAY, plan.bornAt) / DAY) * DAY;
    yield day + DAY + random.between(20, 50) * MINUTE + HOUR;
    if (isClosed(repository)) return;
    const visitors = Math.round(random.logNormal(audience, 0.4) * (isWeekend(day) ? 0.4 : 1));
    const share = (weight: number): { readonly count: number; readonly uniques: number } => {
      const uniques = Math.round(visitors * weight);
      return { uniques, count: Math.round(uniques * random.between(1.2, 3)) };
    };
    const shares = (index: number): { readonly count: number; readonly uniques: number } => share((0.4 / (index + 1)) * random.between(0.7, 1));
    const cloners = Math.round(visitors * random.between(0.1, 0.4));
    recordTraffic(world, {
      repository,
      day: {
        day, uniqueVisitors: visitors, views: Math.round(visitors * random.between(1.5, 4)), uniqueCloners: cloners, clones: Math.round(cloners * random.between(1, 6)),
        referrers: REFERRERS.map((name, index) => ({ name, ...shares(index) })).filter(({ uniques }) => uniques > 0),
        paths: PATHS.map((path, index) => ({ path: `/${nameOf(repository)}${path}`, title: titleOf(repository, path), ...shares(index) })).filter(({ uniques }) => uniques > 0),
      },
    });
  }
}

const nameOf = ({ owner, name }: E.Repository): string => `${owner.login}/${name}`;
const titleOf = (repository: E.Repository, path: string): string => (path === "" ? `${nameOf(repository)}: ${repository.description ?? repository.name}` : `${path.slice(path.lastIndexOf("/") + 1)} · ${nameOf(repository)}`);
