/** Each shape against the schema that GitHub publishes of it (@octokit/openapi 23.0.2): nothing required is missing, nothing is there that it does not know. */
import { readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { EVERY_HAPPENING } from "../../test/every-happening.ts";
import { differences, type Json as Value, knownOf, type Schema } from "../../test/form.ts";
import * as tiny from "../../test/tiny-world.ts";
import { toFullOrganization, toFullUser, toOrganization, toUser } from "./account.ts";
import { toAdvisory, toGlobalAdvisory } from "./advisory.ts";
import { toCodeScanningAlert, toDependabotAlert, toInstance, toSecretLocation, toSecretScanningAlert, withRepository } from "./alert.ts";
import { toCheckRun, toCheckSuite } from "./check.ts";
import { toCommitComment } from "./commit-comment.ts";
import { toCommit, toFile, toFullCommit, toGitCommit } from "./commit.ts";
import { toDeployment, toDeploymentStatus } from "./deployment.ts";
import { toDiscussion } from "./discussion.ts";
import { toEvent } from "./event.ts";
import { toDeployKey, toHook } from "./hook.ts";
import { toIssueComment } from "./issue-comment.ts";
import { toIssue } from "./issue.ts";
import { toLabel } from "./label.ts";
import { toMilestone } from "./milestone.ts";
import { toCollaborator, toCollaboratorPermission, toContributor, toInvitation, toMembership, toStargazer } from "./people.ts";
import { toPermissions } from "./permission.ts";
import { toProject, toProjectItem } from "./project.ts";
import { toPullRequest, toPullRequestItem } from "./pull-request.ts";
import { toReaction } from "./reaction.ts";
import { toBranch, toFullBranch, toRef, toTag } from "./ref.ts";
import { toAsset, toRelease } from "./release.ts";
import { toFullRepository, toListedRepository, toMinimalRepository, toRepository } from "./repository.ts";
import { toReview, toReviewComment } from "./review.ts";
import type { Json } from "./shaping.ts";
import { toCombinedStatus, toStatus } from "./status.ts";
import { toFullTeam, toTeam, toTeamMembership, toTeamOfRepository } from "./team.ts";
import { toCommentedEvent, toCommittedEvent, toIssueEvent, toReviewedEvent, toTimelineEvent } from "./timeline.ts";
import { toTrafficClones, toTrafficPaths, toTrafficReferrers, toTrafficViews } from "./traffic.ts";
import { toWorkflow, toWorkflowJob, toWorkflowRun } from "./workflow.ts";

const schemas = JSON.parse(readFileSync(new URL("../../test/rest-schemas.json", import.meta.url), "utf8")) as Readonly<Record<string, Schema>>;
const resolve = (ref: string): Schema => schemas[ref.split("/").at(-1)!]!;
const s = tiny.shaping();
const { alice, repository, issue, pullRequest, organization, team, timelineEvent } = tiny;
const counts = { publicRepositories: 1, privateRepositories: 0, followers: 0, following: 0 };
const days = [{ day: tiny.START, views: 3, uniqueVisitors: 2, clones: 1, uniqueCloners: 1, referrers: [{ name: "Google", count: 2, uniques: 1 }], paths: [{ path: "/octo-demo/hello", title: "hello", count: 3, uniques: 2 }] }];

const SHAPES: readonly (readonly [schema: string, shape: unknown])[] = [
  ["simple-user", toUser(s, alice)],
  ["simple-user", toUser(s, tiny.gone)],
  ["simple-user", toUser(s, tiny.bot)],
  ["public-user", toFullUser(s, alice, counts)],
  ["organization-simple", toOrganization(s, organization)],
  ["organization-full", toFullOrganization(s, organization, counts)],
  ["organization-full", toFullOrganization(s, organization, counts, true)],
  ["org-membership", toMembership(s, organization, tiny.membership)],
  ["organization-invitation", toInvitation(s, organization, tiny.invitation)],
  ["minimal-repository", toMinimalRepository(s, repository)],
  ["minimal-repository", toListedRepository(s, repository, toPermissions("push"))],
  ["repository", toRepository(s, repository)],
  ["full-repository", toFullRepository(s, repository, null)],
  ["full-repository", toFullRepository(s, tiny.fork, toPermissions("admin"))],
  ["issue", toIssue(s, issue)],
  ["issue", toIssue(s, pullRequest)],
  ["issue-comment", toIssueComment(s, tiny.issueComment)],
  ["pull-request", toPullRequest(s, pullRequest)],
  ["pull-request", toPullRequest(s, { ...pullRequest, headRepository: null, state: "closed" })],
  ["pull-request-simple", toPullRequestItem(s, pullRequest)],
  ["pull-request-review", toReview(s, tiny.review)],
  ["pull-request-review", toReview(s, { ...tiny.review, author: tiny.gone })],
  ["pull-request-review-comment", toReviewComment(s, tiny.reply)],
  ["pull-request-review-comment", toReviewComment(s, { ...tiny.reply, thread: { ...tiny.thread, outdated: true } })],
  ["commit", toCommit(s, tiny.commit)],
  ["commit", toFullCommit(s, tiny.commit)],
  ["git-commit", toGitCommit(s, tiny.commit)],
  ["diff-entry", toFile(s, { path: "a b.ts", status: "renamed", additions: 0, deletions: 0 }, tiny.commit.sha, repository)],
  ["commit-comment", toCommitComment(s, tiny.commitComment)],
  ["label", toLabel(s, tiny.label)],
  ["milestone", toMilestone(s, tiny.milestone)],
  ["reaction", toReaction(s, issue.reactions[0]!, repository)],
  ["release", toRelease(s, tiny.release)],
  ["release-asset", toAsset(s, tiny.release, tiny.release.assets[0]!)],
  ["branch-short", toBranch(s, tiny.branch)],
  ["branch-with-protection", toFullBranch(s, tiny.branch)],
  ["tag", toTag(s, tiny.tag)],
  ["git-ref", toRef(s, repository, "refs/heads/main", tiny.commit.sha)],
  ["team", toTeam(s, team)],
  ["team", toTeamOfRepository(s, team, team.repositories[0]!)],
  ["team-full", toFullTeam(s, team)],
  ["team-membership", toTeamMembership(s, team, team.members[0]!)],
  ["collaborator", toCollaborator(s, alice, "maintain")],
  ["repository-collaborator-permission", toCollaboratorPermission(s, alice, "triage")],
  ["stargazer", toStargazer(s, tiny.star)],
  ["contributor", toContributor(s, alice, 3)],
  ["workflow", toWorkflow(s, tiny.workflow)],
  ["workflow-run", toWorkflowRun(s, tiny.run)],
  ["job", toWorkflowJob(s, tiny.job)],
  ["job", toWorkflowJob(s, tiny.waitingJob)],
  ["check-suite", toCheckSuite(s, tiny.suite)],
  ["check-run", toCheckRun(s, tiny.checkRun)],
  ["status", toStatus(s, tiny.status)],
  ["combined-commit-status", toCombinedStatus(s, repository, tiny.commit.sha, [tiny.status])],
  ["deployment", toDeployment(s, tiny.deployment)],
  ["deployment-status", toDeploymentStatus(s, tiny.deploymentStatus)],
  ["dependabot-alert", toDependabotAlert(s, tiny.dismissedAlert)],
  ["dependabot-alert-with-repository", withRepository(s, toDependabotAlert(s, tiny.dependabotAlert), repository)],
  ["code-scanning-alert", toCodeScanningAlert(s, tiny.codeScanningAlert)],
  ["code-scanning-alert-items", toCodeScanningAlert(s, tiny.codeScanningAlert, false)],
  ["code-scanning-alert-instance", toInstance(tiny.codeScanningAlert)],
  ["secret-scanning-alert", toSecretScanningAlert(s, tiny.secretAlert)],
  ["organization-secret-scanning-alert", withRepository(s, toSecretScanningAlert(s, tiny.secretAlert, null), repository)],
  ["secret-scanning-location", toSecretLocation(s, tiny.secretAlert)],
  ["repository-advisory", toAdvisory(s, tiny.advisory)],
  ["global-advisory", toGlobalAdvisory(s, tiny.globalAdvisory)],
  ["projects-v2", toProject(s, tiny.project)],
  ["projects-v2-item-simple", toProjectItem(s, tiny.projectItem)],
  ["projects-v2-item-simple", toProjectItem(s, tiny.draftItem)],
  ["discussion", toDiscussion(s, tiny.answered)],
  ["view-traffic", toTrafficViews(days)],
  ["clone-traffic", toTrafficClones(days, "week")],
  ["referrer-traffic", toTrafficReferrers(days)[0]],
  ["content-traffic", toTrafficPaths(days)[0]],
  ["hook", toHook(s, tiny.hook)],
  ["org-hook", toHook(s, tiny.organizationHook)],
  ["deploy-key", toDeployKey(s, tiny.deployKey, repository)],
  ["issue-event", toIssueEvent(s, timelineEvent("closed", { is: "commit", sha: tiny.commit.sha }))],
  ["labeled-issue-event", toTimelineEvent(s, timelineEvent("labeled", { is: "label", name: "bug", color: "d73a4a" }))],
  ["renamed-issue-event", toTimelineEvent(s, timelineEvent("renamed", { is: "rename", from: "a", to: "b" }))],
  ["milestoned-issue-event", toTimelineEvent(s, timelineEvent("milestoned", { is: "milestone", title: "v1" }))],
  ["locked-issue-event", toTimelineEvent(s, timelineEvent("locked", { is: "lock", reason: "spam" }))],
  ["assigned-issue-event", toTimelineEvent(s, timelineEvent("assigned", { is: "user", user: alice }))],
  ["review-requested-issue-event", toTimelineEvent(s, timelineEvent("review_requested", { is: "team", team }, pullRequest))],
  ["review-dismissed-issue-event", toTimelineEvent(s, timelineEvent("review_dismissed", { is: "review", review: tiny.review, message: null }, pullRequest))],
  ["state-change-issue-event", toTimelineEvent(s, timelineEvent("closed", null))],
  ["timeline-reviewed-event", toReviewedEvent(s, tiny.review)],
  ["timeline-committed-event", toCommittedEvent(s, tiny.commit, pullRequest)],
  ["timeline-comment-event", toCommentedEvent(s, tiny.issueComment)],
  ["timeline-cross-referenced-event", toTimelineEvent(s, timelineEvent("cross-referenced", { is: "source", source: pullRequest }))],
];

const events = Object.values(EVERY_HAPPENING).flat().flatMap((happening) => {
  const event = toEvent(s, 1, happening);
  return event === null ? [] : [event];
});

/** `PullRequestEvent` has the schema `pull-request-event`. */
const schemaOf = ({ type }: Json): string => String(type).replaceAll(/(?<=[a-z])([A-Z])/g, "-$1").toLowerCase();

const DIFFERENCES: Readonly<Record<string, string>> = {
  "create-event type full_ref null, not string": "a new repository is told as a creation without a ref",
  "create-event type ref null, not string": "likewise",
  "pull-request-review-event type review.body null, not string": "an approval without words",
  "issue-event surplus state_reason": "the timeline's schema has it; GitHub sends the same event there and here",
  "organization-full type blog null, not string": "GitHub gives null for what an organisation left empty",
  "organization-full type company null, not string": "likewise",
  "organization-full type email null, not string": "likewise",
  "organization-full type location null, not string": "likewise",
  "pull-request surplus requested_teams[].parent": "the schema of the list has it; GitHub sends the same team in both",
  "pull-request type head.repo null, not object": "the fork is gone",
  "pull-request-review-comment type line null, not number": "outdated",
  "pull-request-review-comment type position null, not number": "outdated",
};

test("every shape has the form of its published schema, but for what is explained", () => {
  const found = [...SHAPES, ...events.flatMap((event) => [["event", { ...event, payload: {} }], [schemaOf(event), event["payload"]]] as const)].flatMap(([name, shape]) => differences(JSON.parse(JSON.stringify(shape)) as Value, knownOf([], [schemas[name]!], resolve)).map(({ problem, path, detail }) => `${name} ${problem} ${path} ${detail}`.trim()));
  expect([...new Set(found)].toSorted()).toEqual(Object.keys(DIFFERENCES).toSorted());
});
