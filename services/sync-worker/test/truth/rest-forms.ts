/** What is true of each kind that the oracle knows, in the form in which REST, or an event, would tell it: no API was asked. */
import type { OracleKind, Records } from "@octally/github-simulator/oracle-kinds";
import type { Truth } from "@octally/github-simulator/oracle";
import { toCodeScanningAlert, toDependabotAlert, toSecretScanningAlert } from "@octally/github-simulator/shapes/alert";
import { toAdvisory } from "@octally/github-simulator/shapes/advisory";
import { toUser, toUserOrNull } from "@octally/github-simulator/shapes/account";
import { toCheckRun } from "@octally/github-simulator/shapes/check";
import { toCommit } from "@octally/github-simulator/shapes/commit";
import { toCommitComment } from "@octally/github-simulator/shapes/commit-comment";
import { toDeployment, toDeploymentStatus } from "@octally/github-simulator/shapes/deployment";
import { toDiscussion, toDiscussionComment } from "@octally/github-simulator/shapes/discussion";
import { toIssue } from "@octally/github-simulator/shapes/issue";
import { toIssueComment } from "@octally/github-simulator/shapes/issue-comment";
import { toLabel } from "@octally/github-simulator/shapes/label";
import { toMilestone } from "@octally/github-simulator/shapes/milestone";
import { toMembership, toStargazer } from "@octally/github-simulator/shapes/people";
import { toProject, toWebhookProjectItem } from "@octally/github-simulator/shapes/project";
import { toPullRequest } from "@octally/github-simulator/shapes/pull-request";
import { toBranch, toTag } from "@octally/github-simulator/shapes/ref";
import { toRelease } from "@octally/github-simulator/shapes/release";
import { toFullRepository, toRepository } from "@octally/github-simulator/shapes/repository";
import { toReview, toReviewComment } from "@octally/github-simulator/shapes/review";
import { fullName, type Shaping } from "@octally/github-simulator/shapes/shaping";
import { toStatus } from "@octally/github-simulator/shapes/status";
import { toTeam } from "@octally/github-simulator/shapes/team";
import { toWorkflowJob, toWorkflowRun } from "@octally/github-simulator/shapes/workflow";
import { closes } from "@octally/github-simulator/graphql/objects/timeline";
import type * as E from "@octally/github-simulator/world/entities";
import { canSee, type Viewer } from "@octally/github-simulator/world/viewer";

/** GitHub's forms, and who looks: what lies in a repository that they may not see is not shown to them. */
export type Eyes = { readonly s: Shaping; readonly viewer: Viewer };

/** Null: it is not shown. */
export type Former<K extends OracleKind> = (eyes: Eyes, record: Records[K], truth: Truth<K>) => unknown;

/** Without those whose truth is more than one record: reactions and traffic. GitHub keeps no object of a transfer. */
export const FORMS: { readonly [K in OracleKind]?: Former<K> } = {
  repository: ({ s }, record) => toFullRepository(s, record, null),
  issue: ({ s }, record) => toIssue(s, record),
  "pull-request": toSeenPullRequest,
  review: ({ s }, record) => ({ ...toReview(s, record), pull_request: refOf(record.pullRequest) }),
  "review-comment": ({ s }, record) => ({ ...toReviewComment(s, record), pull_request: { number: record.thread.pullRequest.number } }),
  "review-thread": ({ s }, record) => toThread(s, record),
  "issue-comment": ({ s }, record) => toIssueComment(s, record),
  "commit-comment": ({ s }, record) => toCommitComment(s, record),
  "timeline-event": toEvent,
  release: ({ s }, record) => toRelease(s, record),
  milestone: ({ s }, record) => toMilestone(s, record),
  label: ({ s }, record) => toLabel(s, record),
  star: ({ s }, record) => toStargazer(s, record),
  fork: ({ s, viewer }, record) => (canSee(viewer, record) ? toRepository(s, record) : null),
  watcher: ({ s }, record) => toUser(s, record),
  collaborator: ({ s }, { user, permission }) => ({ user: toUser(s, user), permission }),
  member: ({ s }, record, { organization }) => (organization === null ? null : toMembership(s, organization, record)),
  team: ({ s }, record) => toTeam(s, record),
  "team-member": ({ s }, { user }, { parent, organization }) => ({ user: toUser(s, user), team: organization?.teams.find(({ id }) => String(id) === parent) }),
  "team-repository": (_, { permission }, { parent, organization }) => ({ permission, team: organization?.teams.find(({ id }) => String(id) === parent) }),
  branch: ({ s }, record) => toBranch(s, record),
  tag: ({ s }, record) => toTag(s, record),
  commit: ({ s }, record, { repository }) => toCommit(s, record, repository ?? record.repository),
  "workflow-run": ({ s }, record) => toWorkflowRun(s, record),
  "workflow-job": ({ s }, record) => toWorkflowJob(s, record),
  "check-run": ({ s }, record) => toCheckRun(s, record),
  status: ({ s }, record) => ({ ...toStatus(s, record), sha: record.sha }),
  deployment: ({ s }, record) => toDeployment(s, record),
  "deployment-status": ({ s }, record) => toDeploymentStatus(s, record),
  "dependabot-alert": ({ s }, record) => toDependabotAlert(s, record),
  "code-scanning-alert": ({ s }, record) => toCodeScanningAlert(s, record),
  "secret-scanning-alert": ({ s }, record) => toSecretScanningAlert(s, record),
  // GitHub's own are the world's: no list of the organisation has them.
  "security-advisory": ({ s }, record) => ("repository" in record ? toAdvisory(s, record) : null),
  discussion: ({ s }, record) => toDiscussion(s, record),
  "discussion-comment": ({ s }, record) => ({ ...toDiscussionComment(s, record), discussion: { id: record.discussion.id, number: record.discussion.number } }),
  project: ({ s }, record) => toProject(s, record),
  // What is on a project from a repository that is hidden is redacted.
  "project-item": ({ s, viewer }, record) => (record.content.type === "draft-issue" || canSee(viewer, record.content.repository) ? toWebhookProjectItem(s, record) : null),
};

function refOf({ id, number }: E.PullRequest): unknown {
  return { id, number };
}

/** The repository of a head that the viewer may not see is not named. */
function toSeenPullRequest({ s, viewer }: Eyes, pullRequest: E.PullRequest): unknown {
  const shape = toPullRequest(s, pullRequest);
  const { headRepository } = pullRequest;
  return headRepository === null || canSee(viewer, headRepository) ? shape : { ...shape, head: { ...(shape["head"] as object), repo: null } };
}

/** GraphQL alone tells of threads: who resolved one only where it is a person. */
function toThread(s: Shaping, thread: E.ReviewThread): unknown {
  const { pullRequest, resolved, resolvedBy } = thread;
  const first = thread.comments.find(({ review }) => review.state !== "pending");
  return {
    ...(first === undefined ? {} : toReviewComment(s, first)),
    node_id: s.nodeId("PullRequestReviewThread", pullRequest.repository.id, thread.id),
    pull_request: refOf(pullRequest),
    is_resolved: resolved,
    resolved_by: resolvedBy === null || resolvedBy.deleted ? null : toUser(s, resolvedBy),
  };
}

/** Written down from the record, and not by REST's form of it, which knows less than GraphQL. */
function toEvent({ s, viewer }: Eyes, { id, type, on, actor, createdAt, subject }: E.TimelineEvent): unknown {
  const about = <K extends E.TimelineSubject["is"]>(is: K): Extract<E.TimelineSubject, { readonly is: K }> | null => (subject?.is === is ? (subject as Extract<E.TimelineSubject, { readonly is: K }>) : null);
  const person = (user: E.User | undefined): unknown => (user === undefined || user.deleted ? null : toUser(s, user));
  const asked = type === "review_requested" || type === "review_request_removed";
  const [user, team, review, source, from] = [about("user")?.user, about("team")?.team, about("review"), about("source")?.source, about("transfer")?.from];
  const milestone = about("milestone");
  const rename = about("rename") ?? about("ref");
  return {
    node_id: s.nodeId("TimelineEvent", on.repository.id, id),
    subject_kind: on.type,
    subject: { id: on.id, number: on.number },
    event: type,
    actor: toUserOrNull(s, actor),
    created_at: new Date(Math.floor(createdAt / 1000) * 1000).toISOString(),
    label: subject?.is === "label" ? { name: subject.name } : null,
    assignee: type === "assigned" || type === "unassigned" ? person(user) : null,
    requested_reviewer: asked ? person(user) : null,
    requested_team: team ?? null,
    dismissed_review: review === null ? null : { review_id: review.review.id, state: "changes_requested", dismissal_message: review.message },
    milestone: milestone === null ? null : { title: milestone.title },
    rename: rename === null ? null : { from: rename.from, to: rename.to },
    before_commit: about("force-push")?.before ?? null,
    commit_id: commitOf(type, on, subject),
    state_reason: reasonOf(type, on),
    lock_reason: about("lock")?.reason ?? null,
    source: source === undefined || type === "closed" || !canSee(viewer, source.repository) ? null : { kind: source.type, number: source.number, repository: { full_name: fullName(source.repository) } },
    will_close_target: type === "cross-referenced" ? closes(source, on) : null,
    from_repository: from === undefined || !canSee(viewer, from) ? null : { id: from.id, full_name: fullName(from) },
  };
}

function commitOf(type: E.TimelineEventType, on: E.Issue | E.PullRequest, subject: E.TimelineSubject | null): string | null {
  if (subject?.is === "force-push") return subject.after;
  const sha = subject?.is === "commit" ? subject.sha : null;
  if (type === "merged") return sha ?? (on.type === "pull-request" ? on.mergeCommitSha : null);
  return type === "referenced" ? sha : null;
}

/** GitHub tells today's reason of an issue for each time it was closed. */
function reasonOf(type: E.TimelineEventType, on: E.Issue | E.PullRequest): string | null {
  return on.type === "issue" && type === "closed" && on.state === "closed" ? on.stateReason : null;
}
