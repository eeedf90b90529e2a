/** A `fetch` that reaches the simulated GitHub by a call: no port, no socket, the same way through the server. */
import { CONNECTION_RESET } from "./exchange.ts";
import type { Serve } from "./serve.ts";

export type Fetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

const WITHOUT_BODY = new Set([101, 204, 205, 304]);

export function makeFetch(serve: Serve): Fetch {
  const call = async (input: string | URL | Request, init: RequestInit | undefined, hops: number): Promise<Response> => {
    const asked = input instanceof Request ? input : null;
    const url = new URL(input instanceof Request ? input.url : input);
    init?.signal?.throwIfAborted();
    const headers: Record<string, string> = { "user-agent": "node", accept: "*/*" };
    asked?.headers.forEach((value, name) => (headers[name] = value));
    new Headers(init?.headers ?? {}).forEach((value, name) => (headers[name] = value));
    const method = (init?.method ?? asked?.method ?? "GET").toUpperCase();
    const body = await textOf(init?.body ?? null, asked);
    const outcome = await serve({ method, origin: url.origin, path: url.pathname, query: url.searchParams, headers, body, from: "127.0.0.1" });
    // As undici's fetch says it.
    if (outcome === CONNECTION_RESET) throw new TypeError("fetch failed", { cause: Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" }) });
    const redirect = init?.redirect ?? asked?.redirect ?? "follow";
    const location = outcome.headers["location"];
    if (location !== undefined && outcome.status >= 300 && outcome.status < 400 && redirect === "follow" && hops < 20) {
      return call(new URL(location, url), { ...init, headers, method, ...(body === null ? {} : { body }) }, hops + 1);
    }
    const response = new Response(WITHOUT_BODY.has(outcome.status) ? null : outcome.body, { status: outcome.status, headers: outcome.headers });
    Object.defineProperty(response, "url", { value: url.href });
    return response;
  };
  return (input, init) => call(input, init, 0);
}

async function textOf(body: NonNullable<RequestInit["body"]> | null, asked: Request | null): Promise<string | null> {
  if (typeof body === "string") return body;
  if (body !== null) return new Response(body).text();
  return asked === null || asked.body === null ? null : asked.text();
}
