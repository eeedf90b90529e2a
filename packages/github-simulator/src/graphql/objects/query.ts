/** The root: what a query can begin with. */
import type * as E from "../../world/entities.ts";
import type { Permission } from "../../world/viewer.ts";
import { connection, emptyConnection, type PageArgs } from "../connection.ts";
import type { Context } from "../context.ts";
import { TypedError } from "../errors.ts";
import { findNode } from "../global-ids.ts";
import { constants, dateTime, type Fields } from "../resolver.ts";
import { search } from "../search.ts";
import { typeNameOf } from "../type-names.ts";
import { seesMembers } from "./membership.ts";
import { projectsOf } from "./project.ts";
import { repositoryByName } from "./repository-lists.ts";
import { advisories, vulnerabilities } from "./security.ts";

type Login = { readonly login: string };
const MOST_IDS = 100;

export const query: Fields<unknown> = {
  id: () => "MDU6UXVlcnk=",
  relay: () => ({}),
  viewer: (_source, _, { viewer: { user }, world }) => user ?? world.ghost,
  repository: (_source, { owner, name, followRenames }: { readonly owner: string; readonly name: string; readonly followRenames?: boolean | null }, context) => repositoryByName(context, owner, name, followRenames !== false),
  repositoryOwner: (_source, { login }: Login, { world }) => world.accountsByLogin.get(login.toLowerCase()) ?? null,
  organization: (_source, { login }: Login, { world }) => {
    const found = world.accountsByLogin.get(login.toLowerCase());
    if (found?.type !== "Organization") throw new TypedError("NOT_FOUND", `Could not resolve to an Organization with the login of '${login}'.`);
    return found;
  },
  user: (_source, { login }: Login, { world }) => {
    const found = world.accountsByLogin.get(login.toLowerCase());
    if (found?.type !== "User") throw new TypedError("NOT_FOUND", `Could not resolve to a User with the login of '${login}'.`);
    return found;
  },
  node: (_source, { id }: { readonly id: string }, context) => node(context, id),
  nodes: (_source, { ids }: { readonly ids: readonly string[] }, context) => {
    if (ids.length > MOST_IDS) throw new TypedError("ARGUMENT_LIMIT", `You may not provide more than ${MOST_IDS} node ids; you provided ${ids.length}.`);
    context.spend(ids.length);
    return ids.map((id) => attempt(() => node(context, id)));
  },
  resource: (_source, { url }: { readonly url: string }, context) => resource(context, url),
  search,
  rateLimit: (_source, _, { rateLimit }) => ({ ...rateLimit, resetAt: dateTime(rateLimit.resetAt) }),
  meta: () => ({
    gitHubServicesSha: "0".repeat(40), isPasswordAuthenticationVerifiable: false, gitIpAddresses: ["127.0.0.1/32"], hookIpAddresses: ["127.0.0.1/32"], importerIpAddresses: [], pagesIpAddresses: [], githubEnterpriseImporterIpAddresses: [],
  }),
  securityAdvisory: (_source, { ghsaId }: { readonly ghsaId: string }, { world }) => {
    const found = world.advisories.get(ghsaId);
    if (found === undefined) throw new TypedError("NOT_FOUND", `Could not resolve to a SecurityAdvisory with the ghsaId of '${ghsaId}'.`);
    return found;
  },
  securityAdvisories: (_source, args: PageArgs, context, info) => advisories([...context.world.advisories.values()], args, context, info),
  securityVulnerabilities: (_source, args: PageArgs, context, info) => vulnerabilities([...context.world.advisories.values()], args, context, info),
  topic: (_source, { name }) => ({ __typename: "Topic", name }),
  license: (_source, { key }, { world }) => {
    const known = [...world.repositories.values()].find(({ license }) => license?.key === key)?.license;
    return known === undefined || known === null ? null : { __typename: "License", license: known };
  },
  licenses: () => [],
  codesOfConduct: () => [],
  ...constants(null, "codeOfConduct", "enterprise", "enterpriseAdministratorInvitation", "enterpriseAdministratorInvitationByToken", "enterpriseMemberInvitation", "enterpriseMemberInvitationByToken", "marketplaceCategory", "marketplaceListing"),
  marketplaceCategories: () => [],
  marketplaceListings: emptyConnection,
  sponsorables: (_source, args: PageArgs, context, info) => connection({ items: [], id: () => 0 }, args, context, info),
};

/** A list of the schema may hold errors: each becomes null and an error of its own. */
function attempt(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    return error;
  }
}

function node(context: Context, id: string): unknown {
  const found = findNode(context, id);
  if (typeof found !== "object" || found === null || !visible(context, found)) throw new TypedError("NOT_FOUND", `Could not resolve to a node with the global id of '${id}'`);
  return found;
}

const PERMISSIONS: Readonly<Record<string, Permission>> = {
  Issue: "issues", IssueComment: "issues", Label: "metadata", Milestone: "metadata", PullRequest: "pull_requests", PullRequestReview: "pull_requests", PullRequestReviewThread: "pull_requests",
  PullRequestReviewComment: "pull_requests", Discussion: "discussions", DiscussionComment: "discussions", DiscussionCategory: "discussions", Commit: "contents", Ref: "contents", Release: "contents",
  ReleaseAsset: "contents", CommitComment: "contents", CheckSuite: "checks", CheckRun: "checks", WorkflowRun: "actions", Workflow: "actions", StatusContext: "statuses", Deployment: "deployments",
  DeploymentStatus: "deployments", BranchProtectionRule: "administration", DeployKey: "administration", RepositoryVulnerabilityAlert: "vulnerability_alerts",
};
const NEVER_PUBLIC: ReadonlySet<string> = new Set(["BranchProtectionRule", "DeployKey", "RepositoryVulnerabilityAlert"]);

/** What the viewer cannot see is not there; what the token was not granted is FORBIDDEN. */
function visible(context: Context, found: object): boolean {
  const typeName = typeNameOf(found);
  if (typeName === "Team") return seesMembers(context, (found as E.Team).organization);
  if (typeName === "ProjectV2") return projectsOf(context, (found as E.Project).organization).includes(found as E.Project);
  if (typeName === "ProjectV2Item") return visible(context, (found as E.ProjectItem).project);
  const repository = typeName === "Repository" ? (found as E.Repository) : repositoryOf(found);
  if (repository === undefined) return true;
  if (!context.sees(repository)) return false;
  const on = "on" in found ? (found.on as E.Issue | E.PullRequest) : undefined;
  const permission = on === undefined ? (PERMISSIONS[typeName] ?? "metadata") : on.type === "issue" ? "issues" : "pull_requests";
  if (NEVER_PUBLIC.has(typeName)) context.mustUse(permission);
  else context.mustRead(repository, permission);
  return true;
}

const PARENTS = ["on", "thread", "pullRequest", "discussion", "suite", "deployment", "release", "subject"] as const;

function repositoryOf(found: object): E.Repository | undefined {
  if ("repository" in found) return found.repository as E.Repository;
  for (const name of PARENTS) {
    const parent = (found as Readonly<Record<string, unknown>>)[name];
    if (typeof parent === "object" && parent !== null) return repositoryOf(parent);
  }
  return undefined;
}

/** By its address on the web. */
function resource(context: Context, url: string): unknown {
  const [, owner = "", name, kind, number] = /^(?:https?:\/\/[^/]+)?\/([^/]+)(?:\/([^/]+))?(?:\/(issues|pull|releases\/tag|commit)\/([^/]+))?\/?$/.exec(url) ?? [];
  if (name === undefined) return context.world.accountsByLogin.get(owner.toLowerCase()) ?? null;
  const repository = context.world.repositoriesByName.get(`${owner}/${name}`.toLowerCase());
  if (repository === undefined || !context.sees(repository)) return null;
  if (kind === undefined || number === undefined) return repository;
  const found = kind === "commit" ? context.world.commits.get(number) : kind === "releases/tag" ? repository.releases.find(({ tagName }) => tagName === number) : repository.numbered[Number(number) - 1];
  return found !== undefined && visible(context, found) ? found : null;
}
