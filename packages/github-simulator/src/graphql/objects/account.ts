/** Users, bots and organisations. */
import type * as E from "../../world/entities.ts";
import { connection, type Edge, emptyConnection, type OrderArg, type PageArgs } from "../connection.ts";
import type { Context } from "../context.ts";
import { globalId } from "../global-ids.ts";
import { constants, dateTime, escapeHtml, type Fields, type Resolve } from "../resolver.ts";
import { accountPath, loginOf } from "../urls.ts";
import { conversationListing, type IssueArgs } from "./conversations.ts";
import { isAdmin, seesMembers } from "./membership.ts";
import { projectListing, projectsOf, type ProjectArgs } from "./project.ts";
import { repositoryByName, repositoryListing, type RepositoryArgs } from "./repository-lists.ts";
import { type TeamArgs, teams } from "./team.ts";

type SizeArg = { readonly size?: number | null };

function common<S extends E.Account>(): Fields<S> {
  return {
    id: (source, _, context) => globalId(context, source.type, 0, source.id, source.createdAt),
    databaseId: ({ id }) => id,
    login: (source) => loginOf(source),
    avatarUrl: (source, { size }: SizeArg, { urls }) => urls.avatar(source, size),
    createdAt: ({ createdAt }) => dateTime(createdAt),
    updatedAt: ({ updatedAt }) => dateTime(updatedAt),
    resourcePath: (source) => accountPath(source),
    url: (source, _, { urls }) => urls.url(accountPath(source)),
  };
}

function owner<S extends E.Account>(): Fields<S> {
  return {
    ...common<S>(),
    repository: (source, { name }: { readonly name: string }, context) => repositoryByName(context, source.login, name),
    repositories: (source, args: RepositoryArgs, context, info) => connection(repositoryListing(context, repositoriesOf(context, source, args), args), args, context, info),
    repositoryDiscussions: (source, args: PageArgs & { readonly orderBy?: OrderArg | null }, context, info) => {
      const items = everywhere(context, "discussions", ({ discussions }) => discussions).filter((discussion) => (source.type === "Organization" ? discussion.repository.owner === source : discussion.author === source));
      const { orderBy } = args;
      return connection({ items, id: ({ id }) => id, key: orderBy?.field === "UPDATED_AT" ? ({ updatedAt }) => updatedAt : ({ createdAt }) => createdAt, descending: orderBy?.direction !== "ASC" }, args, context, info);
    },
    projectsResourcePath: (source) => `${source.type === "Organization" ? `/orgs${accountPath(source)}` : accountPath(source)}/projects`,
    projectsUrl: (source, _, { urls }) => urls.url(`${source.type === "Organization" ? `/orgs${accountPath(source)}` : accountPath(source)}/projects`),
    ...constants(false, "anyPinnableItems", "hasSponsorsListing", "isSponsoringViewer", "isSponsoredBy", "viewerCanChangePinnedItems", "viewerCanCreateProjects", "viewerCanSponsor", "viewerIsFollowing", "viewerIsSponsoring"),
    ...constants(0, "estimatedNextSponsorsPayoutInCents", "monthlyEstimatedSponsorsIncomeInCents"),
    ...constants(null, "interactionAbility", "sponsorsListing", "twitterUsername", "websiteUrl", "project"),
    pinnedItemsRemaining: () => 6,
    packages: emptyConnection, pinnableItems: emptyConnection, pinnedItems: emptyConnection, sponsors: emptyConnection, sponsoring: emptyConnection, projects: emptyConnection, recentProjects: emptyConnection,
  };
}

function repositoriesOf(context: Context, source: E.Account, { ownerAffiliations, affiliations }: RepositoryArgs): readonly E.Repository[] {
  const owned = context.memo("repositories by owner", context.world, () => {
    const byOwner = new Map<E.Account, E.Repository[]>();
    for (const repository of context.world.repositories.values()) {
      if (repository.deleted) continue;
      const others = byOwner.get(repository.owner);
      if (others === undefined) byOwner.set(repository.owner, [repository]);
      else others.push(repository);
    }
    return byOwner;
  });
  const wanted = affiliations ?? ownerAffiliations ?? ["OWNER", "COLLABORATOR"];
  const own = wanted.includes("OWNER") || source.type === "Organization" ? (owned.get(source) ?? []) : [];
  if (source.type === "Organization") return own;
  const all = [...context.world.repositories.values()].filter(({ deleted }) => !deleted);
  const helped = wanted.includes("COLLABORATOR") ? all.filter(({ collaborators }) => collaborators.some(({ user }) => user === source)) : [];
  const member = wanted.includes("ORGANIZATION_MEMBER") ? all.filter((repository) => repository.owner.type === "Organization" && repository.owner.members.some(({ user }) => user === source)) : [];
  return [...new Set([...own, ...helped, ...member])];
}

/** All of a kind that the viewer may see, in every repository. */
export function everywhere<T>(context: Context, kind: "issues" | "pull_requests" | "discussions", list: (repository: E.Repository) => readonly T[]): readonly T[] {
  return context.memo("everywhere", kind, () => [...context.world.repositories.values()].filter((repository) => context.mayRead(repository, kind)).flatMap(list));
}

const never: Resolve<E.User> = () => false;

export const user: Fields<E.User> = {
  ...owner<E.User>(),
  /** Where the schema wants a user and there is a bot: GitHub shows it with its whole login. */
  login: ({ login }) => login,
  name: ({ name }) => name,
  email: ({ email }) => email ?? "",
  company: ({ company }) => company,
  companyHTML: ({ company }) => (company === null ? "" : `<div>${escapeHtml(company)}</div>`),
  location: ({ location }) => location,
  bio: ({ bio }) => bio,
  bioHTML: ({ bio }) => (bio === null ? "" : `<div>${escapeHtml(bio)}</div>`),
  isViewer: (source, _, { viewer }) => viewer.is === "user" && viewer.user === source,
  isBountyHunter: never, isCampusExpert: never, isDeveloperProgramMember: never, isEmployee: never, isGitHubStar: never, isHireable: never, isSiteAdmin: never, isFollowingViewer: never,
  viewerCanFollow: (source, _, { viewer }) => viewer.is === "user" && viewer.user !== source,
  userViewType: () => "PUBLIC",
  status: () => null,
  pronouns: () => null,
  suggestedListNames: () => [],
  organizationVerifiedDomainEmails: () => [],
  organization: (source, { login }: { readonly login: string }, context) => {
    const found = context.world.accountsByLogin.get(login.toLowerCase());
    return found?.type === "Organization" && found.members.some(({ user: member }) => member === source) ? found : null;
  },
  organizations: (source, args: PageArgs, context, info) => {
    const items = [...context.world.organizations.values()].filter(({ members, login }) => context.world.accountsByLogin.has(login.toLowerCase()) && members.some((member) => member.user === source));
    return connection({ items, filter: (organization) => seesMembers(context, organization) || organization.members.some((member) => member.user === source && member.public), id: ({ id }) => id }, args, context, info);
  },
  issues: (source, args: IssueArgs, context, info) => connection(conversationListing(everywhere(context, "issues", ({ issues }) => issues).filter(({ author }) => author === source), args), args, context, info),
  pullRequests: (source, args: IssueArgs, context, info) => connection(conversationListing(everywhere(context, "pull_requests", ({ pullRequests }) => pullRequests).filter(({ author }) => author === source), args), args, context, info),
  issueComments: (source, args: PageArgs, context, info) => {
    const items = [...context.world.repositories.values()].filter((repository) => context.mayRead(repository, "issues")).flatMap(({ issueComments }) => issueComments);
    return connection({ items, filter: ({ author }) => author === source, id: ({ id }) => id, key: ({ createdAt }) => createdAt }, args, context, info);
  },
  commitComments: (source, args: PageArgs, context, info) => {
    const items = [...context.world.repositories.values()].filter((repository) => context.sees(repository)).flatMap(({ commitComments }) => commitComments);
    return connection({ items, filter: ({ author }) => author === source, id: ({ id }) => id }, args, context, info);
  },
  starredRepositories: (source, args: PageArgs & { readonly orderBy?: OrderArg | null }, context, info) => {
    const items = [...context.world.repositories.values()].filter((repository) => context.sees(repository)).flatMap((repository) => repository.stars.filter((star) => star.user === source).map((star) => ({ repository, star })));
    return connection({ items, id: ({ repository }) => repository.id, key: ({ star }) => star.starredAt, descending: args.orderBy?.direction === "DESC", node: ({ repository }) => repository }, args, context, info);
  },
  watching: (source, args: RepositoryArgs, context, info) => connection(repositoryListing(context, [...context.world.repositories.values()].filter(({ watchers }) => watchers.includes(source)), args), args, context, info),
  repositoryDiscussionComments: (source, args: PageArgs, context, info) => connection({ items: discussionCommentsBy(context, source), id: ({ id }) => id }, args, context, info),
  topRepositories: (source, args: RepositoryArgs, context, info) => connection(repositoryListing(context, repositoriesOf(context, source, {}), args), args, context, info),
  followers: emptyConnection, following: emptyConnection, gists: emptyConnection, gistComments: emptyConnection, publicKeys: emptyConnection, socialAccounts: emptyConnection, projectsV2: emptyConnection, lists: emptyConnection, savedReplies: emptyConnection,
};

export const bot: Fields<E.User> = common<E.User>();

function discussionCommentsBy(context: Context, source: E.User): readonly E.DiscussionComment[] {
  const all = everywhere(context, "discussions", ({ discussions }) => discussions).flatMap(({ comments }) => comments.flatMap((comment) => [comment, ...comment.replies]));
  return all.filter(({ author }) => author === source);
}

export const organization: Fields<E.Organization> = {
  ...owner<E.Organization>(),
  name: ({ name }) => name,
  description: ({ description }) => description,
  descriptionHTML: ({ description }) => (description === null ? "" : `<div>${escapeHtml(description)}</div>`),
  email: ({ email }) => email,
  ...constants(null, "announcement", "announcementBanner", "announcementCreatedAt", "announcementExpiresAt", "announcementUserDismissible", "archivedAt", "location", "organizationBillingEmail", "requiresTwoFactorAuthentication", "samlIdentityProvider"),
  ...constants(false, "isVerified", "membersCanForkPrivateRepositories", "webCommitSignoffRequired"),
  viewerIsAMember: ({ members }, _, { viewer }) => viewer.is === "user" && members.some(({ user: member }) => member === viewer.user),
  viewerCanAdminister: (source, _, context) => isAdmin(context, source),
  viewerCanCreateRepositories: (source, _, context) => isAdmin(context, source),
  viewerCanCreateTeams: (source, _, context) => isAdmin(context, source),
  membersWithRole: (source, args: PageArgs, context, info) => {
    const all = seesMembers(context, source);
    return connection({ items: source.members, filter: ({ user: { deleted }, public: open }) => !deleted && (all || open), id: ({ user: { id } }) => id, node: ({ user: member }) => member }, args, context, info);
  },
  pendingMembers: (source, args: PageArgs, context, info) => {
    const items = isAdmin(context, source) ? source.invitations : [];
    return connection({ items, id: ({ user: { id } }) => id, node: ({ user: invited }) => invited }, args, context, info);
  },
  team: (source, { slug }: { readonly slug: string }, context) => {
    mustSeeTeams(context, source);
    return source.teams.find((of) => of.slug === slug.toLowerCase()) ?? null;
  },
  teams: (source, args: TeamArgs, context, info) => {
    mustSeeTeams(context, source);
    return teams(source.teams, args, context, info);
  },
  teamsResourcePath: ({ login }) => `/orgs/${login}/teams`,
  teamsUrl: ({ login }, _, { urls }) => urls.url(`/orgs/${login}/teams`),
  newTeamResourcePath: ({ login }) => `/orgs/${login}/new-team`,
  newTeamUrl: ({ login }, _, { urls }) => urls.url(`/orgs/${login}/new-team`),
  projectV2: (source, { number }: { readonly number: number }, context) => projectsOf(context, source).find((project) => project.number === number) ?? null,
  projectsV2: (source, args: ProjectArgs, context, info) => connection(projectListing(projectsOf(context, source), args), args, context, info),
  memberStatuses: emptyConnection, mannequins: emptyConnection, domains: emptyConnection, ipAllowListEntries: emptyConnection, rulesets: emptyConnection, repositoryMigrations: emptyConnection, enterpriseOwners: emptyConnection,
  ruleset: () => null,
};

function mustSeeTeams(context: Context, source: E.Organization): void {
  if (!seesMembers(context, source)) throw context.forbidden();
}

export const organizationMemberEdge: Fields<Edge<E.Membership>> = {
  role: ({ item }) => item.role.toUpperCase(),
  hasTwoFactorEnabled: () => null,
};

export const starredRepositoryEdge: Fields<Edge<{ readonly star: E.Star }>> = { starredAt: ({ item }) => dateTime(item.star.starredAt) };
