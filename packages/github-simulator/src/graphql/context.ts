/** What one execution of a query knows: who asks, of which world, and how much work it has been so far. */
import type { World } from "../world/world.ts";
import type * as E from "../world/entities.ts";
import { canSee, mayUse, type Level, type Permission, type Viewer } from "../world/viewer.ts";
import { TypedError } from "./errors.ts";
import type { Urls } from "./urls.ts";

export type RateLimit = { readonly limit: number; readonly remaining: number; readonly used: number; readonly resetAt: E.Millis };

export type Limits = {
  /** A query whose work exceeds this is given up, as GitHub does after ten seconds. A node counts 1, a connection 5. */
  readonly timeoutWork: number;
  /** From this work on fields answer RESOURCE_LIMITS_EXCEEDED and null, and what was read before is returned. */
  readonly resourceWork: number;
};

export class Context {
  readonly world: World;
  readonly viewer: Viewer;
  readonly urls: Urls;
  readonly limits: Limits;
  /** `X-Github-Next-Global-ID`. */
  readonly nextGlobalIds: boolean;
  readonly rateLimit: RateLimit & { readonly cost: number; readonly nodeCount: number };
  work = 0;
  timedOut = false;
  readonly #visible = new Map<E.Repository, boolean>();
  readonly #memo = new Map<unknown, Map<unknown, unknown>>();

  constructor(values: { world: World; viewer: Viewer; urls: Urls; limits: Limits; nextGlobalIds: boolean; rateLimit: RateLimit & { readonly cost: number; readonly nodeCount: number } }) {
    this.world = values.world;
    this.viewer = values.viewer;
    this.urls = values.urls;
    this.limits = values.limits;
    this.nextGlobalIds = values.nextGlobalIds;
    this.rateLimit = values.rateLimit;
  }

  /** Counts work; ends the query when it is too much. */
  spend(work: number): void {
    this.work += work;
    if (this.work > this.limits.timeoutWork) this.timedOut = true;
    if (this.timedOut) throw new Error("Timeout");
    if (this.work > this.limits.resourceWork) throw new TypedError("RESOURCE_LIMITS_EXCEEDED", "Resource limits for this query exceeded.");
  }

  sees(repository: E.Repository): boolean {
    const known = this.#visible.get(repository);
    if (known !== undefined) return known;
    const sees = canSee(this.viewer, repository);
    this.#visible.set(repository, sees);
    return sees;
  }

  /** Whether this part of the repository can be read: what is public can be, whatever a token was granted. */
  mayRead(repository: E.Repository, permission: Permission): boolean {
    return this.sees(repository) && (repository.visibility === "public" || mayUse(this.viewer, permission));
  }

  /** As `mayRead`, or FORBIDDEN. */
  mustRead(repository: E.Repository, permission: Permission): void {
    if (!this.mayRead(repository, permission)) throw this.forbidden();
  }

  /** A permission that is needed even where everything is public. */
  mustUse(permission: Permission, level: Level = "read"): void {
    if (!mayUse(this.viewer, permission, level)) throw this.forbidden();
  }

  forbidden(): TypedError {
    return new TypedError("FORBIDDEN", `Resource not accessible by ${this.viewer.is === "user" ? "personal access token" : "integration"}`, { saml_failure: false });
  }

  /** Computed once for each execution: for what would else be searched again for each node. */
  memo<K, V>(about: unknown, key: K, compute: (key: K) => V): V {
    let known = this.#memo.get(about);
    if (known === undefined) this.#memo.set(about, (known = new Map()));
    if (known.has(key)) return known.get(key) as V;
    const value = compute(key);
    known.set(key, value);
    return value;
  }
}
