/**
 * GitHub's limits as published (github/docs rate-limits-for-the-rest-api, rate-limits-and-query-limits-for-the-graphql-api), and who ran into
 * them. All are counted per budget: the user behind a token, the installation, or an anonymous address.
 */
import type { Millis } from "../world/entities.ts";
import { RollingWindow } from "./rolling-window.ts";

export const PUBLISHED = {
  anonymousPerHour: 60,
  userPerHour: 5000,
  installationMaximumPerHour: 12_500,
  searchPerMinute: 30,
  anonymousSearchPerMinute: 10,
  codeSearchPerMinute: 9,
  concurrent: 100,
  restPointsPerMinute: 900,
  graphqlPointsPerMinute: 2000,
  cpuMsPerMinute: 90_000,
  graphqlCpuMsPerMinute: 60_000,
  contentPerMinute: 80,
  contentPerHour: 500,
  secondaryRetryAfterSeconds: 60,
} as const;

export type Resource = "core" | "search" | "code_search" | "graphql";
export type Violation = "primary" | "graphql-primary" | "search" | "rest-points-per-minute" | "graphql-points-per-minute" | "concurrency" | "cpu" | "content-per-minute" | "content-per-hour" | "retry-after-ignored";

/** `resetAt` on GitHub's clock. */
export type Meter = { readonly resource: Resource; readonly limit: number; readonly used: number; readonly remaining: number; readonly resetAt: Millis };
export type Refusal = { readonly is: "primary" | "secondary"; readonly violation: Violation; readonly retryAfterSeconds: number };
export type Demand = { readonly resource: Resource; readonly limit: number; readonly points: number; readonly writes: boolean; /** Costs nothing of the primary budget. */ readonly free: boolean };

type Window = { used: number; limit: number; resetAt: Millis };
type Account = { windows: Map<Resource, Window>; rest: RollingWindow; graphql: RollingWindow; cpu: RollingWindow; graphqlCpu: RollingWindow; content: RollingWindow; contentHour: RollingWindow; inFlight: number; blockedUntil: Millis };

const WINDOW_MS: Readonly<Record<Resource, number>> = { core: 3_600_000, graphql: 3_600_000, search: 60_000, code_search: 60_000 };

export class Limits {
  /** How often each limit was run into: 0 for a client that keeps to the rules. */
  readonly violations: Record<Violation, number> = {
    primary: 0, "graphql-primary": 0, search: 0, "rest-points-per-minute": 0, "graphql-points-per-minute": 0, concurrency: 0, cpu: 0, "content-per-minute": 0, "content-per-hour": 0, "retry-after-ignored": 0,
  };
  readonly #now: () => Millis;
  readonly #githubNow: () => Millis;
  readonly #enforced: boolean;
  readonly #accounts = new Map<string, Account>();

  /** `now`: the clock that is counted by; `githubNow`: the one that answers speak of, where that is another. */
  constructor(now: () => Millis, enforced = true, githubNow = now) {
    this.#now = now;
    this.#githubNow = githubNow;
    this.#enforced = enforced;
  }

  /** Admits a request, or says why not. What was admitted must `leave`. */
  enter(budget: string, demand: Demand): Refusal | null {
    const account = this.#account(budget);
    account.inFlight += 1;
    // Nor told: whoever heeds what is left would wait for a limit that there is not.
    if (!this.#enforced) return null;
    const refusal = this.#refusal(account, demand);
    if (refusal !== null) {
      account.inFlight -= 1;
      this.violations[refusal.violation] += 1;
    }
    return refusal;
  }

  leave(budget: string): void {
    this.#account(budget).inFlight -= 1;
  }

  /** What is only known afterwards: a query's points, the time it took on GitHub's machines. */
  charge(budget: string, resource: Resource, limit: number, points: number, cpuMs = 0): void {
    if (!this.#enforced) return;
    const account = this.#account(budget);
    this.#window(account, resource, limit).used += points;
    account.cpu.add(this.#now(), cpuMs);
    if (resource === "graphql") account.graphqlCpu.add(this.#now(), cpuMs);
  }

  /** An answer without change (304) is free. */
  refund(budget: string, resource: Resource, limit: number): void {
    if (this.#enforced) this.#window(this.#account(budget), resource, limit).used -= 1;
  }

  meter(budget: string, resource: Resource, limit: number): Meter {
    const { used, resetAt } = this.#window(this.#account(budget), resource, limit);
    return { resource, limit, used: Math.min(used, limit), remaining: Math.max(0, limit - used), resetAt: resetAt - this.#now() + this.#githubNow() };
  }

  /** Refuses everything of this budget for a while, as GitHub does when it thinks something is abused. */
  block(budget: string, seconds: number): void {
    const account = this.#account(budget);
    account.blockedUntil = Math.max(account.blockedUntil, this.#now() + seconds * 1000);
  }

  #refusal(account: Account, demand: Demand): Refusal | null {
    const now = this.#now();
    if (account.blockedUntil > now) return secondary("retry-after-ignored", Math.ceil((account.blockedUntil - now) / 1000));
    const window = this.#window(account, demand.resource, demand.limit);
    if (!demand.free && window.used >= window.limit) {
      const violation = demand.resource === "core" ? "primary" : demand.resource === "graphql" ? "graphql-primary" : "search";
      return { is: "primary", violation, retryAfterSeconds: Math.ceil((window.resetAt - now) / 1000) };
    }
    const violation = this.#secondaryViolation(account, demand, now);
    if (violation !== null) {
      account.blockedUntil = now + PUBLISHED.secondaryRetryAfterSeconds * 1000;
      return secondary(violation, PUBLISHED.secondaryRetryAfterSeconds);
    }
    if (!demand.free && demand.resource !== "graphql") window.used += 1;
    (demand.resource === "graphql" ? account.graphql : account.rest).add(now, demand.points);
    if (demand.writes) {
      account.content.add(now, 1);
      account.contentHour.add(now, 1);
    }
    return null;
  }

  #secondaryViolation(account: Account, demand: Demand, now: Millis): Violation | null {
    if (account.inFlight > PUBLISHED.concurrent) return "concurrency";
    if (demand.resource === "graphql") {
      if (account.graphql.total(now) + demand.points > PUBLISHED.graphqlPointsPerMinute) return "graphql-points-per-minute";
      if (account.graphqlCpu.total(now) > PUBLISHED.graphqlCpuMsPerMinute) return "cpu";
    } else if (account.rest.total(now) + demand.points > PUBLISHED.restPointsPerMinute) return "rest-points-per-minute";
    if (account.cpu.total(now) > PUBLISHED.cpuMsPerMinute) return "cpu";
    if (!demand.writes) return null;
    if (account.content.total(now) >= PUBLISHED.contentPerMinute) return "content-per-minute";
    return account.contentHour.total(now) >= PUBLISHED.contentPerHour ? "content-per-hour" : null;
  }

  #window(account: Account, resource: Resource, limit: number): Window {
    const now = this.#now();
    const known = account.windows.get(resource);
    if (known !== undefined && known.resetAt > now) {
      known.limit = limit;
      return known;
    }
    const fresh = { used: 0, limit, resetAt: Math.floor(now / 1000) * 1000 + WINDOW_MS[resource] };
    account.windows.set(resource, fresh);
    return fresh;
  }

  #account(budget: string): Account {
    const known = this.#accounts.get(budget);
    if (known !== undefined) return known;
    const minute = (): RollingWindow => new RollingWindow(60);
    const account: Account = { windows: new Map(), rest: minute(), graphql: minute(), cpu: minute(), graphqlCpu: minute(), content: minute(), contentHour: new RollingWindow(3600), inFlight: 0, blockedUntil: 0 };
    this.#accounts.set(budget, account);
    return account;
  }
}

function secondary(violation: Violation, retryAfterSeconds: number): Refusal {
  return { is: "secondary", violation, retryAfterSeconds };
}
