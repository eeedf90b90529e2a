/** Headers of every answer. */
import type { Need, Endpoint } from "../rest/call.ts";
import type { Millis } from "../world/entities.ts";
import type { Caller } from "./credentials.ts";
import type { Resource } from "./limits.ts";
import { acceptedScopes } from "./scopes.ts";
import type { Services } from "./services.ts";

export function commonHeaders(now: Millis, requestId: string): Record<string, string> {
  return {
    server: "github.com",
    date: new Date(now).toUTCString(),
    "access-control-expose-headers": "ETag, Link, Location, Retry-After, X-GitHub-OTP, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Used, X-RateLimit-Resource, X-RateLimit-Reset, X-OAuth-Scopes, X-Accepted-OAuth-Scopes, X-Poll-Interval, X-GitHub-Media-Type, X-GitHub-SSO, X-GitHub-Request-Id, Deprecation, Sunset",
    "access-control-allow-origin": "*",
    "strict-transport-security": "max-age=31536000; includeSubdomains; preload",
    "x-frame-options": "deny",
    "x-content-type-options": "nosniff",
    "x-xss-protection": "0",
    "referrer-policy": "origin-when-cross-origin, strict-origin-when-cross-origin",
    "content-security-policy": "default-src 'none'",
    "x-github-request-id": requestId,
  };
}

/** What a browser is told before it asks from a page of another site. */
export const PREFLIGHT_HEADERS: Readonly<Record<string, string>> = {
  "access-control-allow-headers": "Authorization, Content-Type, If-Match, If-Modified-Since, If-None-Match, If-Unmodified-Since, Accept-Encoding, X-GitHub-OTP, X-Requested-With, User-Agent, GraphQL-Features, X-Github-Next-Global-ID, X-GitHub-Api-Version",
  "access-control-allow-methods": "GET, POST, PATCH, PUT, DELETE",
  "access-control-max-age": "86400",
};

export function credentialHeaders({ credential }: Caller, endpoint: Endpoint | null): Record<string, string> {
  const headers: Record<string, string> = {};
  if (credential?.kind === "classic") {
    headers["x-oauth-scopes"] = credential.scopes.join(", ");
    headers["x-accepted-oauth-scopes"] = acceptedScopes(endpoint?.need?.permission ?? null);
  }
  if (credential?.expiresAt !== null && credential?.expiresAt !== undefined) headers["github-authentication-token-expiration"] = `${new Date(credential.expiresAt).toISOString().slice(0, 19).replace("T", " ")} UTC`;
  return headers;
}

export function limitHeaders({ limits }: Services, { viewer }: Caller, resource: Resource, limit: number): Record<string, string> {
  const meter = limits.meter(viewer.budget, resource, limit);
  return {
    "x-ratelimit-limit": String(meter.limit),
    "x-ratelimit-remaining": String(meter.remaining),
    "x-ratelimit-reset": String(Math.floor(meter.resetAt / 1000)),
    "x-ratelimit-used": String(meter.used),
    "x-ratelimit-resource": meter.resource,
  };
}

/** What a fine-grained token or an app would need. */
export const PERMISSION_HEADERS = {
  accepted: "x-accepted-github-permissions",
  of(need: Need | null): string {
    if (need === null) return "allows_permissionless_access=true";
    return `${need.permission}=${need.level ?? "read"}`;
  },
} as const;
