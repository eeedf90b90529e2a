/** One request as an endpoint sees it, and what it may answer. */
import type { Json, Shaping } from "../shapes/shaping.ts";
import type { Caller } from "../server/credentials.ts";
import type { Incoming } from "../server/exchange.ts";
import type { Resource } from "../server/limits.ts";
import type { Services } from "../server/services.ts";
import type { Millis, RepositoryPermission } from "../world/entities.ts";
import type { Level, Permission, Viewer } from "../world/viewer.ts";
import type { World } from "../world/world.ts";

export type Call = {
  readonly services: Services;
  readonly world: World;
  readonly viewer: Viewer;
  readonly caller: Caller;
  readonly s: Shaping;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly incoming: Incoming;
  /** The request's JSON, {} when it has none. */
  readonly input: Json;
  /** GitHub's address with the path that links to other pages of this list have. */
  readonly linkPath: string;
};

export type Answer = { readonly status: number; readonly body: unknown; readonly headers?: Readonly<Record<string, string>>; readonly lastModified?: Millis };

/** What a caller must have been granted. */
export type Need = {
  readonly permission: Permission;
  readonly level?: Level;
  /** Also for public repositories: what nobody else sees (traffic, hooks, alerts). */
  readonly always?: boolean;
  /** What the person behind a token must be in the repository; `refusal` is what GitHub says otherwise (a 404 where it says nothing). */
  readonly role?: RepositoryPermission;
  readonly refusal?: string;
};

export type Endpoint = {
  readonly method: "GET" | "POST" | "PATCH" | "PUT" | "DELETE";
  /** `:name` is one segment, `*name` the rest. */
  readonly path: string;
  /** Its page below docs.github.com/rest: errors name it. */
  readonly doc: string;
  readonly need: Need | null;
  readonly resource: Resource;
  readonly answer: (call: Call) => Answer | Promise<Answer>;
};

export function ok(body: unknown, lastModified?: Millis): Answer {
  return lastModified === undefined ? { status: 200, body } : { status: 200, body, lastModified };
}

export const NO_CONTENT: Answer = { status: 204, body: null };

export function created(body: unknown): Answer {
  return { status: 201, body };
}
