/** Where requests queue for the governor's word: the only holder of its state. One for each budget, that is for each token. */
import { TransientError } from "@octally/shared/errors";
import { stopped, type Timing } from "./clock.ts";
import { begin, decide, type Decision, type Ending, finish, type GovernorState, QUIET_GOVERNOR, type Wish } from "./governor.ts";
import type { Limits, Purpose } from "./limits.ts";

export type Gate = {
  /** Resolves when the request may go; the caller ends every ticket once. @throws TransientError `github-budget` when that is too late for the caller, `github-stopped` */
  readonly enter: (wish: Wish, signal?: AbortSignal) => Promise<Ticket>;
  readonly state: () => GovernorState;
};

export type Ticket = { readonly end: (ending: Ending) => void };

type Waiter = { readonly wish: Wish; readonly resolve: (ticket: Ticket) => void; readonly reject: (error: TransientError) => void };

const URGENCY: Readonly<Record<Purpose, number>> = { live: 0, repair: 1, backfill: 2 };

export function makeGate(limits: Limits, { nowMs, sleep }: Timing): Gate {
  let state = QUIET_GOVERNOR;
  let waiters: readonly Waiter[] = [];
  let alarm: AbortController | undefined;

  function ticketFor(wish: Wish, atMs: number): Ticket {
    const begun = begin(state, wish, atMs);
    state = begun.state;
    return {
      end(ending) {
        state = finish(state, begun.flight, ending, nowMs());
        look();
      },
    };
  }

  /** The most urgent first, and those who came first before others of their purpose. */
  function look(): void {
    alarm?.abort();
    alarm = undefined;
    const atMs = nowMs();
    let wakeAtMs = Number.POSITIVE_INFINITY;
    const staying: Waiter[] = [];
    // Within one look there is only ever less room: what was told to one is told to all of its like.
    const told = new Map<string, Exclude<Decision, { do: "go" }>>();
    for (const waiter of waiters) {
      const { api, resource, purpose, cost, points, patientUntilMs } = waiter.wish;
      const like = `${api} ${resource} ${purpose} ${cost} ${points}`;
      const decision = told.get(like) ?? decide(state, limits, waiter.wish, atMs);
      if (decision.do === "go") {
        waiter.resolve(ticketFor(waiter.wish, atMs));
        continue;
      }
      told.set(like, decision);
      if (decision.untilMs !== null && decision.untilMs > patientUntilMs) waiter.reject(deferral(decision, waiter.wish, atMs));
      else if (atMs >= patientUntilMs) waiter.reject(deferral({ ...decision, untilMs: decision.untilMs ?? atMs }, waiter.wish, atMs));
      else {
        staying.push(waiter);
        wakeAtMs = Math.min(wakeAtMs, decision.untilMs ?? Number.POSITIVE_INFINITY, patientUntilMs);
      }
    }
    waiters = staying;
    if (wakeAtMs < Number.POSITIVE_INFINITY) wakeAt(wakeAtMs - atMs);
  }

  function wakeAt(ms: number): void {
    const mine = new AbortController();
    alarm = mine;
    void sleep(ms, mine.signal).then(() => {
      if (!mine.signal.aborted) look();
      return undefined;
    });
  }

  return {
    state: () => state,
    enter(wish, signal) {
      if (signal?.aborted === true) return Promise.reject(stopped(signal));
      const { promise, resolve, reject } = Promise.withResolvers<Ticket>();
      const waiter: Waiter = { wish, resolve, reject };
      waiters = [...waiters, waiter].toSorted((a, b) => URGENCY[a.wish.purpose] - URGENCY[b.wish.purpose]);
      const leave = (): void => {
        waiters = waiters.filter((other) => other !== waiter);
        if (signal !== undefined) reject(stopped(signal));
      };
      signal?.addEventListener("abort", leave, { once: true });
      look();
      return promise.finally(() => signal?.removeEventListener("abort", leave));
    },
  };
}

const MEANING: Readonly<Record<Exclude<Decision, { do: "go" }>["reason"], string>> = {
  "hourly-budget": "the hourly budget",
  "minute-points": "the points of this minute",
  "minute-seconds": "the computing time of this minute",
  "secondary-limit": "a secondary rate limit",
  "in-flight": "requests under way",
};

function deferral(decision: Exclude<Decision, { do: "go" }>, wish: Wish, atMs: number): TransientError {
  const seconds = Math.max(1, Math.ceil(((decision.untilMs ?? atMs) - atMs) / 1000));
  return new TransientError("github-budget", `GitHub's ${wish.resource} budget has no room for ${wish.purpose} work for ${seconds} s (${MEANING[decision.reason]}).`, { retryAfterSeconds: seconds });
}
