/** Lists of repositories as their arguments want them, and repositories by name. */
import type * as E from "../../world/entities.ts";
import type { Listing, OrderArg, PageArgs } from "../connection.ts";
import type { Context } from "../context.ts";
import { TypedError } from "../errors.ts";

export type RepositoryArgs = PageArgs & {
  readonly affiliations?: readonly string[] | null;
  readonly ownerAffiliations?: readonly string[] | null;
  readonly hasIssuesEnabled?: boolean | null;
  readonly isArchived?: boolean | null;
  readonly isFork?: boolean | null;
  readonly isLocked?: boolean | null;
  readonly orderBy?: OrderArg | null;
  readonly privacy?: "PRIVATE" | "PUBLIC" | null;
  readonly visibility?: "PRIVATE" | "PUBLIC" | "INTERNAL" | null;
};

const KEYS: Readonly<Record<string, (repository: E.Repository) => number | string>> = {
  CREATED_AT: ({ createdAt }) => createdAt,
  NAME: ({ name }) => name.toLowerCase(),
  PUSHED_AT: ({ pushedAt }) => pushedAt ?? 0,
  STARGAZERS: ({ stars }) => stars.length,
  UPDATED_AT: ({ updatedAt }) => updatedAt,
};

/** Without an order by id. */
export function repositoryOrder(orderBy: OrderArg | null | undefined): (repository: E.Repository) => number | string {
  return (orderBy === undefined || orderBy === null ? undefined : KEYS[orderBy.field]) ?? (({ id }) => id);
}

export function repositoryListing(context: Context, items: readonly E.Repository[], args: RepositoryArgs): Listing<E.Repository> {
  const { hasIssuesEnabled, isArchived, isFork, isLocked, privacy, visibility, orderBy } = args;
  const is = (wanted: boolean | null | undefined, actual: boolean): boolean => wanted === undefined || wanted === null || wanted === actual;
  const filter = (repository: E.Repository): boolean =>
    context.sees(repository) && is(hasIssuesEnabled, repository.hasIssues) && is(isArchived, repository.archived) && is(isFork, repository.parent !== null) && is(isLocked, false) &&
    (privacy === undefined || privacy === null || (privacy === "PUBLIC") === (repository.visibility === "public")) && (visibility === undefined || visibility === null || repository.visibility.toUpperCase() === visibility);
  return { items, filter, id: ({ id }) => id, key: repositoryOrder(orderBy), descending: orderBy?.direction === "DESC" };
}

/** Also by a former name; NOT_FOUND where it is not there or not visible. */
export function repositoryByName(context: Context, owner: string, name: string, followRenames = true): E.Repository {
  const asked = `${owner}/${name}`;
  const found = context.world.repositoriesByName.get(asked.toLowerCase());
  const current = found !== undefined && `${found.owner.login}/${found.name}`.toLowerCase() === asked.toLowerCase();
  if (found === undefined || !context.sees(found) || (!current && !followRenames)) throw new TypedError("NOT_FOUND", `Could not resolve to a Repository with the name '${asked}'.`);
  return found;
}
