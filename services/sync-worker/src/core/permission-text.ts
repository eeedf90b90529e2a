/** What a token would need to see a kind, in words. Pure. */
import type { MissingPermission } from "@octally/github/missing-permission";
import type { GraphqlProblem } from "@octally/github/graphql-problem";
import type { Kind } from "@octally/model/define-kind";
import { isNoWay, type Sources } from "@octally/model/sources";

/** Between permissions that are all needed. */
export const AND = "; and ";

/** Of one thing, what GitHub keeps from this token: its problems are at `path` in the answer. In the order of their names. */
export function permissionsOf({ sources }: Kind, problems: readonly GraphqlProblem[], path: GraphqlProblem["path"]): readonly string[] {
  const { graphql } = sources;
  const alsoTakes = isNoWay(graphql) || isNoWay(graphql.whole) ? undefined : graphql.whole.alsoTakes;
  const denied = problems.filter(({ missing }) => missing !== null);
  return [...new Set(denied.map((problem) => permissionText({ sources: { permission: alsoTakes?.[String(problem.path[path.length])] ?? sources.permission } }, problem.missing)))].toSorted();
}

export function permissionText({ sources: { permission } }: { readonly sources: Pick<Sources, "permission"> }, missing: MissingPermission | null): string {
  if (missing !== null && missing.ssoUrl !== null) return `the organisation's single sign-on: authorise the token at ${missing.ssoUrl}`;
  const told = missing?.permissions.map((set) => set.join(" and ")).join(", or ") ?? "";
  const named = told !== "" ? told : isNoWay(permission) ? "" : `${permission.name}=${permission.access}`;
  const scopes = missing !== null && missing.scopes.length > 0 ? missing.scopes.join(" or ") : isNoWay(permission) ? "" : permission.scope;
  return [named, scopes === "" ? "" : `classic token: ${scopes}`].filter((text) => text !== "").join("; ");
}
