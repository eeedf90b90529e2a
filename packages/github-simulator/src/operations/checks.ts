/** Check suites, check runs and statuses: what apps say about a commit. */
import { NONE } from "../world/entities.ts";
import type * as E from "../world/entities.ts";
import type { World } from "../world/world.ts";
import { freshId } from "./first-ids.ts";
import { pullRequestsFrom } from "./pull-request-head.ts";
import { touch } from "./touch.ts";

type By = { readonly actor: E.User };
type Pushed = By & { readonly repository: E.Repository; readonly branch: string; readonly sha: string };

/** One for each app that checks pushes. */
export function requestCheckSuites(world: World, { actor, repository, branch, sha }: Pushed): void {
  for (const app of world.apps.values()) {
    if (app.checksPushes !== true) continue;
    const suite = createCheckSuite(world, { repository, app, branch, sha });
    world.emit({ at: world.now(), actor, event: "check_suite", action: "requested", repository, suite });
  }
}

/** Without telling anybody. The pull request is the open one from that branch of the same repository; of forks GitHub tells none. */
export function createCheckSuite(world: World, { repository, app, branch, sha }: Omit<Pushed, "actor"> & { readonly app: E.App }): E.CheckSuite {
  const now = world.now();
  const pullRequest = pullRequestsFrom(world, { repository, name: branch }).findLast((from) => from.state === "open" && from.repository === repository) ?? null;
  const suite: E.CheckSuite = { id: freshId(world, "checkSuite"), repository, app, headBranch: branch, headSha: sha, pullRequest, status: "queued", conclusion: null, checkRuns: NONE, formerRuns: NONE, createdAt: now, updatedAt: now };
  world.journal.push(repository, "checkSuites", suite);
  world.register("CheckSuite", suite.id, suite);
  return suite;
}

export function createCheckRun(world: World, { actor, suite, name, status = "queued" }: By & { readonly suite: E.CheckSuite; readonly name: string; readonly status?: "queued" | "in_progress" }): E.CheckRun {
  const run: E.CheckRun = { id: freshId(world, "checkRun"), suite, name, status, conclusion: null, startedAt: world.now(), completedAt: null, outputTitle: null, outputSummary: null, annotations: 0 };
  world.journal.push(suite, "checkRuns", run);
  world.register("CheckRun", run.id, run);
  if (suite.status === "completed") world.journal.assign<E.CheckSuite>(suite, { status: "queued", conclusion: null });
  touch(world, suite);
  world.emit({ at: world.now(), actor, event: "check_run", action: "created", repository: suite.repository, run });
  return run;
}

/** No webhook tells of it. */
export function startCheckRun(world: World, { run }: { readonly run: E.CheckRun }): void {
  world.journal.assign<E.CheckRun>(run, { status: "in_progress", startedAt: world.now() });
  if (run.suite.status === "queued") world.journal.set(run.suite, "status", "in_progress");
  touch(world, run.suite);
}

type Outcome = By & { readonly run: E.CheckRun; readonly conclusion: E.Conclusion; readonly title?: string; readonly summary?: string; readonly annotations?: number };

/** The last one to complete completes its suite. */
export function completeCheckRun(world: World, { actor, run, conclusion, title, summary, annotations = 0 }: Outcome): void {
  const { suite } = run;
  finishRun(world, { run, conclusion, title: title ?? null, summary: summary ?? null, annotations });
  world.emit({ at: world.now(), actor, event: "check_run", action: "completed", repository: suite.repository, run });
  if (suite.checkRuns.every(({ status }) => status === "completed")) completeCheckSuite(world, { actor, suite });
}

export function finishRun(world: World, { run, conclusion, title = null, summary = null, annotations = 0 }: { readonly run: E.CheckRun; readonly conclusion: E.Conclusion; readonly title?: string | null; readonly summary?: string | null; readonly annotations?: number }): void {
  world.journal.assign<E.CheckRun>(run, { status: "completed", conclusion, completedAt: world.now(), outputTitle: title, outputSummary: summary, annotations });
  touch(world, run.suite);
}

const WORST_FIRST: readonly E.Conclusion[] = ["failure", "timed_out", "action_required", "cancelled", "success", "neutral", "skipped"];

/** Its conclusion is the worst of its runs'. */
export function completeCheckSuite(world: World, { actor, suite }: By & { readonly suite: E.CheckSuite }): E.Conclusion {
  const conclusion = WORST_FIRST.find((worst) => suite.checkRuns.some((run) => run.conclusion === worst)) ?? "success";
  world.journal.assign<E.CheckSuite>(suite, { status: "completed", conclusion });
  touch(world, suite);
  world.emit({ at: world.now(), actor, event: "check_suite", action: "completed", repository: suite.repository, suite });
  return conclusion;
}

/** Asked for on the page: the app is to run it again. */
export function rerequestCheckSuite(world: World, { actor, suite }: By & { readonly suite: E.CheckSuite }): void {
  world.journal.assign<E.CheckSuite>(suite, { status: "queued", conclusion: null });
  touch(world, suite);
  world.emit({ at: world.now(), actor, event: "check_suite", action: "rerequested", repository: suite.repository, suite });
}

export function rerequestCheckRun(world: World, { actor, run }: By & { readonly run: E.CheckRun }): void {
  world.emit({ at: world.now(), actor, event: "check_run", action: "rerequested", repository: run.suite.repository, run });
}

/** A button that the app put beside its check. */
export function requestCheckRunAction(world: World, { actor, run }: By & { readonly run: E.CheckRun }): void {
  world.emit({ at: world.now(), actor, event: "check_run", action: "requested_action", repository: run.suite.repository, run });
}

type NewStatus = By & Pick<E.Status, "repository" | "sha" | "context" | "state"> & Partial<Pick<E.Status, "description" | "targetUrl">>;

/** Statuses are never changed: a later one of the same context counts. */
export function createStatus(world: World, { actor, repository, sha, context, state, description = null, targetUrl = null }: NewStatus): E.Status {
  const branches = repository.branches.filter(({ head }) => head.sha === sha).map(({ name }) => name).slice(0, 10);
  const status: E.Status = { id: freshId(world, "status"), repository, sha, context, state, description, targetUrl, creator: actor, createdAt: world.now(), branches };
  world.journal.push(repository, "statuses", status);
  world.register("StatusContext", status.id, status);
  world.emit({ at: world.now(), actor, event: "status", action: null, repository, status });
  return status;
}
