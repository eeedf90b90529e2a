/** Which resolvers serve which type of the published schema. */
import { checkRun, checkStep, checkSuite, commitStatus, rollup, statusContext } from "./objects/checks.ts";
import { bot, organization, organizationMemberEdge, starredRepositoryEdge, user } from "./objects/account.ts";
import { commit, gitActor, ref, tree } from "./objects/commit.ts";
import { discussion, discussionCategory, discussionComment } from "./objects/discussion.ts";
import { issue } from "./objects/issue.ts";
import { reaction, reactionEdge, reactionGroup } from "./objects/parts.ts";
import { draftIssue, project, projectField, projectItem, selectField, selectValue, textValue } from "./objects/project.ts";
import { autoMergeRequest, changedFile, pullRequest, reviewRequest } from "./objects/pull-request.ts";
import { query } from "./objects/query.ts";
import { repository } from "./objects/repository.ts";
import { collaboratorEdge, languageEdge, permissionSource, stargazerEdge } from "./objects/repository-edges.ts";
import { branchProtectionRule, deployKey, environment, label, language, license, milestone, pinnedIssue, repositoryTopic, topic } from "./objects/repository-parts.ts";
import { deployment, deploymentStatus, release, releaseAsset } from "./objects/release.ts";
import { commitComment, issueComment, review, reviewComment, reviewThread } from "./objects/review.ts";
import { securityAdvisory, securityVulnerability, vulnerabilityAlert } from "./objects/security.ts";
import { team, teamMemberEdge, teamRepositoryEdge } from "./objects/team.ts";
import { pullRequestCommit, timelineEvents } from "./objects/timeline.ts";
import { app, workflow, workflowRun } from "./objects/workflow.ts";
import type { Fields } from "./resolver.ts";

/** Of a type named here every field is served by its resolver or not at all; of other types by the property of its name. */
export const RESOLVERS: Readonly<Record<string, Fields<never>>> = {
  Query: query,
  User: user, Bot: bot, Organization: organization, Team: team, App: app,
  Repository: repository, Label: label, Milestone: milestone, Ref: ref, Commit: commit, GitActor: gitActor, Tree: tree, Release: release, ReleaseAsset: releaseAsset,
  RepositoryTopic: repositoryTopic, Topic: topic, Language: language, License: license, Environment: environment, BranchProtectionRule: branchProtectionRule, DeployKey: deployKey, PinnedIssue: pinnedIssue,
  Issue: issue, PullRequest: pullRequest, PullRequestCommit: pullRequestCommit, PullRequestChangedFile: changedFile, ReviewRequest: reviewRequest, AutoMergeRequest: autoMergeRequest,
  PullRequestReview: review, PullRequestReviewThread: reviewThread, PullRequestReviewComment: reviewComment, IssueComment: issueComment, CommitComment: commitComment,
  Discussion: discussion, DiscussionComment: discussionComment, DiscussionCategory: discussionCategory,
  Reaction: reaction, ReactionGroup: reactionGroup,
  CheckSuite: checkSuite, CheckRun: checkRun, CheckStep: checkStep, WorkflowRun: workflowRun, Workflow: workflow, Status: commitStatus, StatusContext: statusContext, StatusCheckRollup: rollup,
  Deployment: deployment, DeploymentStatus: deploymentStatus,
  RepositoryVulnerabilityAlert: vulnerabilityAlert, SecurityAdvisory: securityAdvisory, SecurityVulnerability: securityVulnerability,
  ProjectV2: project, ProjectV2Item: projectItem, ProjectV2ItemFieldTextValue: textValue, ProjectV2ItemFieldSingleSelectValue: selectValue, ProjectV2Field: projectField, ProjectV2SingleSelectField: selectField, DraftIssue: draftIssue,
  PermissionSource: permissionSource,
  ...timelineEvents,
};

/** What an edge has besides its node and cursor. */
export const EDGE_RESOLVERS: Readonly<Record<string, Fields<never>>> = {
  OrganizationMemberEdge: organizationMemberEdge, TeamMemberEdge: teamMemberEdge, TeamRepositoryEdge: teamRepositoryEdge, StargazerEdge: stargazerEdge, StarredRepositoryEdge: starredRepositoryEdge,
  LanguageEdge: languageEdge, RepositoryCollaboratorEdge: collaboratorEdge, ReactorEdge: reactionEdge, ReactingUserEdge: reactionEdge,
};
