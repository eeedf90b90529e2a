/** Node ids of records: which type, scope and id a record is known by, and the way back. */
import type * as E from "../world/entities.ts";
import { decodeNodeId, encodeNodeId, type NodeIdFormat, type NodeRef, type NodeType } from "../world/node-id.ts";
import type { Context } from "./context.ts";
import { AssetOf, DeployKeyOf, ReactionOn } from "./views.ts";

/** Objects made before GitHub changed its format keep their old id. */
const NEW_FORMAT_SINCE = Date.UTC(2021, 9, 1);

export function globalId(context: Context, type: NodeType, scope: number, id: number | string, createdAt: E.Millis): string {
  const format: NodeIdFormat = context.nextGlobalIds || createdAt >= NEW_FORMAT_SINCE ? "new" : "old";
  return encodeNodeId({ type, scope, id }, format);
}

/** For objects that only GraphQL has: an id that looks like one, but that `node` does not find. */
export function madeUpId(prefix: string, ...parts: readonly (string | number)[]): string {
  return `${prefix}_${Buffer.from(parts.join(":")).toString("base64url")}`;
}

type Finder = (context: Context, ref: NodeRef) => unknown;

function numbered(find: (context: Context, id: number) => unknown): Finder {
  return (context, { id }) => (typeof id === "number" ? find(context, id) : undefined);
}

function inRepository(find: (repository: E.Repository, id: number | string, context: Context) => unknown): Finder {
  return (context, { scope, id }) => {
    const repository = context.world.repositories.get(scope);
    return repository === undefined ? undefined : find(repository, id, context);
  };
}

const REGISTERED = [
  "Team", "Issue", "PullRequest", "PullRequestReview", "PullRequestReviewThread", "PullRequestReviewComment", "IssueComment", "CommitComment", "Discussion", "DiscussionComment",
  "DiscussionCategory", "Label", "Milestone", "Release", "Workflow", "WorkflowRun", "CheckSuite", "CheckRun", "StatusContext", "Deployment", "DeploymentStatus", "ProjectV2",
  "ProjectV2Item", "DraftIssue", "TimelineEvent", "BranchProtectionRule",
] as const;

const FINDERS: { readonly [T in NodeType]?: Finder } = {
  ...Object.fromEntries(REGISTERED.map((type) => [type, numbered((context, id) => context.world.find(type, id))])),
  User: numbered(({ world }, id) => existing(world.users.get(id))),
  Bot: numbered(({ world }, id) => existing(world.users.get(id))),
  Organization: numbered(({ world }, id) => world.organizations.get(id)),
  App: numbered(({ world }, id) => world.apps.get(id)),
  Repository: numbered(({ world }, id) => existing(world.repositories.get(id))),
  Commit: inRepository((_repository, sha, { world }) => (typeof sha === "string" && world.commits.has(sha) ? world.commits.get(sha) : undefined)),
  Ref: inRepository(({ branches, tags }, name) => branches.find((branch) => `refs/heads/${branch.name}` === name) ?? tags.find((tag) => `refs/tags/${tag.name}` === name)),
  RepositoryVulnerabilityAlert: inRepository(({ dependabotAlerts }, number) => dependabotAlerts.find((alert) => alert.number === number)),
  DeployKey: inRepository((repository, id) => view(repository.deployKeys.find((key) => key.id === id), (key) => new DeployKeyOf(key, repository))),
  ReleaseAsset: inRepository((repository, id) => {
    const release = repository.releases.find(({ assets }) => assets.some((asset) => asset.id === id));
    return release === undefined ? undefined : view(release.assets.find((asset) => asset.id === id), (asset) => new AssetOf(asset, release));
  }),
  SecurityAdvisory: ({ world }, { id }) => (typeof id === "string" ? world.advisories.get(id) : undefined),
  Reaction: inRepository((repository, id) => {
    const subjects = [...repository.issues, ...repository.pullRequests, ...repository.issueComments, ...repository.reviewComments, ...repository.commitComments, ...repository.discussions];
    const subject = subjects.find(({ reactions }) => reactions.some((reaction) => reaction.id === id));
    return subject === undefined ? undefined : view(subject.reactions.find((reaction) => reaction.id === id), (reaction) => new ReactionOn(reaction, subject));
  }),
};

/** What a node id names, if it is there; whether the viewer may see it is not asked here. */
export function findNode(context: Context, id: string): unknown {
  const ref = decodeNodeId(id);
  return ref === undefined ? undefined : FINDERS[ref.type]?.(context, ref);
}

function existing<T extends { readonly deleted: boolean }>(record: T | undefined): T | undefined {
  return record === undefined || record.deleted ? undefined : record;
}

function view<T, V>(record: T | undefined, make: (record: T) => V): V | undefined {
  return record === undefined ? undefined : make(record);
}
