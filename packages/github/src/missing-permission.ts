/** What GitHub says a token would need. Pure. */
import type { HeaderMap } from "./exchange.ts";

export type MissingPermission = {
  readonly message: string;
  /** Any one of these sets would do, each like ["contents=read", "metadata=read"]: fine-grained tokens and GitHub Apps. */
  readonly permissions: readonly (readonly string[])[];
  /** Any one of these would do: classic tokens. */
  readonly scopes: readonly string[];
  /** What a classic token has; null where GitHub does not say. */
  readonly grantedScopes: readonly string[] | null;
  /** Where a person authorises the token for an organisation with single sign-on. */
  readonly ssoUrl: string | null;
};

/** Of a classic token; null where GitHub does not say, as of fine-grained ones and of Apps. */
export function grantedScopesIn(headers: HeaderMap): readonly string[] | null {
  const granted = headers["x-oauth-scopes"];
  return granted === undefined ? null : listOf(granted, ",");
}

export function missingPermissionOf(headers: HeaderMap, message: string): MissingPermission {
  return {
    message,
    permissions: listOf(headers["x-accepted-github-permissions"], ";").map((set) => listOf(set, ",")),
    scopes: listOf(headers["x-accepted-oauth-scopes"], ","),
    grantedScopes: grantedScopesIn(headers),
    ssoUrl: /^required;\s*url=(\S+)/.exec(headers["x-github-sso"] ?? "")?.[1] ?? null,
  };
}

/** GraphQL says it in words: "… requires one of the following scopes: ['read:org'], but your token has only been granted the: ['repo'] scopes." */
export function missingScopesIn(message: string): MissingPermission {
  const [, needed, granted] = /one of the following scopes:\s*\[([^\]]*)\](?:.*granted the:\s*\[([^\]]*)\])?/s.exec(message) ?? [];
  const names = (list: string): readonly string[] => [...list.matchAll(/'([^']+)'/g)].flatMap(([, name]) => (name === undefined ? [] : [name]));
  return { message, permissions: [], scopes: names(needed ?? ""), grantedScopes: granted === undefined ? null : names(granted), ssoUrl: null };
}

/** Organisations whose things were left out of a list that otherwise succeeded: the token is not authorised for their single sign-on. */
export function hiddenOrganizationsIn(headers: HeaderMap): readonly string[] {
  return listOf(/^partial-results;\s*organizations=(.+)/.exec(headers["x-github-sso"] ?? "")?.[1], ",");
}

function listOf(text: string | undefined, separator: string): readonly string[] {
  return (text ?? "").split(separator).flatMap((part) => (part.trim() === "" ? [] : [part.trim()]));
}
