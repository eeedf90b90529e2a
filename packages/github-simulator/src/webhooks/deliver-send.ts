/** Takes one delivery to its receiver: over HTTP, or to a function that stands for an address. */
import { Agent, request } from "undici";

export type WebhookRequest = { readonly url: string; readonly headers: Readonly<Record<string, string>>; readonly body: string };
export type WebhookResponse = { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string };
export type Receiver = (request: WebhookRequest) => WebhookResponse | Promise<WebhookResponse>;
/** What came back; `status` null: nothing did. */
export type Sent = { readonly status: number | null; readonly why: "answered" | "timed out" | "failed to connect to host"; readonly headers: Readonly<Record<string, string>>; readonly body: string; readonly durationMs: number };
export type Sender = { readonly send: (request: WebhookRequest, insecureSsl: boolean) => Promise<Sent>; readonly close: () => Promise<void> };

/** GitHub waits this long for an answer, then the delivery has failed. */
export const TIMEOUT_MS = 10_000;
/** Of the receiver's answer GitHub keeps the beginning. */
const KEPT_OF_RESPONSE = 100_000;

/** `receivers`: by the beginning of the address, for receivers in this process. */
export function makeSender(receivers: ReadonlyMap<string, Receiver>, { timeoutMs = TIMEOUT_MS }: { readonly timeoutMs?: number } = {}): Sender {
  const agents: { strict: Agent | null; lax: Agent | null } = { strict: null, lax: null };
  const agentFor = (insecureSsl: boolean): Agent => {
    const connect = { timeout: timeoutMs, rejectUnauthorized: !insecureSsl };
    if (insecureSsl) return (agents.lax ??= new Agent({ connect, connections: 20 }));
    return (agents.strict ??= new Agent({ connect, connections: 20 }));
  };
  return {
    send: async (outgoing, insecureSsl) => {
      const start = performance.now();
      const took = (): number => Math.round(performance.now() - start);
      const receiver = [...receivers].find(([address]) => outgoing.url.startsWith(address))?.[1];
      try {
        const answer = receiver === undefined ? await overHttp(outgoing, agentFor(insecureSsl), timeoutMs) : await within(timeoutMs, receiver(outgoing));
        return { status: answer.status, why: "answered", headers: answer.headers ?? {}, body: (answer.body ?? "").slice(0, KEPT_OF_RESPONSE), durationMs: took() };
      } catch (error) {
        return { status: null, why: isTimeout(error) ? "timed out" : "failed to connect to host", headers: {}, body: "", durationMs: took() };
      }
    },
    close: async () => {
      const { strict, lax } = agents;
      Object.assign(agents, { strict: null, lax: null });
      await Promise.all([strict?.close(), lax?.close()]);
    },
  };
}

async function overHttp({ url, headers, body }: WebhookRequest, dispatcher: Agent, timeoutMs: number): Promise<WebhookResponse> {
  const response = await request(url, { method: "POST", headers, body, dispatcher, signal: AbortSignal.timeout(timeoutMs) });
  const received = Object.entries(response.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(", ") : (value ?? "")] as const);
  return { status: response.statusCode, headers: Object.fromEntries(received), body: await response.body.text() };
}

function within<T>(timeoutMs: number, answer: T | Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new DOMException("No answer", "TimeoutError")), timeoutMs);
    Promise.resolve(answer).then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

const TIMEOUTS = new Set(["TimeoutError", "AbortError", "ConnectTimeoutError", "HeadersTimeoutError", "BodyTimeoutError"]);

function isTimeout(error: unknown): boolean {
  return typeof error === "object" && error !== null && "name" in error && typeof error.name === "string" && TIMEOUTS.has(error.name);
}
