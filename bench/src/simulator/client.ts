/** One way to ask the simulated GitHub; the rates are measured over both. */
import type { Simulator } from "@octally/github-simulator/simulator";
import { Pool } from "undici";

export type Answer = { readonly status: number; readonly etag: string | null; readonly body: Buffer };
export type Client = {
  readonly get: (path: string, etag?: string) => Promise<Answer>;
  readonly post: (path: string, body: string) => Promise<Answer>;
  readonly close: () => Promise<void>;
};

/** How many requests are under way at the same time. */
export const AT_ONCE = 8;

/** Over kept connections of loopback, one request at a time on each. */
export function makeHttpClient(url: string, token: string): Client {
  const pool = new Pool(url, { connections: AT_ONCE, pipelining: 1 });
  const request = async (method: "GET" | "POST", path: string, body: string | null, etag?: string): Promise<Answer> => {
    const answer = await pool.request({ method, path, body, headers: headersOf(token, etag) });
    const bytes = Buffer.from(await answer.body.arrayBuffer());
    return { status: answer.statusCode, etag: String(answer.headers["etag"] ?? ""), body: bytes };
  };
  return { get: (path, etag) => request("GET", path, null, etag), post: (path, body) => request("POST", path, body), close: () => pool.close() };
}

/** Without a port: `fetch` and what it costs (URL, Response) is part of what is measured. */
export function makeInProcessClient({ fetch, tokens }: Simulator): Client {
  const request = async (method: "GET" | "POST", path: string, body: string | null, etag?: string): Promise<Answer> => {
    const answer = await fetch(`https://api.github.com${path}`, { method, headers: headersOf(tokens.owner, etag), ...(body === null ? {} : { body }) });
    return { status: answer.status, etag: answer.headers.get("etag"), body: Buffer.from(await answer.arrayBuffer()) };
  };
  return { get: (path, etag) => request("GET", path, null, etag), post: (path, body) => request("POST", path, body), close: () => Promise.resolve() };
}

function headersOf(token: string, etag: string | undefined): Record<string, string> {
  return { authorization: `Bearer ${token}`, "user-agent": "octally-bench", accept: "application/vnd.github+json", ...(etag === undefined ? {} : { "if-none-match": etag }) };
}
