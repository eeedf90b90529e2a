/** What a token would need to see a kind, in words. Pure. */
import type { MissingPermission } from "@octally/github/missing-permission";
import type { Kind } from "@octally/model/define-kind";
import { isNoWay } from "@octally/model/sources";

export function permissionText({ sources: { permission } }: Kind, missing: MissingPermission | null): string {
  if (missing !== null && missing.ssoUrl !== null) return `the organisation's single sign-on: authorise the token at ${missing.ssoUrl}`;
  const told = missing?.permissions.map((set) => set.join(" and ")).join(", or ") ?? "";
  const named = told !== "" ? told : isNoWay(permission) ? "" : `${permission.on} permission "${permission.name}": ${permission.access}`;
  const scopes = missing !== null && missing.scopes.length > 0 ? missing.scopes.join(" or ") : isNoWay(permission) ? "" : permission.scope;
  return [named, scopes === "" ? "" : `classic token: ${scopes}`].filter((text) => text !== "").join("; ");
}
