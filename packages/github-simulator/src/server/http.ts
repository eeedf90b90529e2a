/** The same over HTTP: fastify in front of `serve`, on loopback only. */
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import { CONNECTION_RESET } from "./exchange.ts";
import type { Serve } from "./serve.ts";

const MOST_BYTES = 10 * 1024 * 1024;
const LOOPBACK = "127.0.0.1";

export type Listening = { readonly url: string; readonly port: number; readonly close: () => Promise<void> };

/** Nothing is parsed here: the server below reads the path and the body as GitHub does. */
export function makeApp(serve: Serve): FastifyInstance {
  const app = fastify({
    logger: false, bodyLimit: MOST_BYTES, forceCloseConnections: true, routerOptions: { ignoreTrailingSlash: true },
    // A path that fastify cannot unescape: `serve` says so as GitHub does.
    frameworkErrors: (_error, request, reply) => void answer(request, reply),
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", { parseAs: "string" }, (_request, body, done) => done(null, body));
  app.setNotFoundHandler(answer);
  app.setErrorHandler<Error & { readonly statusCode?: number }>(async ({ statusCode = 500, stack }, _request, reply) => {
    // A fault of the simulator's own is told where it runs: the client would take it for GitHub's.
    if (statusCode >= 500) process.stderr.write(`${stack}\n`);
    return reply.code(statusCode).send({ message: statusCode === 413 ? "Payload Too Large" : "Server Error" });
  });
  return app;

  async function answer(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const outcome = await serve(toIncoming(request));
    if (outcome === CONNECTION_RESET) {
      reply.hijack();
      request.raw.socket.resetAndDestroy();
      return reply;
    }
    // The Date is GitHub's, not this machine's.
    reply.raw.sendDate = false;
    // Nothing is not an empty text: a 204 and a 304 have neither type nor length, and a HEAD does not say that there is nothing.
    return reply.code(outcome.status).headers(outcome.headers).send(outcome.body ?? undefined);
  }
}

/** Port 0 takes a free one. */
export async function listen(app: FastifyInstance, port: number): Promise<Listening> {
  const url = await app.listen({ port, host: LOOPBACK });
  return { url, port: Number(new URL(url).port), close: () => app.close() };
}

function toIncoming(request: FastifyRequest): Parameters<Serve>[0] {
  const { raw } = request;
  const target = raw.url ?? "/";
  const mark = target.indexOf("?");
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(raw.headers)) if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(", ") : value;
  return {
    method: raw.method ?? "GET",
    origin: `http://${headers["host"] ?? LOOPBACK}`,
    path: mark === -1 ? target : target.slice(0, mark),
    query: new URLSearchParams(mark === -1 ? "" : target.slice(mark)),
    headers,
    body: typeof request.body === "string" ? request.body : null,
    from: raw.socket.remoteAddress ?? LOOPBACK,
  };
}
