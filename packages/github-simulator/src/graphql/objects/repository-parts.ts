/** Labels, milestones and the small things that hang on a repository. */
import type * as E from "../../world/entities.ts";
import { connection, emptyConnection, type PageArgs } from "../connection.ts";
import { globalId, madeUpId } from "../global-ids.ts";
import { account, constants, dateTime, type Fields, maybeDateTime } from "../resolver.ts";
import { repositoryPath } from "../urls.ts";
import type { DeployKeyOf, LicenseOf, Named, PinnedIssue, TopicOf } from "../views.ts";
import { conversationListing, type IssueArgs } from "./conversations.ts";
import { viewerMay } from "./parts.ts";
import { repositoryListing, type RepositoryArgs } from "./repository-lists.ts";

function labelPath({ repository, name }: E.Label): string {
  return `${repositoryPath(repository)}/labels/${encodeURIComponent(name)}`;
}

export const label: Fields<E.Label> = {
  id: ({ id, repository, createdAt }, _, context) => globalId(context, "Label", repository.id, id, createdAt),
  name: ({ name }) => name,
  color: ({ color }) => color,
  description: ({ description }) => description,
  isDefault: ({ isDefault }) => isDefault,
  createdAt: ({ createdAt }) => dateTime(createdAt),
  updatedAt: ({ updatedAt }) => dateTime(updatedAt),
  repository: ({ repository }) => repository,
  issues: (source, args: IssueArgs, context, info) => {
    context.mustRead(source.repository, "issues");
    return connection(conversationListing(source.repository.issues.filter(({ labels }) => labels.includes(source)), args), args, context, info);
  },
  pullRequests: (source, args: IssueArgs, context, info) => {
    context.mustRead(source.repository, "pull_requests");
    return connection(conversationListing(source.repository.pullRequests.filter(({ labels }) => labels.includes(source)), args), args, context, info);
  },
  resourcePath: (source) => labelPath(source),
  url: (source, _, { urls }) => urls.url(labelPath(source)),
};

function milestonePath({ repository, number }: E.Milestone): string {
  return `${repositoryPath(repository)}/milestone/${number}`;
}

export const milestone: Fields<E.Milestone> = {
  id: ({ id, repository, createdAt }, _, context) => globalId(context, "Milestone", repository.id, id, createdAt),
  number: ({ number }) => number,
  title: ({ title }) => title,
  description: ({ description }) => description,
  state: ({ state }) => state.toUpperCase(),
  closed: ({ state }) => state === "closed",
  closedAt: ({ closedAt }) => maybeDateTime(closedAt),
  dueOn: ({ dueOn }) => maybeDateTime(dueOn),
  createdAt: ({ createdAt }) => dateTime(createdAt),
  updatedAt: ({ updatedAt }) => dateTime(updatedAt),
  creator: ({ creator }) => account(creator),
  progressPercentage: ({ openIssues, closedIssues }) => (openIssues + closedIssues === 0 ? 0 : (100 * closedIssues) / (openIssues + closedIssues)),
  repository: ({ repository }) => repository,
  issues: (source, args: IssueArgs, context, info) => {
    context.mustRead(source.repository, "issues");
    return connection(conversationListing(source.repository.issues.filter((one) => one.milestone === source), args), args, context, info);
  },
  pullRequests: (source, args: IssueArgs, context, info) => {
    context.mustRead(source.repository, "pull_requests");
    return connection(conversationListing(source.repository.pullRequests.filter((one) => one.milestone === source), args), args, context, info);
  },
  resourcePath: (source) => milestonePath(source),
  url: (source, _, { urls }) => urls.url(milestonePath(source)),
  viewerCanClose: ({ repository }, _, context) => viewerMay(context, repository, "triage", "issues"),
  viewerCanReopen: ({ repository }, _, context) => viewerMay(context, repository, "triage", "issues"),
};

export const branchProtectionRule: Fields<E.BranchProtectionRule> = {
  id: ({ id, repository, createdAt }, _, context) => globalId(context, "BranchProtectionRule", repository.id, id, createdAt),
  databaseId: ({ id }) => id,
  pattern: ({ name }) => name,
  repository: ({ repository }) => repository,
  creator: ({ repository: { owner } }) => owner,
  requiredApprovingReviewCount: ({ requiredApprovals }) => requiredApprovals,
  requiresApprovingReviews: ({ requiredApprovals }) => requiredApprovals > 0,
  ...constants(false, "allowsDeletions", "allowsForcePushes", "blocksCreations", "dismissesStaleReviews", "isAdminEnforced", "lockAllowsFetchAndMerge", "lockBranch", "requireLastPushApproval", "requiresCodeOwnerReviews", "requiresCommitSignatures", "requiresConversationResolution", "requiresDeployments", "requiresLinearHistory", "requiresStatusChecks", "requiresStrictStatusChecks", "restrictsPushes", "restrictsReviewDismissals"),
  ...constants([], "requiredDeploymentEnvironments", "requiredStatusCheckContexts", "requiredStatusChecks"),
  matchingRefs: ({ repository, name }, args: PageArgs, context, info) => connection({ items: repository.branches.filter((branch) => branch.name === name), id: (branch) => branch.name }, args, context, info),
  branchProtectionRuleConflicts: emptyConnection, bypassForcePushAllowances: emptyConnection, bypassPullRequestAllowances: emptyConnection, pushAllowances: emptyConnection, reviewDismissalAllowances: emptyConnection,
};

export const deployKey: Fields<DeployKeyOf> = {
  id: ({ key: { id, createdAt }, repository }, _, context) => globalId(context, "DeployKey", repository.id, id, createdAt),
  key: ({ key }) => key.key,
  title: ({ key }) => key.title,
  readOnly: ({ key }) => key.readOnly,
  createdAt: ({ key }) => dateTime(key.createdAt),
  ...constants(true, "enabled", "verified"),
};

export const license: Fields<LicenseOf> = {
  id: ({ license: { key } }) => madeUpId("L", key),
  key: (source) => source.license.key,
  name: (source) => source.license.name,
  spdxId: (source) => source.license.spdxId,
  nickname: () => null,
  url: (source) => `http://choosealicense.com/licenses/${source.license.key}/`,
  body: () => "",
  ...constants(null, "description", "implementation"),
  ...constants(false, "featured", "hidden", "pseudoLicense"),
  ...constants([], "conditions", "limitations", "permissions"),
};

export const language: Fields<Named> = { id: ({ name }) => madeUpId("LAN", name), name: ({ name }) => name, color: () => null };

export const environment: Fields<Named> = {
  id: ({ name }) => madeUpId("EN", name), name: ({ name }) => name, protectionRules: emptyConnection, ...constants(null, "databaseId", "isPinned", "latestCompletedDeployment", "pinnedPosition"),
};

export const repositoryTopic: Fields<TopicOf> = {
  id: ({ repository, name }) => madeUpId("RT", repository.id, name),
  topic: ({ name }) => ({ __typename: "Topic", name }),
  resourcePath: ({ name }) => `/topics/${name}`,
  url: ({ name }, _, { urls }) => urls.url(`/topics/${name}`),
};

export const topic: Fields<Named> = {
  id: ({ name }) => madeUpId("TOP", name),
  name: ({ name }) => name,
  relatedTopics: () => [],
  stargazerCount: () => 0,
  stargazers: emptyConnection,
  viewerHasStarred: () => false,
  repositories: ({ name }, args: RepositoryArgs, context, info) => connection(repositoryListing(context, [...context.world.repositories.values()].filter(({ topics }) => topics.includes(name)), args), args, context, info),
};

export const pinnedIssue: Fields<PinnedIssue> = {
  id: ({ issue }) => madeUpId("PI", issue.id),
  databaseId: ({ issue }) => issue.id,
  fullDatabaseId: ({ issue }) => String(issue.id),
  issue: (source) => source.issue,
  pinnedBy: ({ issue }) => account(issue.timeline.findLast(({ type }) => type === "pinned")?.actor ?? issue.author),
  repository: ({ issue }) => issue.repository,
};
