/** The documents of everything that exists, from the oracle's records by the simulator's REST forms: no API was asked. */
import { kindNamed } from "@octally/model/registry";
import { isNoWay } from "@octally/model/sources";
import type { JsonObject } from "@octally/shared/json";
import type { OracleKind, Records } from "@octally/github-simulator/oracle-kinds";
import type { Truth } from "@octally/github-simulator/oracle";
import { toCodeScanningAlert, toDependabotAlert, toSecretScanningAlert } from "@octally/github-simulator/shapes/alert";
import { toUser } from "@octally/github-simulator/shapes/account";
import { toCheckRun } from "@octally/github-simulator/shapes/check";
import { toCommit } from "@octally/github-simulator/shapes/commit";
import { toCommitComment } from "@octally/github-simulator/shapes/commit-comment";
import { toDeployment, toDeploymentStatus } from "@octally/github-simulator/shapes/deployment";
import { toDiscussion, toDiscussionComment } from "@octally/github-simulator/shapes/discussion";
import { toIssue } from "@octally/github-simulator/shapes/issue";
import { toIssueComment } from "@octally/github-simulator/shapes/issue-comment";
import { toLabel } from "@octally/github-simulator/shapes/label";
import { toMilestone } from "@octally/github-simulator/shapes/milestone";

import { toPullRequest } from "@octally/github-simulator/shapes/pull-request";
import { toBranch, toTag } from "@octally/github-simulator/shapes/ref";
import { toRelease } from "@octally/github-simulator/shapes/release";
import { toFullRepository } from "@octally/github-simulator/shapes/repository";
import { toReview, toReviewComment } from "@octally/github-simulator/shapes/review";
import { iso, makeShaping, type Shaping } from "@octally/github-simulator/shapes/shaping";
import { toStatus } from "@octally/github-simulator/shapes/status";
import { toTeam } from "@octally/github-simulator/shapes/team";
import { toWorkflowJob, toWorkflowRun } from "@octally/github-simulator/shapes/workflow";
import type { SimulatedGitHub } from "./simulated-github.ts";

type Former<K extends OracleKind> = (s: Shaping, record: Records[K], truth: Truth<K>) => unknown;

/** Kinds whose REST form is what their document is made of; the others are compared by what there is of them. */
const FORMS: { readonly [K in OracleKind]?: Former<K> } = {
  repository: (s, record) => toFullRepository(s, record, null),
  issue: toIssue,
  "pull-request": (s, record) => toPullRequest(s, record),
  review: (s, record) => ({ ...toReview(s, record), pull_request: { id: record.pullRequest.id, number: record.pullRequest.number } }),
  "review-comment": (s, record) => ({ ...toReviewComment(s, record), pull_request: { number: record.thread.pullRequest.number } }),
  "issue-comment": toIssueComment,
  "commit-comment": toCommitComment,
  release: toRelease,
  milestone: toMilestone,
  label: toLabel,
  star: (s, record) => ({ user: toUser(s, record.user), starred_at: iso(record.starredAt) }),
  watcher: (s, record) => toUser(s, record),
  team: toTeam,
  branch: toBranch,
  tag: toTag,
  commit: (s, record) => toCommit(s, record),
  "workflow-run": toWorkflowRun,
  "workflow-job": toWorkflowJob,
  "check-run": toCheckRun,
  status: (s, record) => ({ ...toStatus(s, record), sha: record.sha }),
  deployment: toDeployment,
  "deployment-status": toDeploymentStatus,
  "dependabot-alert": toDependabotAlert,
  "code-scanning-alert": (s, record) => toCodeScanningAlert(s, record),
  "secret-scanning-alert": (s, record) => toSecretScanningAlert(s, record),
  discussion: toDiscussion,
  "discussion-comment": (s, record) => ({ ...toDiscussionComment(s, record), discussion: { id: record.discussion.id, number: record.discussion.number } }),
};

export const COMPARED_KINDS = Object.keys(FORMS) as readonly (keyof typeof FORMS)[];

/** By document id. @throws where the form does not make a document */
export function expectedDocuments({ world, server, oracle, organization }: SimulatedGitHub, kind: OracleKind): ReadonlyMap<string, unknown> {
  const s = makeShaping(world, server.nodeIds({ "x-github-next-global-id": "1" }));
  const declared = kindNamed(kind);
  // The form and the truths are of the same kind.
  const form = FORMS[kind] as Former<OracleKind> | undefined;
  if (declared === undefined || form === undefined) throw new Error(`No form of ${kind}.`);
  const { rest } = declared.sources;
  return new Map(
    [...oracle.things(kind)]
      .filter((truth) => (truth.repository?.owner ?? truth.organization) === organization)
      .map((truth) => {
        const shape = form(s, truth.record, truth) as JsonObject;
        const around = { org: organization.login, repository: null, below: {}, observedAt: new Date(world.now()).toISOString() };
        const input = isNoWay(rest) || kind === "review" ? shape : rest.toInput(shape, around);
        const read = declared.read(input ?? {});
        if (!read.whole) throw new Error(`${kind} ${truth.key}: ${read.problems.join("; ")}`);
        return [truth.key, JSON.parse(JSON.stringify(read.document))] as const;
      }),
  );
}

