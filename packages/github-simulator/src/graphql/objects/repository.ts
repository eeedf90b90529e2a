import type * as E from "../../world/entities.ts";
import { connection, Connection, checkBounds, emptyConnection, type OrderArg, type PageArgs } from "../connection.ts";
import type { Context } from "../context.ts";
import { TypedError } from "../errors.ts";
import { findNode, globalId } from "../global-ids.ts";
import { permissionOf } from "../../world/permission.ts";
import { collaborators, PERMISSION_NAMES } from "../permissions.ts";
import { constants, dateTime, escapeHtml, type Fields, maybeDateTime } from "../resolver.ts";
import { nameWithOwner, repositoryPath } from "../urls.ts";
import { DeployKeyOf, LicenseOf, Named, PinnedIssue, TopicOf, Tree } from "../views.ts";
import { viewerIsAtLeast } from "./membership.ts";
import { isBranch, targetOf } from "./commit.ts";
import { conversationListing, type IssueArgs } from "./conversations.ts";
import { discussionListing, type DiscussionArgs } from "./discussion.ts";
import { labelListing, users, viewerMay } from "./parts.ts";
import { projectListing, projectsOf, type ProjectArgs } from "./project.ts";
import { latestRelease } from "./release.ts";
import type { Collaboration } from "./repository-edges.ts";
import { repositoryListing, type RepositoryArgs } from "./repository-lists.ts";

type Info = Parameters<typeof connection>[3];
type Numbered = { readonly number: number };
type Ref = E.Branch | E.Tag;

function byNumber(context: Context, of: E.Repository, number: number): E.Issue | E.PullRequest | E.Discussion | undefined {
  const found = of.numbered[number - 1];
  if (found === undefined) return undefined;
  context.mustRead(of, found.type === "issue" ? "issues" : found.type === "pull-request" ? "pull_requests" : "discussions");
  return found;
}

function notFound(what: string, number: number): TypedError {
  return new TypedError("NOT_FOUND", `Could not resolve to ${what} with the number of ${number}.`);
}

export const repository: Fields<E.Repository> = {
  id: ({ id, createdAt }, _, context) => globalId(context, "Repository", 0, id, createdAt),
  databaseId: ({ id }) => id,
  name: ({ name }) => name,
  nameWithOwner: (source) => nameWithOwner(source),
  owner: ({ owner }) => owner,
  description: ({ description }) => description,
  descriptionHTML: ({ description }) => (description === null ? "<div></div>" : `<div>${escapeHtml(description)}</div>`),
  shortDescriptionHTML: ({ description }) => (description === null ? "" : escapeHtml(description)),
  homepageUrl: ({ homepage }) => homepage,
  visibility: ({ visibility }) => visibility.toUpperCase(),
  isPrivate: ({ visibility }) => visibility !== "public",
  isArchived: ({ archived }) => archived,
  archivedAt: ({ archived, updatedAt }) => (archived ? dateTime(updatedAt) : null),
  isDisabled: ({ disabled }) => disabled,
  isEmpty: ({ commits, branches }) => commits.length === 0 && branches.length === 0,
  isFork: ({ parent }) => parent !== null,
  isInOrganization: ({ owner }) => owner.type === "Organization",
  isTemplate: ({ isTemplate }) => isTemplate,
  isUserConfigurationRepository: ({ owner, name }) => owner.type === "User" && owner.login === name,
  ...constants(false, "isBlankIssuesEnabled", "isLocked", "isMirror", "isSecurityPolicyEnabled", "hasSponsorshipsEnabled", "usesCustomOpenGraphImage", "autoMergeAllowed", "deleteBranchOnMerge", "allowUpdateBranch", "squashPrTitleUsedAsDefault", "viewerCanCreateProjects"),
  ...constants(true, "mergeCommitAllowed", "rebaseMergeAllowed", "squashMergeAllowed", "forkingAllowed"),
  ...constants(null, "lockReason", "mirrorUrl", "codeOfConduct", "codeowners", "contactLinks", "contributingGuidelines", "environment", "interactionAbility", "mergeQueue", "project", "securityPolicyUrl", "tempCloneToken", "templateRepository", "ruleset", "issueTemplates", "pullRequestTemplates", "viewerDefaultCommitEmail", "viewerPossibleCommitEmails"),
  mergeCommitMessage: () => "PR_TITLE", mergeCommitTitle: () => "MERGE_MESSAGE", squashMergeCommitMessage: () => "COMMIT_MESSAGES", squashMergeCommitTitle: () => "COMMIT_OR_PR_TITLE", viewerDefaultMergeMethod: () => "MERGE",
  planFeatures: () => ({ codeowners: true, draftPullRequests: true, maximumAssignees: 10, maximumManualReviewRequests: 15, teamReviewRequests: true }),
  fundingLinks: () => [],
  hasIssuesEnabled: ({ hasIssues }) => hasIssues,
  hasProjectsEnabled: ({ hasProjects }) => hasProjects,
  hasWikiEnabled: ({ hasWiki }) => hasWiki,
  hasDiscussionsEnabled: ({ hasDiscussions }) => hasDiscussions,
  hasVulnerabilityAlertsEnabled: ({ dependabotAlerts }) => dependabotAlerts.length > 0,
  webCommitSignoffRequired: (source) => source.webCommitSignoffRequired,
  createdAt: ({ createdAt }) => dateTime(createdAt),
  updatedAt: ({ updatedAt }) => dateTime(updatedAt),
  pushedAt: ({ pushedAt }) => maybeDateTime(pushedAt),
  diskUsage: ({ sizeKb }) => sizeKb,
  forkCount: ({ forks }) => forks.length,
  stargazerCount: ({ stars }) => stars.length,
  resourcePath: (source) => repositoryPath(source),
  url: (source, _, { urls }) => urls.url(repositoryPath(source)),
  projectsResourcePath: (source) => `${repositoryPath(source)}/projects`,
  projectsUrl: (source, _, { urls }) => urls.url(`${repositoryPath(source)}/projects`),
  openGraphImageUrl: (source) => `https://opengraph.githubassets.com/1${repositoryPath(source)}`,
  sshUrl: (source, _, { urls }) => `git@${new URL(urls.web).host}:${nameWithOwner(source)}.git`,
  parent: ({ parent }, _, context) => (parent !== null && context.sees(parent) ? parent : null),
  licenseInfo: ({ license }) => (license === null ? null : new LicenseOf(license)),
  primaryLanguage: ({ language }) => (language === null ? null : new Named("Language", language)),
  languages: ({ language, sizeKb }, args: PageArgs, context, info) => {
    checkBounds(args, info);
    context.spend(5);
    return new Languages({ items: language === null ? [] : [{ name: language, size: sizeKb * 1024 }], id: ({ name }) => name, node: ({ name }) => new Named("Language", name) }, args, context);
  },
  repositoryTopics: (source, args: PageArgs, context, info) => connection({ items: source.topics, id: (name) => name, node: (name) => new TopicOf(source, name) }, args, context, info),

  issues: (source, args: IssueArgs, context, info) => {
    context.mustRead(source, "issues");
    return connection(conversationListing(source.issues, args), args, context, info);
  },
  issue: (source, { number }: Numbered, context) => {
    const found = byNumber(context, source, number) ?? moved(context, source, number);
    if (found?.type !== "issue") throw notFound("an Issue", number);
    return found;
  },
  issueOrPullRequest: (source, { number }: Numbered, context) => {
    const found = byNumber(context, source, number) ?? moved(context, source, number);
    if (found === undefined || found.type === "discussion") throw notFound("an issue or pull request", number);
    return found;
  },
  pinnedIssues: ({ issues }, args: PageArgs, context, info) => connection({ items: issues.filter(({ pinned }) => pinned), id: ({ id }) => id, node: (issue) => new PinnedIssue(issue) }, args, context, info),
  pullRequests: (source, args: IssueArgs, context, info) => {
    context.mustRead(source, "pull_requests");
    return connection(conversationListing(source.pullRequests, args), args, context, info);
  },
  pullRequest: (source, { number }: Numbered, context) => {
    const found = byNumber(context, source, number);
    if (found?.type !== "pull-request") throw notFound("a PullRequest", number);
    return found;
  },
  discussions: (source, args: DiscussionArgs, context, info) => {
    context.mustRead(source, "discussions");
    return connection(discussionListing(source.discussions, args, (id) => findNode(context, id)), args, context, info);
  },
  discussion: (source, { number }: Numbered, context) => {
    const found = byNumber(context, source, number) ?? moved(context, source, number);
    if (found?.type !== "discussion") throw notFound("a Discussion", number);
    return found;
  },
  discussionCategories: ({ discussionCategories: items }, args: PageArgs, context, info) => connection({ items, id: ({ id }) => id }, args, context, info),
  discussionCategory: ({ discussionCategories: items }, { slug }) => items.find((category) => category.slug === slug) ?? null,
  pinnedDiscussions: emptyConnection,
  labels: ({ labels: items }, args: PageArgs & { readonly orderBy?: OrderArg | null; readonly query?: string | null }, context, info) => {
    const { query } = args;
    const filter = ({ name, description }: E.Label): boolean => query === undefined || query === null || `${name} ${description ?? ""}`.toLowerCase().includes(query.toLowerCase());
    return connection({ ...labelListing(items, args.orderBy), filter }, args, context, info);
  },
  label: ({ labels: items }, { name }: { readonly name: string }) => items.find((label) => label.name.toLowerCase() === name.toLowerCase()) ?? null,
  milestones: ({ milestones: items }, args: MilestoneArgs, context, info) => {
    const { states, query, orderBy } = args;
    const filter = ({ state, title }: E.Milestone): boolean => (states === undefined || states === null || states.includes(state.toUpperCase())) && (query === undefined || query === null || title.toLowerCase().includes(query.toLowerCase()));
    return connection({ items, filter, id: ({ id }) => id, key: MILESTONE_KEYS[orderBy?.field ?? "NUMBER"], descending: orderBy?.direction === "DESC" }, args, context, info);
  },
  milestone: ({ milestones: items }, { number }: Numbered) => items.find((milestone) => milestone.number === number) ?? null,
  projectsV2: (source, args: ProjectArgs, context, info) => connection(projectListing(projectsWith(context, source), args), args, context, info),
  projectV2: (source, { number }: Numbered, context) => projectsWith(context, source).find((project) => project.number === number) ?? null,
  projects: emptyConnection, recentProjects: emptyConnection,

  defaultBranchRef: (source, _, context) => {
    context.mustRead(source, "contents");
    return source.branches.find(({ name }) => name === source.defaultBranch) ?? null;
  },
  ref: (source, { qualifiedName }: { readonly qualifiedName: string }, context) => {
    context.mustRead(source, "contents");
    const [, kind, name = qualifiedName] = /^refs\/(heads|tags)\/(.+)$/.exec(qualifiedName) ?? [];
    const branch = kind === "tags" ? undefined : source.branches.find((one) => one.name === name);
    return branch ?? (kind === "heads" ? null : (source.tags.find((one) => one.name === name) ?? null));
  },
  refs: (source, args: RefArgs, context, info) => {
    context.mustRead(source, "contents");
    const { query, orderBy, direction } = args;
    const prefix = args.refPrefix.endsWith("/") ? args.refPrefix : `${args.refPrefix}/`;
    const items: readonly Ref[] = prefix === "refs/heads/" ? source.branches : prefix === "refs/tags/" ? source.tags : prefix === "refs/" ? [...source.branches, ...source.tags] : [];
    const key = orderBy?.field === "TAG_COMMIT_DATE" ? (one: Ref) => targetOf(one).committedAt : ({ name }: Ref) => name;
    return connection({ items, filter: ({ name }) => query === undefined || query === null || name.includes(query), id: (one) => `${isBranch(one) ? "heads" : "tags"}/${one.name}`, key, descending: (orderBy?.direction ?? direction) === "DESC" }, args, context, info);
  },
  object: (source, { oid, expression }: { readonly oid?: string | null; readonly expression?: string | null }, context) => {
    context.mustRead(source, "contents");
    if (oid !== undefined && oid !== null) return commitIn(context, source, oid);
    const [name = "", path] = (expression ?? "").split(":", 2);
    const at = name === "HEAD" ? source.defaultBranch : name.replace(/^refs\/(heads|tags)\//, "");
    const branch = source.branches.find((one) => one.name === at)?.head;
    const commit = branch ?? source.tags.find((one) => one.name === at)?.commit ?? commitIn(context, source, at);
    return commit === null || path === undefined ? commit : path === "" ? new Tree(source, commit.tree) : null;
  },
  commitComments: ({ commitComments: items }, args: PageArgs, context, info) => connection({ items, id: ({ id }) => id }, args, context, info),
  releases: (source, args: PageArgs & { readonly orderBy?: OrderArg | null }, context, info) => {
    context.mustRead(source, "contents");
    const { orderBy } = args;
    const drafts = viewerMay(context, source, "push", "contents");
    const key = orderBy?.field === "NAME" ? ({ name, tagName }: E.Release) => name ?? tagName : ({ createdAt }: E.Release) => createdAt;
    return connection({ items: source.releases, filter: ({ draft }) => drafts || !draft, id: ({ id }) => id, key, descending: orderBy === undefined || orderBy === null || orderBy.direction === "DESC" }, args, context, info);
  },
  release: ({ releases }, { tagName }) => releases.find((one) => one.tagName === tagName) ?? null,
  latestRelease: ({ releases }) => latestRelease(releases),
  deployments: (source, args: PageArgs & { readonly environments?: readonly string[] | null; readonly orderBy?: OrderArg | null }, context, info) => {
    context.mustRead(source, "deployments");
    const { environments, orderBy } = args;
    return connection({ items: source.deployments, filter: ({ environment }) => environments === undefined || environments === null || environments.includes(environment), id: ({ id }) => id, key: ({ createdAt }) => createdAt, descending: orderBy?.direction === "DESC" }, args, context, info);
  },

  stargazers: ({ stars }, args: PageArgs & { readonly orderBy?: OrderArg | null }, context, info) =>
    connection({ items: stars, filter: ({ user: { deleted } }) => !deleted, id: ({ user: { id } }) => id, key: ({ starredAt }) => starredAt, descending: args.orderBy?.direction === "DESC", node: ({ user }) => user }, args, context, info),
  watchers: ({ watchers }, args: PageArgs, context, info) => users(watchers, args, context, info),
  forks: ({ forks }, args: RepositoryArgs, context, info) => connection(repositoryListing(context, forks, args), args, context, info),
  assignableUsers: (source, args: PageArgs & { readonly query?: string | null }, context, info) => users(collaborators(source, "ALL").filter(({ login }) => args.query === undefined || args.query === null || login.includes(args.query)), args, context, info),
  mentionableUsers: (source, args: PageArgs & { readonly query?: string | null }, context, info) => users(collaborators(source, "ALL").filter(({ login }) => args.query === undefined || args.query === null || login.includes(args.query)), args, context, info),
  collaborators: (source, args: PageArgs & { readonly affiliation?: "ALL" | "DIRECT" | "OUTSIDE" | null; readonly login?: string | null; readonly query?: string | null }, context, info) => {
    if (context.viewer.is !== "installation" && !viewerIsAtLeast(context, source, "push")) throw new TypedError("FORBIDDEN", "Must have push access to view repository collaborators.");
    const items = collaborators(source, args.affiliation ?? "ALL").map((user): Collaboration => ({ repository: source, user }));
    const filter = ({ user: { login, deleted } }: Collaboration): boolean => !deleted && (args.login === undefined || args.login === null || login === args.login) && (args.query === undefined || args.query === null || login.includes(args.query));
    return connection({ items, filter, id: ({ user: { id } }) => id, node: ({ user }) => user }, args, context, info);
  },
  vulnerabilityAlerts: (source, args: PageArgs & { readonly states?: readonly string[] | null; readonly dependencyScopes?: readonly string[] | null }, context, info) => {
    context.mustUse("vulnerability_alerts");
    const { states, dependencyScopes } = args;
    const filter = ({ state, scope }: E.DependabotAlert): boolean => (states === undefined || states === null || states.includes(state.toUpperCase())) && (dependencyScopes === undefined || dependencyScopes === null || dependencyScopes.includes(scope.toUpperCase()));
    return connection({ items: source.dependabotAlerts, filter, id: ({ number }) => number }, args, context, info);
  },
  vulnerabilityAlert: ({ dependabotAlerts }, { number }: Numbered, context) => {
    context.mustUse("vulnerability_alerts");
    return dependabotAlerts.find((alert) => alert.number === number) ?? null;
  },
  branchProtectionRules: (source, args: PageArgs, context, info) => administered(source.branchProtectionRules, args, context, info),
  deployKeys: (source, args: PageArgs, context, info) => {
    context.mustUse("administration");
    return connection({ items: source.deployKeys, id: ({ id }) => id, node: (key) => new DeployKeyOf(key, source) }, args, context, info);
  },
  dependencyGraphManifests: emptyConnection, environments: environmentsOf, pinnedEnvironments: emptyConnection, packages: emptyConnection, rulesets: emptyConnection, submodules: emptyConnection,

  viewerCanAdminister: (source, _, context) => viewerIsAtLeast(context, source, "admin"),
  viewerCanSubscribe: (_source, _, { viewer }) => viewer.is === "user",
  viewerCanUpdateTopics: (source, _, context) => viewerIsAtLeast(context, source, "maintain"),
  viewerHasStarred: ({ stars }, _, { viewer }) => stars.some(({ user }) => user === viewer.user),
  viewerPermission: (source, _, { viewer }) => {
    const permission = viewer.is === "user" && viewer.user !== null ? permissionOf(source, viewer.user) : null;
    return permission === null ? null : PERMISSION_NAMES[permission];
  },
  viewerSubscription: ({ watchers }, _, { viewer }) => (viewer.is !== "user" || viewer.user === null ? null : watchers.includes(viewer.user) ? "SUBSCRIBED" : "UNSUBSCRIBED"),
};

type MilestoneArgs = PageArgs & { readonly states?: readonly string[] | null; readonly query?: string | null; readonly orderBy?: OrderArg | null };
type RefArgs = PageArgs & { readonly refPrefix: string; readonly query?: string | null; readonly orderBy?: OrderArg | null; readonly direction?: "ASC" | "DESC" | null };

const MILESTONE_KEYS: Readonly<Record<string, (milestone: E.Milestone) => number>> = {
  CREATED_AT: ({ createdAt }) => createdAt, DUE_DATE: ({ dueOn }) => dueOn ?? 0, NUMBER: ({ number }) => number, UPDATED_AT: ({ updatedAt }) => updatedAt,
};

class Languages extends Connection<{ readonly name: string; readonly size: number }> {
  get totalSize(): number {
    return this.matching.reduce((sum, { size }) => sum + size, 0);
  }
}

/** A transferred issue is found by its old number as well, where it is visible. */
function moved(context: Context, { movedTo }: E.Repository, number: number): E.Issue | E.Discussion | undefined {
  const found = movedTo.get(number);
  return found !== undefined && context.mayRead(found.repository, found.type === "issue" ? "issues" : "discussions") ? found : undefined;
}

function projectsWith(context: Context, { owner }: E.Repository): readonly E.Project[] {
  return owner.type === "Organization" ? projectsOf(context, owner).filter(({ items }) => items.some(({ content }) => content.type !== "draft-issue" && content.repository.owner === owner)) : [];
}

function commitIn({ world }: Context, of: E.Repository, sha: string): E.Commit | null {
  const found = world.commits.get(sha);
  return found !== undefined && (found.repository === of || of.commits.includes(found) || of.parent === found.repository) ? found : null;
}

function administered(items: readonly E.BranchProtectionRule[], args: PageArgs, context: Context, info: Info): unknown {
  const { permissions } = context.viewer;
  return connection({ items: permissions === "all" || permissions.administration !== undefined ? items : [], id: ({ id }) => id }, args, context, info);
}

function environmentsOf({ deployments }: E.Repository, args: PageArgs, context: Context, info: Info): unknown {
  const names = [...new Set(deployments.map(({ environment }) => environment))].toSorted();
  return connection({ items: names, id: (name) => name, node: (name) => new Named("Environment", name) }, args, context, info);
}
