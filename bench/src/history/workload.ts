/** The fixed workload: pull requests of which each has 2 reviews, 3 review comments, 3 comments and 3 commits, and nothing else. */
import { push } from "@octally/github-simulator/operations/branches-and-commits";
import { comment } from "@octally/github-simulator/operations/conversations";
import { openPullRequest } from "@octally/github-simulator/operations/pull-requests";
import { submitReview } from "@octally/github-simulator/operations/reviews";
import { makeSimulator, type Simulator, type SimulatorOptions } from "@octally/github-simulator/simulator";
import { MINUTE } from "@octally/github-simulator/history/calendar";

export type WorkloadSize = { readonly repositories: number; readonly pullRequests: number };

/** What hangs from each. */
export const EACH = { "pull-request": 1, issue: 0, review: 2, "review-comment": 3, "issue-comment": 3, "pull-request-commit": 3 } as const;
/** What Octally needs to hold all of that: to GitHub's lists a pull request is an issue, and the repository holds both. */
export const CORE_KINDS: readonly string[] = ["repository", ...Object.keys(EACH)];

const START_MS = Date.UTC(2024, 0, 1);

/** GitHub's clock is behind the real one afterwards. The pull requests are spread evenly over the repositories. */
export function makeWorkload({ repositories, pullRequests }: WorkloadSize, options: Pick<SimulatorOptions, "latencyMs" | "limitsClock"> = {}): Simulator {
  const simulator = makeSimulator({ ...options, organization: "octo-demo", seed: 1, repositories, pullRequests: 0, richness: "plain", end: START_MS });
  const { world, clock, organization } = simulator;
  const places = [...world.repositories.values()].filter(({ owner, deleted }) => owner === organization && !deleted);
  const [ada, ben] = organization.members.map(({ user }) => user);
  if (ada === undefined || ben === undefined) throw new Error("The organisation is too small.");
  for (let number = 0; number < pullRequests; number += 1) {
    const repository = places[number % places.length];
    if (repository === undefined) throw new Error("The organisation has no repositories.");
    clock.moveTo(clock.now() + MINUTE);
    const path = `src/${number}.ts`;
    const branch = `topic-${number}`;
    push(world, { actor: ben, repository, branch, commits: [1, 2, 3].map((step) => ({ message: `Step ${step} of ${branch}`, files: [{ path, status: "added", additions: 3, deletions: 0 }] })) });
    const pullRequest = openPullRequest(world, { actor: ben, repository, title: `Better by ${number}`, body: `What ${path} does, it does better.`, head: { repository, branch } });
    const onLine = (line: number): { readonly body: string; readonly path: string; readonly line: number } => ({ body: "Why is this so?", path, line });
    submitReview(world, { actor: ada, pullRequest, state: "changes_requested", body: "Not yet", comments: [onLine(1), onLine(2)] });
    submitReview(world, { actor: ada, pullRequest, state: "approved", comments: [onLine(3)] });
    for (const body of ["One", "Two", "Three"]) comment(world, { actor: ben, on: pullRequest, body });
  }
  return simulator;
}
