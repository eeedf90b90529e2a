/** What comes up in a repository: pull requests exactly as planned, everything else at its rate. */
import { push } from "../operations/branches-and-commits.ts";
import { scheduledRun } from "./ci.ts";
import { HOUR } from "./calendar.ts";
import { draftCommits } from "./changes.ts";
import { discussionLife } from "./discussion.ts";
import { issueLife } from "./issue.ts";
import { colleague, type Place } from "./place.ts";
import { isClosed, mayAct, type Play, start, until } from "./play.ts";
import { pullRequestLife } from "./pull-request.ts";
import type { Process } from "./schedule.ts";
import { pullRequestTitle } from "./texts.ts";

export function* pullRequests(play: Play, place: Place): Process {
  const { world, streams } = play;
  const { plan, repository } = place;
  let number = 0;
  for (const at of plan.pullRequestsAt) {
    yield at;
    start(play, pullRequestLife(play, place, number++, plan.endsAt - 1000));
  }
  if (plan.paceAfter === 0) return;
  yield plan.endsAt;
  const random = streams("pull requests after", plan.number);
  for (;;) {
    yield world.now() + random.exponential(1 / plan.paceAfter);
    if (isClosed(repository)) return;
    start(play, pullRequestLife(play, place, number++, Number.POSITIVE_INFINITY));
  }
}

/** The rates follow the pull requests: where these are few, everything is rare. */
export function* atRate(play: Play, place: Place, name: string, perPullRequest: number, happen: (number: number) => void): Process {
  const { plan, repository } = place;
  const random = play.streams(name, plan.number);
  const expected = plan.pullRequestsAt.length * perPullRequest;
  if (expected === 0) return;
  for (let number = 0; ; number++) {
    yield play.world.now() + random.exponential((plan.endsAt - plan.bornAt) / expected);
    if (isClosed(repository)) return;
    happen(number);
  }
}

export function issues(play: Play, place: Place): Process {
  return atRate(play, place, "issues", play.options.ratios.issuesPerPullRequest, (number) => start(play, issueLife(play, place, number)));
}

export function discussions(play: Play, place: Place): Process {
  return atRate(play, place, "discussions", play.options.ratios.discussionsPerPullRequest * 3, (number) => start(play, discussionLife(play, place, number)));
}

/** Runs by the clock: on Actions most repositories have some, of which most say nothing new. */
export function nightlyRuns(play: Play, place: Place): Process {
  return atRate(play, place, "nightly runs", 0.04, (number) => start(play, scheduledRun(play, place, play.streams(`nightly run of ${place.plan.number}`, number))));
}

export function directPushes(play: Play, place: Place): Process {
  return atRate(play, place, "direct pushes", play.options.ratios.directPushes, (number) => start(play, directPush(play, place, number)));
}

function* directPush(play: Play, place: Place, number: number): Process {
  const { repository } = place;
  const random = play.streams(`direct push to ${place.plan.number}`, number);
  const persona = colleague(play, place, random);
  if (persona === undefined) return;
  yield* until(play, persona, random.exponential(HOUR), random);
  if (!mayAct(play, persona, repository)) return;
  push(play.world, { actor: persona.user, repository, branch: repository.defaultBranch, commits: draftCommits(pullRequestTitle(random), 1 + random.count(0.3), random.integer(1, 3), random) });
}
