/** Continuous integration: workflow runs with their jobs and checks, failures, reruns; statuses of an older service. */
import type * as E from "../world/entities.ts";
import { createStatus } from "../operations/checks.ts";
import { completeJob, createWorkflow, queueJob, requestWorkflowRun, rerun, startJob } from "../operations/workflows.ts";
import { HOUR, MINUTE } from "./calendar.ts";
import type { Place } from "./place.ts";
import { isClosed, type Part, pause, type Play } from "./play.ts";
import type { Random } from "./random.ts";
import type { Process } from "./schedule.ts";

const WORKFLOWS = [["CI", "ci.yml"], ["Lint", "lint.yml"], ["Release", "release.yml"], ["Integration tests", "integration.yml"], ["CodeQL", "codeql.yml"]] as const;
const JOBS = ["build (21)", "build (17)", "test (ubuntu-latest, 21)", "test (windows-latest, 21)", "lint", "integration", "docs", "coverage", "assemble", "backwards compatibility"];
const STEPS = ["Set up job", "Run actions/checkout@v4", "Set up the tools", "Build and test", "Complete job"];
const SYSTEM_LABELS = [["ubuntu-latest"], ["ubuntu-latest"], ["ubuntu-24.04"], ["windows-latest"], ["macos-14"], ["self-hosted", "linux", "x64"]] as const;
const FAILS = 0.09;

export function setUpCi({ world }: Play, { repository, hasCi }: Place, random: Random): void {
  if (!hasCi) return;
  for (const [name, file] of WORKFLOWS.slice(0, random.integer(1, WORKFLOWS.length))) createWorkflow(world, { repository, name, path: `.github/workflows/${file}` });
}

/** After a push to a pull request, or (null) to the default branch. Not every push changes what a workflow watches. */
export function* continuousIntegration(play: Play, place: Place, pullRequest: E.PullRequest | null, actor: E.User, random: Random): Process {
  const { repository } = place;
  yield* pause(play, random.between(2, 20) * 1000);
  const head = repository.branches.find(({ name }) => name === repository.defaultBranch)?.head;
  if (isClosed(repository) || head === undefined || (pullRequest !== null && pullRequest.state === "closed")) return;
  const what = pullRequest === null ? { branch: repository.defaultBranch, sha: head.sha } : { branch: pullRequest.headRef, sha: pullRequest.headSha };
  if (place.hasStatuses && random.chance(0.6)) yield* reportStatus(play, place, what.sha, random);
  const workflow = random.pickMaybe(repository.workflows.slice(0, 2).filter(({ state }) => state === "active"));
  if (workflow === undefined || isClosed(repository) || !random.chance(Math.min(1, play.options.ratios.runsPerPush))) return;
  const run = requestWorkflowRun(play.world, { actor, workflow, event: pullRequest === null ? "push" : "pull_request", ...what });
  yield* playRun(play, run, actor, random);
}

/** By the clock, on the default branch; GitHub names who last changed the schedule. */
export function* scheduledRun(play: Play, place: Place, random: Random): Process {
  const { repository } = place;
  const workflow = repository.workflows.findLast(({ state }) => state === "active");
  const head = repository.branches.find(({ name }) => name === repository.defaultBranch)?.head;
  const actor = place.squad.people[0]?.user ?? play.cast.owner(random);
  if (workflow === undefined || head === undefined || isClosed(repository)) return;
  yield* playRun(play, requestWorkflowRun(play.world, { actor, workflow, event: "schedule", branch: repository.defaultBranch, sha: head.sha, title: workflow.name }), actor, random);
}

/** One attempt, and a second one where it failed and somebody hopes. */
function* playRun(play: Play, run: E.WorkflowRun, actor: E.User, random: Random): Part {
  yield* attempt(play, run, actor, random);
  if (run.conclusion !== "failure" || !random.chance(0.5)) return;
  yield* pause(play, random.logNormal(25 * MINUTE, 1));
  if (isClosed(run.repository) || actor.deleted) return;
  rerun(play.world, { actor, run });
  yield* attempt(play, run, actor, random);
}

function* attempt({ world, options }: Play, run: E.WorkflowRun, actor: E.User, random: Random): Part {
  const count = 1 + Math.min(9, random.count(options.ratios.jobsPerRun - 1));
  const jobs = JOBS.slice(0, count).map((name) => queueJob(world, { actor, run, name, labels: random.pick(SYSTEM_LABELS), steps: STEPS }));
  yield world.now() + random.logNormal(8000, 1);
  for (const job of jobs) if (!isClosed(run.repository)) startJob(world, { actor, job });
  const fails = random.chance(FAILS);
  for (const [index, job] of jobs.entries()) {
    yield world.now() + (random.logNormal(6 * MINUTE, 0.7) / count) * (index === 0 ? 2 : 1);
    if (isClosed(run.repository)) return;
    completeJob(world, { actor, job, conclusion: fails && index === 0 ? random.pick(["failure", "failure", "failure", "timed_out", "cancelled"] as const) : fails && random.chance(0.2) ? "skipped" : "success" });
  }
}

function* reportStatus({ world, cast }: Play, { repository }: Place, sha: string, random: Random): Part {
  const { user: actor } = cast.legacyCi;
  const context = random.pick(["continuous-integration/jenkins", "DCO", "codecov/patch", "codecov/project"]);
  createStatus(world, { actor, repository, sha, context, state: "pending", description: "Build started", targetUrl: "https://ci.example/job/1" });
  yield world.now() + Math.min(HOUR, random.logNormal(5 * MINUTE, 0.8));
  if (isClosed(repository)) return;
  const state = random.chance(0.88) ? "success" : random.chance(0.8) ? "failure" : "error";
  createStatus(world, { actor, repository, sha, context, state, description: `Build ${state}`, targetUrl: "https://ci.example/job/1" });
}
