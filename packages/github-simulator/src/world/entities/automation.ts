/** Workflows, checks, statuses, deployments. */
import type { App, User } from "./accounts.ts";
import type { Millis } from "./basics.ts";
import type { PullRequest } from "./conversation.ts";
import type { Repository } from "./repository.ts";

export type Workflow = { readonly id: number; readonly repository: Repository; readonly name: string; readonly path: string; state: "active" | "disabled_manually"; readonly createdAt: Millis; updatedAt: Millis };
export type RunStatus = "queued" | "in_progress" | "completed" | "waiting" | "requested";
export type Conclusion = "success" | "failure" | "cancelled" | "skipped" | "timed_out" | "neutral" | "action_required";
export type WorkflowRun = {
  readonly id: number;
  readonly repository: Repository;
  readonly workflow: Workflow;
  readonly checkSuite: CheckSuite;
  readonly runNumber: number;
  runAttempt: number;
  readonly event: "push" | "pull_request" | "schedule" | "workflow_dispatch" | "release";
  status: RunStatus;
  conclusion: Conclusion | null;
  readonly headBranch: string;
  readonly headSha: string;
  readonly displayTitle: string;
  readonly actor: User;
  triggeringActor: User;
  readonly pullRequest: PullRequest | null;
  /** Of the latest attempt. */
  jobs: readonly WorkflowJob[];
  /** Of those before, in their order. */
  formerJobs: readonly WorkflowJob[];
  readonly createdAt: Millis;
  updatedAt: Millis;
  startedAt: Millis;
};
export type WorkflowJob = {
  readonly id: number;
  readonly run: WorkflowRun;
  readonly attempt: number;
  readonly name: string;
  readonly checkRun: CheckRun;
  status: RunStatus;
  conclusion: Conclusion | null;
  readonly labels: readonly string[];
  runner: { readonly id: number; readonly name: string; readonly groupId: number; readonly groupName: string } | null;
  readonly createdAt: Millis;
  startedAt: Millis;
  completedAt: Millis | null;
  steps: readonly JobStep[];
};
export type JobStep = { readonly name: string; readonly number: number; status: RunStatus; conclusion: Conclusion | null; startedAt: Millis | null; completedAt: Millis | null };
export type CheckSuite = { readonly id: number; readonly repository: Repository; readonly app: App; readonly headBranch: string; readonly headSha: string; readonly pullRequest: PullRequest | null; status: RunStatus; conclusion: Conclusion | null; checkRuns: readonly CheckRun[]; /** Of former attempts. */ formerRuns: readonly CheckRun[]; readonly createdAt: Millis; updatedAt: Millis };
export type CheckRun = { readonly id: number; readonly suite: CheckSuite; readonly name: string; status: RunStatus; conclusion: Conclusion | null; startedAt: Millis; completedAt: Millis | null; outputTitle: string | null; outputSummary: string | null; annotations: number };
export type Status = { readonly id: number; readonly repository: Repository; readonly sha: string; readonly context: string; readonly state: "pending" | "success" | "failure" | "error"; readonly description: string | null; readonly targetUrl: string | null; readonly creator: User; readonly createdAt: Millis; readonly branches: readonly string[] };
export type Deployment = { readonly id: number; readonly repository: Repository; readonly sha: string; readonly ref: string; readonly task: string; readonly environment: string; readonly description: string | null; readonly creator: User; readonly transient: boolean; readonly production: boolean; statuses: readonly DeploymentStatus[]; readonly createdAt: Millis; updatedAt: Millis };
export type DeploymentStatus = { readonly id: number; readonly deployment: Deployment; readonly state: "queued" | "in_progress" | "success" | "failure" | "error" | "inactive"; readonly creator: User; readonly description: string; readonly environmentUrl: string | null; readonly logUrl: string | null; readonly createdAt: Millis; readonly updatedAt: Millis };
