/** Check suites and runs, commit statuses, and all of a commit in one: the rollup. */
import type * as E from "../../world/entities.ts";
import { connection, Connection, checkBounds, emptyConnection, type Listing, type PageArgs } from "../connection.ts";
import type { Context } from "../context.ts";
import { globalId, madeUpId } from "../global-ids.ts";
import { ListIndex } from "../list-index.ts";
import { account, constants, dateTime, enumName, type Fields, maybeDateTime, maybeEnumName, userOnly } from "../resolver.ts";
import { commitPath, repositoryPath } from "../urls.ts";
import { CommitStatus, Rollup } from "../views.ts";

const suitesOfCommit = new ListIndex<E.CheckSuite, string>(({ headSha }) => headSha);
const statusesOfCommit = new ListIndex<E.Status, string>(({ sha }) => sha);
const runsOfSuite = new ListIndex<E.WorkflowRun, E.CheckSuite>(({ checkSuite: suite }) => suite);

export function checkSuitesOf({ repository, sha }: E.Commit): readonly E.CheckSuite[] {
  return suitesOfCommit.all(repository.checkSuites, sha);
}

/** The latest of each context, in the order of their contexts. */
export function statusesOf({ repository, sha }: E.Commit): readonly E.Status[] {
  const byContext = new Map<string, E.Status>();
  for (const status of statusesOfCommit.all(repository.statuses, sha)) byContext.set(status.context, status);
  return [...byContext.values()].toSorted((a, b) => (a.context < b.context ? -1 : 1));
}

export function rollupOf(context: Context, commit: E.Commit | null): Rollup | null {
  if (commit === null || isOrphaned(commit)) return null;
  context.mustRead(commit.repository, "checks");
  context.mustRead(commit.repository, "statuses");
  const runs = checkSuitesOf(commit).flatMap(({ checkRuns }) => checkRuns);
  const statuses = statusesOf(commit);
  return runs.length + statuses.length === 0 ? null : new Rollup(commit, runs, statuses);
}

/** A fork's copy of it has no checks of its own, and those that its repository had went with that. */
function isOrphaned({ repository }: E.Commit): boolean {
  return repository.deleted;
}

export function statusOf(context: Context, commit: E.Commit): CommitStatus | null {
  if (isOrphaned(commit)) return null;
  context.mustRead(commit.repository, "statuses");
  const statuses = statusesOf(commit);
  return statuses.length === 0 ? null : new CommitStatus(commit, statuses);
}

function worst(states: readonly string[]): string {
  for (const state of ["ERROR", "FAILURE", "EXPECTED", "PENDING"]) if (states.includes(state)) return state;
  return "SUCCESS";
}

function stateOfRun({ status, conclusion }: E.CheckRun): string {
  if (status !== "completed" || conclusion === null) return "PENDING";
  return conclusion === "success" || conclusion === "neutral" || conclusion === "skipped" ? "SUCCESS" : "FAILURE";
}

type RollupItem = E.CheckRun | E.Status;

class RollupConnection extends Connection<RollupItem> {
  readonly #runs: readonly E.CheckRun[];
  readonly #statuses: readonly E.Status[];

  constructor(runs: readonly E.CheckRun[], statuses: readonly E.Status[], args: PageArgs, context: Context) {
    const listing: Listing<RollupItem> = { items: [...runs, ...statuses], id: (item) => item.id };
    super(listing, args, context);
    this.#runs = runs;
    this.#statuses = statuses;
  }

  get checkRunCount(): number {
    return this.#runs.length;
  }

  get statusContextCount(): number {
    return this.#statuses.length;
  }

  get checkRunCountsByState(): readonly object[] {
    return counts(this.#runs.map(({ status, conclusion }) => enumName(status === "completed" && conclusion !== null ? conclusion : status)));
  }

  get statusContextCountsByState(): readonly object[] {
    return counts(this.#statuses.map(({ state }) => enumName(state)));
  }
}

function counts(states: readonly string[]): readonly object[] {
  return [...new Set(states)].map((state) => ({ state, count: states.filter((other) => other === state).length }));
}

export const rollup: Fields<Rollup> = {
  id: ({ commit }) => madeUpId("SCR", commit.repository.id, commit.sha),
  commit: ({ commit }) => commit,
  state: ({ checkRuns, statuses }) => worst([...checkRuns.map(stateOfRun), ...statuses.map(({ state }) => enumName(state))]),
  contexts: ({ checkRuns, statuses }, args: PageArgs, context, info) => {
    checkBounds(args, info);
    context.spend(5);
    return new RollupConnection(checkRuns, statuses, args, context);
  },
};

export const commitStatus: Fields<CommitStatus> = {
  id: ({ commit }) => madeUpId("STA", commit.repository.id, commit.sha),
  commit: ({ commit }) => commit,
  state: ({ statuses }) => worst(statuses.map(({ state }) => enumName(state))),
  contexts: ({ statuses }) => statuses,
  context: ({ statuses }, { name }) => statuses.find(({ context }) => context === name) ?? null,
  combinedContexts: (source, args: PageArgs, context, info) => {
    checkBounds(args, info);
    context.spend(5);
    return new RollupConnection(checkSuitesOf(source.commit).flatMap(({ checkRuns }) => checkRuns), source.statuses, args, context);
  },
};

export const statusContext: Fields<E.Status> = {
  id: ({ id, repository, createdAt }, _, context) => globalId(context, "StatusContext", repository.id, id, createdAt),
  avatarUrl: ({ creator }, { size }: { readonly size?: number | null }, { urls }) => urls.avatar(creator, size),
  commit: ({ sha }, _, { world }) => world.commits.get(sha) ?? null,
  context: ({ context }) => context,
  createdAt: ({ createdAt }) => dateTime(createdAt),
  creator: ({ creator }) => account(creator),
  description: ({ description }) => description,
  isRequired: () => false,
  state: ({ state }) => enumName(state),
  targetUrl: ({ targetUrl }) => targetUrl,
};

type SuiteFilter = { readonly filterBy?: { readonly appId?: number | null; readonly checkName?: string | null } | null };
type RunFilter = { readonly filterBy?: { readonly checkType?: "ALL" | "LATEST" | null; readonly checkName?: string | null; readonly appId?: number | null; readonly status?: string | null; readonly statuses?: readonly string[] | null; readonly conclusions?: readonly string[] | null } | null };

export function checkSuites(commit: E.Commit, args: PageArgs & SuiteFilter, context: Context, info: Parameters<typeof connection>[3]): unknown {
  if (isOrphaned(commit)) return connection({ items: [], id: ({ id }: E.CheckSuite) => id }, args, context, info);
  context.mustRead(commit.repository, "checks");
  const { appId, checkName } = args.filterBy ?? {};
  const filter = (suite: E.CheckSuite): boolean => (appId === undefined || appId === null || suite.app.id === appId) && (checkName === undefined || checkName === null || suite.checkRuns.some(({ name }) => name === checkName));
  return connection({ items: checkSuitesOf(commit), filter, id: ({ id }) => id }, args, context, info);
}

function suitePath({ id, repository, headSha }: E.CheckSuite): string {
  return `${commitPath(repository, headSha)}/checks?check_suite_id=${id}`;
}

export const checkSuite: Fields<E.CheckSuite> = {
  id: ({ id, repository, createdAt }, _, context) => globalId(context, "CheckSuite", repository.id, id, createdAt),
  databaseId: ({ id }) => id,
  app: ({ app }) => app,
  branch: ({ repository, headBranch }) => repository.branches.find(({ name }) => name === headBranch) ?? null,
  commit: ({ headSha }, _, { world }) => world.commits.get(headSha) ?? null,
  status: ({ status }) => enumName(status),
  conclusion: ({ conclusion }) => maybeEnumName(conclusion),
  createdAt: ({ createdAt }) => dateTime(createdAt),
  updatedAt: ({ updatedAt }) => dateTime(updatedAt),
  creator: (source) => userOnly(workflowRunOf(source)?.actor ?? null),
  repository: ({ repository }) => repository,
  workflowRun: (source, _, context) => {
    const run = workflowRunOf(source);
    if (run !== undefined) context.mustRead(source.repository, "actions");
    return run ?? null;
  },
  checkRuns: ({ checkRuns, formerRuns, repository }, args: PageArgs & RunFilter, context, info) => {
    context.mustRead(repository, "checks");
    const { checkType, checkName, status, statuses, conclusions, appId } = args.filterBy ?? {};
    const wanted = statuses ?? (status === undefined || status === null ? undefined : [status]);
    const filter = (run: E.CheckRun): boolean =>
      (checkName === undefined || checkName === null || run.name === checkName) && (wanted === undefined || wanted.includes(enumName(run.status))) && (appId === undefined || appId === null || run.suite.app.id === appId) &&
      (conclusions === undefined || conclusions === null || (run.conclusion !== null && conclusions.includes(enumName(run.conclusion))));
    return connection({ items: checkType === "ALL" ? [...formerRuns, ...checkRuns] : checkRuns, filter, id: ({ id }) => id }, args, context, info);
  },
  matchingPullRequests: ({ pullRequest }, args: PageArgs, context, info) => connection({ items: pullRequest === null ? [] : [pullRequest], id: ({ id }) => id }, args, context, info),
  push: () => null,
  resourcePath: (source) => suitePath(source),
  url: (source, _, { urls }) => urls.url(suitePath(source)),
};

function workflowRunOf(suite: E.CheckSuite): E.WorkflowRun | undefined {
  return runsOfSuite.one(suite.repository.workflowRuns, suite);
}

/** As REST has it; GitHub leads on from there to the job, where it is one. */
function checkRunPath({ id, suite: { repository } }: E.CheckRun): string {
  return `${repositoryPath(repository)}/runs/${id}`;
}

function jobOf(workflow: E.WorkflowRun, run: E.CheckRun): E.WorkflowJob | undefined {
  return [...workflow.jobs, ...workflow.formerJobs].find(({ checkRun: of }) => of === run);
}

export const checkRun: Fields<E.CheckRun> = {
  id: ({ id, suite, startedAt }, _, context) => globalId(context, "CheckRun", suite.repository.id, id, startedAt),
  databaseId: ({ id }) => id,
  name: ({ name }) => name,
  status: ({ status }) => enumName(status),
  conclusion: ({ conclusion }) => maybeEnumName(conclusion),
  startedAt: ({ startedAt }) => dateTime(startedAt),
  completedAt: ({ completedAt }) => maybeDateTime(completedAt),
  title: ({ outputTitle }) => outputTitle,
  summary: ({ outputSummary }) => outputSummary,
  ...constants(null, "text", "externalId", "deployment", "pendingDeploymentRequest"),
  checkSuite: ({ suite }) => suite,
  repository: ({ suite }) => suite.repository,
  isRequired: () => false,
  annotations: emptyConnection,
  steps: (source, args: PageArgs & { readonly number?: number | null }, context, info) => {
    const workflow = workflowRunOf(source.suite);
    const steps = workflow === undefined ? [] : (jobOf(workflow, source)?.steps ?? []);
    return connection({ items: steps, filter: ({ number }) => args.number === undefined || args.number === null || number === args.number, id: ({ number }) => number }, args, context, info);
  },
  detailsUrl: ({ id, suite: { app } }) => `https://${app.slug}.example.com/runs/${id}`,
  permalink: (source, _, { urls }) => urls.url(checkRunPath(source)),
  resourcePath: (source) => checkRunPath(source),
  url: (source, _, { urls }) => urls.url(checkRunPath(source)),
};

export const checkStep: Fields<E.JobStep> = {
  name: ({ name }) => name,
  number: ({ number }) => number,
  status: ({ status }) => enumName(status),
  conclusion: ({ conclusion }) => maybeEnumName(conclusion),
  startedAt: ({ startedAt }) => maybeDateTime(startedAt),
  completedAt: ({ completedAt }) => maybeDateTime(completedAt),
  externalId: () => null,
  secondsToCompletion: ({ startedAt, completedAt }) => (startedAt === null || completedAt === null ? null : Math.round((completedAt - startedAt) / 1000)),
};
