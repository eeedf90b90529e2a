/** The edge to GitHub: one HTTP exchange. It judges nothing, follows nothing and repeats nothing. */
import { messageOf } from "@octally/shared/errors";
import { Octokit } from "@octokit/core";
import type { Authorize } from "./authorize.ts";
import { stopped } from "./clock.ts";
import type { Exchange, NoAnswer, OutgoingRequest } from "./exchange.ts";
import { parseBody } from "./parse-body.ts";

/** So that tests and the simulator need no port. */
export type Fetch = typeof globalThis.fetch;

export type TransportOptions = {
  readonly apiUrl: string;
  readonly userAgent: string;
  readonly fetch?: Fetch | undefined;
};

/** @throws TransientError `github-stopped`, and whatever `authorize` throws; everything else is a value */
export type Transport = (request: OutgoingRequest, authorize: Authorize, options: { readonly timeoutMs: number; readonly signal?: AbortSignal | undefined }) => Promise<Exchange | NoAnswer>;

const HEADERS = {
  accept: "application/vnd.github+json",
  // Named, because without it GitHub may answer in a later form (docs: "API versions").
  "x-github-api-version": "2022-11-28",
  // Node ids in one format, whatever the age of the thing.
  "x-github-next-global-id": "1",
} as const;

const JSON_TYPE = /\bjson\b/;

const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

export function makeOctokit({ apiUrl, userAgent, fetch }: TransportOptions): Octokit {
  return new Octokit({ baseUrl: apiUrl, userAgent, log: silent, request: { log: silent, ...(fetch === undefined ? {} : { fetch }) } });
}

export function makeTransport(octokit: Octokit): Transport {
  const origin = new URL(octokit.request.endpoint.DEFAULTS.baseUrl).origin;
  return async ({ method, url, headers, body }, authorize, { timeoutMs, signal }) => {
    // A redirect may lead elsewhere (archives, logs): the token does not go along.
    const authorization = new URL(url).origin === origin ? await authorize() : undefined;
    const timeout = AbortSignal.timeout(Math.max(1, Math.ceil(timeoutMs)));
    try {
      const { status, headers: told, data } = await octokit.request({
        method,
        // Octokit would take braces of a URL for its templates.
        url: url.replaceAll("{", "%7B").replaceAll("}", "%7D"),
        headers: { ...HEADERS, ...headers, ...(authorization === undefined ? {} : { authorization }) },
        ...(body === undefined ? {} : { data: body }),
        request: { redirect: "manual", parseSuccessResponseBody: false, signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]) },
      });
      const map = headerMap(told);
      return wholeOrNot({ is: "exchange", url, status, headers: map, body: data instanceof ReadableStream ? bodyOf(map, await new Response(data).text()) : data });
    } catch (thrown) {
      const response = responseIn(thrown);
      if (response !== undefined) return wholeOrNot({ is: "exchange", url, ...response });
      if (signal?.aborted === true) throw stopped(signal);
      return { is: "no-answer", reason: timeout.aborted ? "timeout" : "connection", message: messageOf(thrown), cause: thrown };
    }
  };
}

/** What is no JSON stays a text, whatever was announced. */
function bodyOf(headers: Exchange["headers"], text: string): unknown {
  if (!JSON_TYPE.test(headers["content-type"] ?? "")) return text;
  try {
    return parseBody(text);
  } catch {
    return text;
  }
}

/** An answer that breaks off leaves a text where JSON was announced. */
function wholeOrNot(exchange: Exchange): Exchange | NoAnswer {
  const json = JSON_TYPE.test(exchange.headers["content-type"] ?? "");
  const announced = Number(exchange.headers["content-length"] ?? 1) > 0;
  const cut = exchange.status >= 200 && exchange.status < 300 && json && announced && typeof exchange.body === "string" && exchange.status !== 204 && exchange.status !== 205;
  return cut ? { is: "no-answer", reason: "malformed", message: "The answer broke off.", cause: undefined } : exchange;
}

/** Octokit throws every status from 304 upwards; here they are answers like others. */
export function responseIn(thrown: unknown): { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: unknown } | undefined {
  if (typeof thrown !== "object" || thrown === null || !("response" in thrown) || typeof thrown.response !== "object" || thrown.response === null) return undefined;
  const { response } = thrown;
  if (!("status" in response) || typeof response.status !== "number" || !("headers" in response)) return undefined;
  return { status: response.status, headers: headerMap(response.headers), body: "data" in response ? response.data : undefined };
}

function headerMap(headers: unknown): Readonly<Record<string, string>> {
  if (typeof headers !== "object" || headers === null) return {};
  return Object.fromEntries(Object.entries(headers).flatMap(([name, value]) => (typeof value === "string" || typeof value === "number" ? [[name.toLowerCase(), String(value)]] : [])));
}
