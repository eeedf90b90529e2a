/** A GitHub that answers as it is told, without a port, and remembers what it was asked. */
import { type Access, type GitHub, makeGitHub, type GitHubOptions } from "../src/make-github.ts";
import type { Fetch } from "../src/transport.ts";
import { makeVirtualTime, type VirtualTime } from "./virtual-time.ts";
import type { ApiUse } from "@octally/shared/api-usage";

export type Seen = { readonly method: string; readonly url: string; readonly headers: Readonly<Record<string, string>>; readonly body: unknown };
export type Scripted = { readonly status?: number; readonly body?: unknown; readonly headers?: Readonly<Record<string, string>>; readonly fails?: Error; /** The text as it is, not as JSON. */ readonly text?: string };
export type Script = (seen: Seen, index: number) => Scripted;

export const DATE = "Sun, 22 Nov 2026 10:00:00 GMT";
export const HEADERS = { date: DATE, "content-type": "application/json; charset=utf-8", "x-ratelimit-limit": "5000", "x-ratelimit-remaining": "4000", "x-ratelimit-reset": String(Date.parse(DATE) / 1000 + 600) };

export type ScriptedGitHub = { readonly github: GitHub; readonly seen: Seen[]; readonly uses: ApiUse[]; readonly time: VirtualTime };

export function scriptedFetch(script: Script | readonly Scripted[], seen: Seen[]): Fetch {
  return async (input, init) => {
    const asked: Seen = { method: init?.method ?? "GET", url: input instanceof Request ? input.url : String(input), headers: Object.fromEntries(new Headers(init?.headers)), body: typeof init?.body === "string" ? (JSON.parse(init.body) as unknown) : undefined };
    seen.push(asked);
    const { status = 200, body, headers = {}, fails, text } = typeof script === "function" ? script(asked, seen.length - 1) : (script[seen.length - 1] ?? { status: 599 });
    if (fails !== undefined) throw fails;
    const resource = asked.url.endsWith("/graphql") ? "graphql" : "core";
    const empty = status === 204 || status === 304;
    return new Response(empty ? null : (text ?? JSON.stringify(body ?? {})), { status, headers: { ...HEADERS, "x-ratelimit-resource": resource, ...headers } });
  };
}

export function scriptedGitHub(script: Script | readonly Scripted[], options: GitHubOptions = {}, access: Access = { is: "token", token: "t0ken" }): ScriptedGitHub {
  const seen: Seen[] = [];
  const uses: ApiUse[] = [];
  const time = makeVirtualTime();
  const github = makeGitHub(access, { timing: time, chance: () => 0.5, onUse: (use) => uses.push(use), fetch: scriptedFetch(script, seen), ...options });
  return { github, seen, uses, time };
}
