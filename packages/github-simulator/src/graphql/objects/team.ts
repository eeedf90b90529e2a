import type * as E from "../../world/entities.ts";
import { connection, type Edge, emptyConnection, type OrderArg, type PageArgs } from "../connection.ts";
import type { Context } from "../context.ts";
import { globalId } from "../global-ids.ts";
import { PERMISSION_NAMES } from "../permissions.ts";
import { constants, dateTime, type Fields, type Resolve } from "../resolver.ts";
import { teamPath } from "../urls.ts";
import { isAdmin } from "./membership.ts";
import { repositoryOrder } from "./repository-lists.ts";

type SizeArg = { readonly size?: number | null };
export type TeamArgs = PageArgs & { readonly orderBy?: OrderArg | null; readonly privacy?: "SECRET" | "VISIBLE" | null; readonly query?: string | null; readonly rootTeamsOnly?: boolean | null; readonly userLogins?: readonly string[] | null; readonly role?: string | null };

export function teams(items: readonly E.Team[], args: TeamArgs, context: Context, info: Parameters<typeof connection>[3]): unknown {
  const { privacy, query, rootTeamsOnly, userLogins, orderBy } = args;
  const filter = (of: E.Team): boolean =>
    (privacy === undefined || privacy === null || (of.privacy === "secret") === (privacy === "SECRET")) && (query === undefined || query === null || of.name.toLowerCase().includes(query.toLowerCase())) &&
    (rootTeamsOnly !== true || of.parent === null) && (userLogins === undefined || userLogins === null || of.members.some(({ user: { login } }) => userLogins.includes(login)));
  return connection({ items, filter, id: ({ id }) => id, key: ({ name }) => name.toLowerCase(), descending: orderBy?.direction === "DESC" }, args, context, info);
}

type MemberArgs = PageArgs & { readonly membership?: "ALL" | "IMMEDIATE" | "CHILD_TEAM" | null; readonly role?: string | null; readonly query?: string | null; readonly orderBy?: OrderArg | null };

export const team: Fields<E.Team> = {
  id: ({ id, organization: { id: scope }, createdAt }, _, context) => globalId(context, "Team", scope, id, createdAt),
  databaseId: ({ id }) => id,
  name: ({ name }) => name,
  slug: ({ slug }) => slug,
  combinedSlug: ({ organization: { login }, slug }) => `${login}/${slug}`,
  description: ({ description }) => description,
  privacy: ({ privacy }) => (privacy === "secret" ? "SECRET" : "VISIBLE"),
  createdAt: ({ createdAt }) => dateTime(createdAt),
  updatedAt: ({ updatedAt }) => dateTime(updatedAt),
  organization: (source) => source.organization,
  parentTeam: ({ parent }) => parent,
  ancestors: (source, args: PageArgs, context, info) => {
    const items: E.Team[] = [];
    for (let at = source.parent; at !== null; at = at.parent) items.unshift(at);
    return connection({ items, id: ({ id }) => id }, args, context, info);
  },
  childTeams: (source, args: TeamArgs & { readonly immediateOnly?: boolean | null }, context, info) => teams(descendants(source, args.immediateOnly !== false), args, context, info),
  members: (source, args: MemberArgs, context, info) => {
    const { role, query, orderBy } = args;
    const items = membersOf(source, args.membership ?? "ALL");
    const filter = ({ user: { deleted, login }, role: their }: E.TeamMembership): boolean => !deleted && (role === undefined || role === null || their.toUpperCase() === role) && (query === undefined || query === null || login.toLowerCase().includes(query.toLowerCase()));
    const key = orderBy?.field === "CREATED_AT" ? ({ since }: E.TeamMembership) => since : ({ user: { login } }: E.TeamMembership) => login.toLowerCase();
    return connection({ items, filter, id: ({ user: { id } }) => id, key, descending: orderBy?.direction === "DESC", node: ({ user: member }) => member }, args, context, info);
  },
  repositories: (source, args: PageArgs & { readonly orderBy?: OrderArg | null; readonly query?: string | null }, context, info) => {
    const { orderBy, query } = args;
    const order = repositoryOrder(orderBy);
    const filter = ({ repository }: E.TeamRepository): boolean => context.sees(repository) && (query === undefined || query === null || repository.name.toLowerCase().includes(query.toLowerCase()));
    return connection({ items: source.repositories, filter, id: ({ repository: { id } }) => id, key: ({ repository }) => order(repository), descending: orderBy?.direction === "DESC", node: ({ repository }) => repository }, args, context, info);
  },
  avatarUrl: ({ id }, { size }: SizeArg) => `https://avatars.githubusercontent.com/t/${id}?s=${size ?? 400}&v=4`,
  notificationSetting: () => "NOTIFICATIONS_ENABLED",
  ...constants(false, "reviewRequestDelegationEnabled", "reviewRequestDelegationNotifyTeam", "viewerCanSubscribe"),
  ...constants(null, "reviewRequestDelegationAlgorithm", "reviewRequestDelegationMemberCount", "viewerSubscription", "discussion", "projectV2"),
  viewerCanAdminister: ({ organization: of }, _, context) => isAdmin(context, of),
  invitations: emptyConnection, memberStatuses: emptyConnection, projectsV2: emptyConnection, discussions: emptyConnection,
  ...Object.fromEntries([["", ""], ["discussions", "/discussions"], ["editTeam", "/edit"], ["members", "/members"], ["newTeam", "/new"], ["repositories", "/repositories"], ["teams", "/teams"]].flatMap(([prefix = "", suffix = ""]) => {
    const address: Resolve<E.Team> = (source, _, { urls }) => urls.url(teamPath(source) + suffix);
    const path: Resolve<E.Team> = (source) => teamPath(source) + suffix;
    return prefix === "" ? [["url", address], ["resourcePath", path]] : [[`${prefix}Url`, address], [`${prefix}ResourcePath`, path]];
  })),
};

function descendants({ organization: { teams: all }, id }: E.Team, immediate: boolean): readonly E.Team[] {
  const children = all.filter(({ parent }) => parent?.id === id);
  return immediate ? children : [...children, ...children.flatMap((child) => descendants(child, false))];
}

function membersOf(source: E.Team, membership: "ALL" | "IMMEDIATE" | "CHILD_TEAM"): readonly E.TeamMembership[] {
  if (membership === "IMMEDIATE") return source.members;
  const immediate = new Set(source.members.map(({ user: member }) => member));
  const below = new Map(descendants(source, false).flatMap(({ members }) => members).filter(({ user: member }) => !immediate.has(member)).map((member) => [member.user, member]));
  return membership === "CHILD_TEAM" ? [...below.values()] : [...source.members, ...below.values()];
}

export const teamMemberEdge: Fields<Edge<E.TeamMembership>> = {
  role: ({ item }) => item.role.toUpperCase(),
  memberAccessResourcePath: ({ item }) => `/orgs/people/${item.user.login}`,
  memberAccessUrl: ({ item }, _, { urls }) => urls.url(`/orgs/people/${item.user.login}`),
};

export const teamRepositoryEdge: Fields<Edge<E.TeamRepository>> = { permission: ({ item }) => PERMISSION_NAMES[item.permission] };
