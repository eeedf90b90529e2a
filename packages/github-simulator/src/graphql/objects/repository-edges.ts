/** What the edges of a repository's connections tell besides their nodes. */
import type * as E from "../../world/entities.ts";
import type { Edge } from "../connection.ts";
import { highest, permissionSources, type PermissionSource } from "../../world/permission.ts";
import { BASIC_NAMES, PERMISSION_NAMES, ROLE_NAMES } from "../permissions.ts";
import { dateTime, type Fields } from "../resolver.ts";

export type Collaboration = { readonly repository: E.Repository; readonly user: E.User };

export const stargazerEdge: Fields<Edge<E.Star>> = { starredAt: ({ item }) => dateTime(item.starredAt) };

export const languageEdge: Fields<Edge<{ readonly size: number }>> = { size: ({ item }) => item.size };

export const collaboratorEdge: Fields<Edge<Collaboration>> = {
  permission: ({ item: { repository: of, user } }) => PERMISSION_NAMES[highest(permissionSources(of, user)) ?? "pull"],
  permissionSources: ({ item: { repository: of, user } }) => permissionSources(of, user).map((source) => ({ source, repository: of })),
};

type Granted = { readonly source: PermissionSource; readonly repository: E.Repository };

export const permissionSource: Fields<Granted> = {
  organization: ({ repository: { owner } }) => (owner.type === "Organization" ? owner : null),
  permission: ({ source }) => BASIC_NAMES[source.permission],
  roleName: ({ source }) => ROLE_NAMES[source.permission],
  source: ({ source }) => source.by,
};
