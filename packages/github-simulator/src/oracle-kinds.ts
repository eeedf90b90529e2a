/** Every kind of thing that exists, by the names and keys that Octally gives them (packages/model), and how all of one kind are found. */
import type * as E from "./world/entities.ts";
import type { World } from "./world/world.ts";

/** The record behind each kind. Kinds without a record of their own: a watcher is the user, a fork the new repository. */
export type Records = {
  repository: E.Repository; issue: E.Issue; "pull-request": E.PullRequest; review: E.Review; "review-comment": E.ReviewComment; "review-thread": E.ReviewThread; "issue-comment": E.IssueComment;
  "commit-comment": E.CommitComment; "timeline-event": E.TimelineEvent; discussion: E.Discussion; "discussion-comment": E.DiscussionComment; reaction: E.Reaction; release: E.Release; "release-asset": E.ReleaseAsset;
  milestone: E.Milestone; label: E.Label; star: E.Star; fork: E.Repository; watcher: E.User; member: E.Membership; team: E.Team; "team-member": E.TeamMembership; "team-repository": E.TeamRepository;
  collaborator: E.Collaborator; branch: E.Branch; tag: E.Tag; commit: E.Commit; traffic: E.TrafficDay; workflow: E.Workflow; "workflow-run": E.WorkflowRun; "workflow-job": E.WorkflowJob; "check-suite": E.CheckSuite; "check-run": E.CheckRun;
  status: E.Status; deployment: E.Deployment; "deployment-status": E.DeploymentStatus; "dependabot-alert": E.DependabotAlert; "code-scanning-alert": E.CodeScanningAlert; "secret-scanning-alert": E.SecretScanningAlert;
  "security-advisory": E.Advisory | E.GlobalAdvisory; project: E.Project; "project-item": E.ProjectItem; transfer: E.Issue | E.Discussion;
};
export type OracleKind = keyof Records;

/** One thing as it is found: its key, its record and the key of what it hangs below. */
export type Found<R> = { readonly key: string; readonly record: R; readonly parent?: string };

/** Of one repository. */
export const IN_REPOSITORY: { readonly [K in OracleKind]?: (repository: E.Repository) => Iterable<Found<Records[K]>> } = {
  repository: (repository) => [byId(repository)],
  issue: ({ issues }) => issues.map(byId),
  "pull-request": ({ pullRequests }) => pullRequests.map(byId),
  review: ({ pullRequests }) => pullRequests.flatMap((on) => on.reviews.filter(({ state }) => state !== "pending").map((review) => below(on, review))),
  "review-comment": ({ reviewComments }) => reviewComments.map((comment) => below(comment.thread.pullRequest, comment)),
  "review-thread": ({ pullRequests }) => pullRequests.flatMap((on) => on.threads.flatMap((record) => threadOf(on, record))),
  "issue-comment": ({ issueComments }) => issueComments.map((comment) => below(comment.on, comment)),
  "commit-comment": ({ commitComments }) => commitComments.map(byId),
  "timeline-event": ({ issues, pullRequests }) => [...issues, ...pullRequests].flatMap((on) => on.timeline.map((event) => below(on, event))),
  discussion: ({ discussions }) => discussions.map(byId),
  "discussion-comment": ({ discussions }) => discussions.flatMap((on) => on.comments.flatMap((comment) => [comment, ...comment.replies]).map((comment) => below(on, comment))),
  reaction: (repository) => reactableIn(repository).flatMap((on) => on.reactions.map((reaction) => below(on, reaction))),
  release: ({ releases }) => releases.map(byId),
  "release-asset": ({ releases }) => releases.flatMap((release) => release.assets.map((asset) => below(release, asset))),
  milestone: ({ milestones }) => milestones.map(byId),
  label: ({ labels }) => labels.map(byId),
  star: ({ id, stars }) => stars.map((record) => ({ key: `${id}:${record.user.id}`, record })),
  fork: ({ forks }) => forks.map(byId),
  watcher: ({ id, watchers }) => watchers.map((record) => ({ key: `${id}:${record.id}`, record })),
  collaborator: ({ id, collaborators }) => collaborators.map((record) => ({ key: `${id}:${record.user.id}`, record })),
  branch: ({ id, branches }) => branches.map((record) => ({ key: `${id}:${record.name}`, record })),
  tag: ({ id, tags }) => tags.map((record) => ({ key: `${id}:${record.name}`, record })),
  commit: ({ id, commits }) => commits.map((record) => ({ key: `${id}:${record.sha}`, record })),
  traffic: ({ id, traffic }) => traffic.map((record) => ({ key: `${id}:${new Date(record.day).toISOString().slice(0, 10)}`, record })),
  workflow: ({ workflows }) => workflows.map(byId),
  "workflow-run": ({ workflowRuns }) => workflowRuns.map(byId),
  "workflow-job": ({ workflowRuns }) => workflowRuns.flatMap((run) => [...run.formerJobs, ...run.jobs].map((job) => below(run, job))),
  "check-suite": ({ checkSuites }) => checkSuites.map(byId),
  "check-run": ({ checkSuites }) => checkSuites.flatMap((suite) => [...suite.formerRuns, ...suite.checkRuns].map((run) => below(suite, run))),
  /** What a context says of a commit is the latest that was said. */
  status: ({ id, statuses }) => [...new Map(statuses.map((record) => [`${id}:${record.sha}:${record.context}`, record])).entries()].map(([key, record]) => ({ key, record })),
  deployment: ({ deployments }) => deployments.map(byId),
  "deployment-status": ({ deployments }) => deployments.flatMap((deployment) => deployment.statuses.map((status) => below(deployment, status))),
  "dependabot-alert": ({ id, dependabotAlerts }) => dependabotAlerts.map((record) => ({ key: `${id}:${record.number}`, record })),
  "code-scanning-alert": ({ id, codeScanningAlerts }) => codeScanningAlerts.map((record) => ({ key: `${id}:${record.number}`, record })),
  "secret-scanning-alert": ({ id, secretScanningAlerts }) => secretScanningAlerts.map((record) => ({ key: `${id}:${record.number}`, record })),
  "security-advisory": ({ advisories }) => advisories.map((record) => ({ key: `repository:${record.ghsaId}`, record })),
  /** Of what was transferred away from here; the record is what it became. */
  transfer: ({ movedTo }) => [...movedTo.values()].map((record) => ({ key: `${record.type}:${record.id}`, record })),
};

/** Of one organisation. */
export const IN_ORGANIZATION: { readonly [K in OracleKind]?: (organization: E.Organization) => Iterable<Found<Records[K]>> } = {
  member: ({ id, members }) => members.map((record) => ({ key: `${id}:${record.user.id}`, record })),
  team: ({ teams }) => teams.map(byId),
  "team-member": ({ teams }) => teams.flatMap((team) => team.members.map((record) => ({ key: `${team.id}:${record.user.id}`, record, parent: String(team.id) }))),
  "team-repository": ({ teams }) => teams.flatMap((team) => team.repositories.map((record) => ({ key: `${team.id}:${record.repository.id}`, record, parent: String(team.id) }))),
  project: ({ projects }) => projects.map(byId),
  "project-item": ({ projects }) => projects.flatMap((project) => project.items.map((item) => below(project, item))),
};

/** Of GitHub as a whole. */
export const IN_WORLD: { readonly [K in OracleKind]?: (world: World) => Iterable<Found<Records[K]>> } = {
  "security-advisory": ({ advisories }) => [...advisories.values()].map((record) => ({ key: `github:${record.ghsaId}`, record })),
};

export const ORACLE_KINDS: readonly OracleKind[] = [...new Set([IN_REPOSITORY, IN_ORGANIZATION, IN_WORLD].flatMap((table) => Object.keys(table)))] as OracleKind[];

function byId<R extends { readonly id: number }>(record: R): Found<R> {
  return { key: String(record.id), record };
}

function below<R extends { readonly id: number }>(parent: { readonly id: number }, record: R): Found<R> {
  return { key: String(record.id), record, parent: String(parent.id) };
}

/** Known by its first comment; one whose comments are all pending is nobody's yet. */
function threadOf(on: E.PullRequest, record: E.ReviewThread): Found<E.ReviewThread>[] {
  const first = record.comments.find(({ review }) => review.state !== "pending");
  return first === undefined ? [] : [{ key: String(first.id), record, parent: String(on.id) }];
}

function reactableIn({ issues, pullRequests, issueComments, reviewComments, commitComments, discussions }: E.Repository): { readonly id: number; readonly reactions: readonly E.Reaction[] }[] {
  const answers = discussions.flatMap(({ comments }) => comments.flatMap((comment) => [comment, ...comment.replies]));
  return [...issues, ...pullRequests, ...issueComments, ...reviewComments, ...commitComments, ...discussions, ...answers];
}
