/**
 * The one way out to GitHub: asks the gate, sends, has the answer judged, reports it, and sends again what failed or was limited. REST and
 * GraphQL differ only in how an answer is judged.
 */
import type { ApiUse } from "@octally/shared/api-usage";
import { PermanentError, TransientError } from "@octally/shared/errors";
import type { Authorize } from "./authorize.ts";
import type { Call } from "./call.ts";
import { stopped, type Timing } from "./clock.ts";
import type { Exchange, NoAnswer, OutgoingRequest } from "./exchange.ts";
import type { Gate, Ticket } from "./gate.ts";
import type { Ending } from "./governor.ts";
import { type Api, minutePointsOf } from "./limits.ts";
import { NO_NEWS, observedAtOf, parseRateNews } from "./rate-news.ts";
import { makeRefusedCredentials } from "./refused-credentials.ts";
import { planRetry } from "./retry.ts";
import type { Transport } from "./transport.ts";

type ApiOutcome = "ok" | "partial" | "not-modified" | "moved" | "missing" | "forbidden" | "refused" | "limited" | "too-heavy" | "failed" | "no-answer" | "unauthorized";

export type Judgement<V> =
  | { readonly is: "answer"; readonly value: V; readonly outcome: ApiOutcome; readonly points: number }
  | { readonly is: "limited"; readonly limit: "primary" | "secondary"; readonly message: string }
  | { readonly is: "retry"; readonly message: string }
  | { readonly is: "unauthorized"; readonly message: string }
  | { readonly is: "stop"; readonly code: string; readonly message: string };

export type Dispatch = <V>(request: Dispatched, judge: (came: Exchange | NoAnswer) => Judgement<V>, call: Call) => Promise<V>;

export type Dispatched = { readonly outgoing: OutgoingRequest; readonly api: Api; readonly resource: string; /** Of the hourly budget, as far as is known. */ readonly cost: number };

export type DispatchPorts = {
  readonly transport: Transport;
  readonly authorize: Authorize;
  readonly gate: Gate;
  readonly timing: Timing;
  /** In [0, 1). */
  readonly chance: () => number;
  /** GitHub gives up after ten seconds; what takes longer than this is not coming. */
  readonly requestTimeoutMs: number;
  readonly onUse: (use: ApiUse) => void;
};

const DEFAULT_MAX_WAIT_MS = 15_000;
/** Each time the gate has waited as GitHub asked; more often than this, something else is wrong. */
const LIMITS_IN_A_ROW = 4;

export function makeDispatch(ports: DispatchPorts): Dispatch {
  const { timing, transport } = ports;
  const credentials = makeRefusedCredentials(timing.nowMs);
  return async (request, judge, call) => {
    const deadlineMs = call.deadlineMs ?? Number.POSITIVE_INFINITY;
    let failures = 0;
    let limits = 0;
    for (;;) {
      credentials.mayAsk();
      const ticket = await enter(ports, request, call, deadlineMs);
      const came = await send(ticket, () => transport(request.outgoing, ports.authorize, { timeoutMs: Math.min(ports.requestTimeoutMs, deadlineMs - timing.nowMs()), signal: call.signal }));
      const verdict = judge(came);
      ticket.end(endingOf(came, verdict));
      report(ports, request, call, came, verdict);
      if (verdict.is === "unauthorized") throw credentials.refused(verdict.message);
      credentials.accepted();
      if (verdict.is === "answer") return verdict.value;
      if (verdict.is === "stop") throw new PermanentError(verdict.code, verdict.message);
      if (verdict.is === "limited") {
        limits += 1;
        if (limits >= LIMITS_IN_A_ROW) throw new TransientError("github-limited", `GitHub limits again and again: ${verdict.message}`, { retryAfterSeconds: 300 });
        continue;
      }
      failures += 1;
      // Whether a write was done is not known: it is not sent twice.
      const repeatable = request.outgoing.method === "GET" || request.api === "graphql";
      const retry = repeatable ? planRetry(failures, timing.nowMs(), deadlineMs, ports.chance()) : ({ do: "give-up", retryAfterSeconds: 30 } as const);
      if (retry.do === "give-up") throw new TransientError("github-unavailable", `GitHub did not answer after ${failures} attempts: ${verdict.message}`, { retryAfterSeconds: retry.retryAfterSeconds, ...(came.is === "no-answer" ? { cause: came.cause } : {}) });
      await pause(timing, retry.afterMs, call.signal);
    }
  };
}

async function enter({ gate, timing }: DispatchPorts, { api, resource, cost, outgoing }: Dispatched, call: Call, deadlineMs: number): Promise<Ticket> {
  const nowMs = timing.nowMs();
  if (nowMs >= deadlineMs) throw new TransientError("github-deadline", "There is no time left to ask GitHub.", { retryAfterSeconds: 1 });
  const patientUntilMs = Math.min(deadlineMs, nowMs + (call.maxWaitMs ?? DEFAULT_MAX_WAIT_MS));
  return gate.enter({ api, resource, purpose: call.purpose, cost, points: minutePointsOf(api, outgoing.method), patientUntilMs }, call.signal);
}

/** Whatever happens, the place is given back. */
async function send(ticket: Ticket, transport: () => Promise<Exchange | NoAnswer>): Promise<Exchange | NoAnswer> {
  try {
    return await transport();
  } catch (thrown) {
    ticket.end({ is: "no-answer", news: NO_NEWS });
    throw thrown;
  }
}

function endingOf(came: Exchange | NoAnswer, verdict: Judgement<unknown>): Ending {
  if (came.is === "no-answer") return { is: "no-answer", news: NO_NEWS };
  const news = parseRateNews(came.headers);
  if (verdict.is === "limited") return { is: verdict.limit === "primary" ? "primary-limit" : "secondary-limit", news };
  // A proxy in front of GitHub answers failures without the headers; nothing follows from their absence.
  return { is: came.status >= 500 ? "no-answer" : "answered", news };
}

function report({ onUse }: DispatchPorts, { resource }: Dispatched, call: Call, came: Exchange | NoAnswer, verdict: Judgement<unknown>): void {
  const at = came.is === "exchange" ? observedAtOf(came.headers) : null;
  const told = came.is === "exchange" ? (came.headers["x-ratelimit-resource"] ?? resource) : resource;
  onUse({ at, purpose: call.purpose, resource: told, kind: call.kind, ...spentOf(came, verdict) });
}

function spentOf(came: Exchange | NoAnswer, verdict: Judgement<unknown>): { readonly outcome: ApiOutcome; readonly points: number } {
  switch (verdict.is) {
    case "answer":
      return { outcome: verdict.outcome, points: verdict.points };
    case "limited":
      return { outcome: "limited", points: 0 };
    case "unauthorized":
      return { outcome: "unauthorized", points: 0 };
    case "stop":
      return { outcome: "refused", points: 1 };
    case "retry":
      return { outcome: came.is === "no-answer" ? "no-answer" : "failed", points: 1 };
    default:
      return verdict satisfies never;
  }
}

async function pause({ sleep }: Timing, ms: number, signal: AbortSignal | undefined): Promise<void> {
  const never = new AbortController().signal;
  await sleep(ms, signal ?? never);
  if (signal?.aborted === true) throw stopped(signal);
}
