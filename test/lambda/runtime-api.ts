/** Lambda's Runtime API on the loopback: a function's process asks it for events and tells it what became of them. */
import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

const PREFIX = "/2018-06-01/runtime/";
const TIMEOUT_MS = 60_000;

export type FunctionError = { readonly errorType: string; readonly errorMessage: string };
export type Outcome = { readonly kind: "response"; readonly value: unknown } | { readonly kind: "error"; readonly error: FunctionError };

export type RuntimeApi = {
  /** For AWS_LAMBDA_RUNTIME_API. */
  readonly address: string;
  /** When the function first asked for an event: its start is over. Or how its start failed. */
  readonly initialized: Promise<{ readonly kind: "ready"; readonly atMs: number } | { readonly kind: "error"; readonly error: FunctionError }>;
  readonly invoke: (event: unknown) => Promise<Outcome>;
  readonly close: () => Promise<void>;
};

type Invocation = { readonly id: string; readonly event: string; readonly settle: (outcome: Outcome) => void };

export async function openRuntimeApi(): Promise<RuntimeApi> {
  const waiting: Invocation[] = [];
  const running = new Map<string, Invocation>();
  const initialized = Promise.withResolvers<Awaited<RuntimeApi["initialized"]>>();
  let asking: ServerResponse | undefined;

  function handOver(): void {
    const invocation = asking === undefined ? undefined : waiting.shift();
    if (asking === undefined || invocation === undefined) return;
    running.set(invocation.id, invocation);
    asking.writeHead(200, {
      "content-type": "application/json",
      "lambda-runtime-aws-request-id": invocation.id,
      "lambda-runtime-deadline-ms": String(Date.now() + TIMEOUT_MS),
      "lambda-runtime-invoked-function-arn": "arn:aws:lambda:us-east-1:000000000000:function:local",
      "lambda-runtime-trace-id": "Root=1-00000000-000000000000000000000000;Sampled=0",
    });
    asking.end(invocation.event);
    asking = undefined;
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? "").replace(PREFIX, "");
    if (request.method === "GET" && path === "invocation/next") {
      initialized.resolve({ kind: "ready", atMs: performance.now() });
      asking = response;
      return handOver();
    }
    const body: unknown = JSON.parse(await readText(request));
    const [, id = "", what] = /^invocation\/([^/]+)\/(response|error)$/u.exec(path) ?? [];
    const invocation = running.get(id);
    if (request.method !== "POST" || (path !== "init/error" && invocation === undefined)) return void response.writeHead(404).end();
    response.writeHead(202, { "content-type": "application/json" }).end('{"status":"OK"}');
    if (path === "init/error") return initialized.resolve({ kind: "error", error: body as FunctionError });
    running.delete(id);
    invocation?.settle(what === "response" ? { kind: "response", value: body } : { kind: "error", error: body as FunctionError });
  }

  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    initialized: initialized.promise,
    invoke: (event) =>
      new Promise((settle) => {
        waiting.push({ id: randomUUID(), event: JSON.stringify(event), settle });
        handOver();
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function readText(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString("utf8");
}
