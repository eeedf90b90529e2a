/** Every kind, in the order in which a delivery is shown to them. Adding a kind is adding its file and a line here. */
import type { Kind } from "./define-kind.ts";
import { branch } from "./kinds/branch.ts";
import { checkRun } from "./kinds/check-run.ts";
import { codeScanningAlert } from "./kinds/code-scanning-alert.ts";
import { collaborator } from "./kinds/collaborator.ts";
import { commit } from "./kinds/commit.ts";
import { commitComment } from "./kinds/commit-comment.ts";
import { dependabotAlert } from "./kinds/dependabot-alert.ts";
import { deployment } from "./kinds/deployment.ts";
import { deploymentStatus } from "./kinds/deployment-status.ts";
import { discussion } from "./kinds/discussion.ts";
import { discussionComment } from "./kinds/discussion-comment.ts";
import { fork } from "./kinds/fork.ts";
import { issue } from "./kinds/issue.ts";
import { issueComment } from "./kinds/issue-comment.ts";
import { label } from "./kinds/label.ts";
import { member } from "./kinds/member.ts";
import { milestone } from "./kinds/milestone.ts";
import { organization } from "./kinds/organization.ts";
import { outsideCollaborator } from "./kinds/outside-collaborator.ts";
import { project } from "./kinds/project.ts";
import { projectItem } from "./kinds/project-item.ts";
import { pullRequest } from "./kinds/pull-request.ts";
import { pullRequestCommit } from "./kinds/pull-request-commit.ts";
import { pullRequestFiles } from "./kinds/pull-request-files.ts";
import { reactions } from "./kinds/reactions.ts";
import { release } from "./kinds/release.ts";
import { repository } from "./kinds/repository.ts";
import { repositorySnapshot } from "./kinds/repository-snapshot.ts";
import { review } from "./kinds/review.ts";
import { reviewComment } from "./kinds/review-comment.ts";
import { reviewThread } from "./kinds/review-thread.ts";
import { secretScanningAlert } from "./kinds/secret-scanning-alert.ts";
import { securityAdvisory } from "./kinds/security-advisory.ts";
import { star } from "./kinds/star.ts";
import { status } from "./kinds/status.ts";
import { tag } from "./kinds/tag.ts";
import { team } from "./kinds/team.ts";
import { teamMember } from "./kinds/team-member.ts";
import { teamRepository } from "./kinds/team-repository.ts";
import { timelineEvent } from "./kinds/timeline-event.ts";
import { traffic } from "./kinds/traffic.ts";
import { transfer } from "./kinds/transfer.ts";
import { watcher } from "./kinds/watcher.ts";
import { workflowJob } from "./kinds/workflow-job.ts";
import { workflowRun } from "./kinds/workflow-run.ts";

export const kinds: readonly Kind[] = [
  repository,
  issue,
  pullRequest,
  pullRequestCommit,
  pullRequestFiles,
  review,
  reviewComment,
  reviewThread,
  issueComment,
  commitComment,
  timelineEvent,
  reactions,
  discussion,
  discussionComment,
  release,
  milestone,
  label,
  star,
  fork,
  watcher,
  traffic,
  repositorySnapshot,
  organization,
  member,
  team,
  teamMember,
  teamRepository,
  collaborator,
  outsideCollaborator,
  branch,
  tag,
  commit,
  workflowRun,
  workflowJob,
  checkRun,
  status,
  deployment,
  deploymentStatus,
  dependabotAlert,
  codeScanningAlert,
  secretScanningAlert,
  securityAdvisory,
  project,
  projectItem,
  transfer,
];

export function kindNamed(name: string): Kind | undefined {
  return kinds.find((kind) => kind.name === name);
}
