/** The HTTP listener of the local system: what API Gateway is on AWS, plus health and the page. */
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import type { APIGatewayProxyEventV2, Context } from "aws-lambda";
import type { GithubBudget } from "../core/github-budget.ts";
import type { Health } from "../core/health.ts";
import { toGatewayEvent } from "../core/gateway-event.ts";
import { HANDLER_FAILED, toHttpAnswer, type HttpAnswer } from "../core/gateway-response.ts";
import { makeLambdaContext } from "../core/lambda-context.ts";
import { withoutCredentials } from "../core/settings.ts";
import { PAGE_POLICY, pageHtml } from "./page.ts";

/** GitHub's own limit is 25 MB, and the intake's answer to more is the one to be seen: the front only stops what is absurd. */
const BODY_LIMIT_BYTES = 32 * 1024 * 1024;
/** API Gateway waits 30 s for a function. */
const HANDLER_TIME_MS = 30_000;

export type FrontOptions = {
  readonly intake: (event: APIGatewayProxyEventV2, context: Context) => Promise<unknown>;
  readonly health: () => Health;
  readonly status: () => Promise<object>;
  /** What is left of GitHub's budgets. */
  readonly budgets: () => Promise<readonly GithubBudget[]>;
};

const allowed: Readonly<Record<string, string>> = {
  "/webhooks/github": "POST",
  "/": "GET, HEAD",
  "/api/health": "GET, HEAD",
  "/api/status": "GET, HEAD",
  "/api/budget": "GET, HEAD",
};

export function makeFront({ intake, health, status, budgets }: FrontOptions): FastifyInstance {
  const app = Fastify({ logger: false, bodyLimit: BODY_LIMIT_BYTES, forceCloseConnections: "idle", routerOptions: { ignoreTrailingSlash: true } });
  // Every body as the bytes that came: the signature is over them.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));

  // Judged by the intake, after the signature: Fastify would refuse what it cannot read before that.
  const contentTypes = new WeakMap<FastifyRequest, string>();
  app.addHook("onRequest", (request, _reply, done) => {
    const given = request.headers["content-type"];
    if (given !== undefined) {
      contentTypes.set(request, given);
      request.headers["content-type"] = "application/octet-stream";
    }
    done();
  });

  app.post("/webhooks/github", async (request, reply) => send(reply, await callIntake(intake, request, contentTypes.get(request))));
  app.get("/api/health", async (_request, reply) => {
    const now = health();
    return reply.code(now.state === "ready" ? 200 : 503).send({ ...now, opensearch_url: withoutCredentials(now.opensearch_url) });
  });
  app.get("/api/status", async () => status());
  app.get("/api/budget", async () => ({ budgets: await budgets() }));
  app.get("/", async (_request, reply) =>
    reply.type("text/html; charset=utf-8").header("content-security-policy", PAGE_POLICY).header("x-content-type-options", "nosniff").send(pageHtml),
  );
  app.setNotFoundHandler(async (request, reply) => {
    const path = request.url.split("?", 1)[0] ?? "/";
    const methods = allowed[path.length > 1 ? path.replace(/\/$/u, "") : path];
    if (methods === undefined) return reply.code(404).send({ error: "not-found", message: `There is nothing at ${path}.` });
    return reply.code(405).header("allow", methods).send({ error: "method-not-allowed", message: `${path} takes ${methods} only.` });
  });
  app.setErrorHandler(async (failure: { readonly statusCode?: number; readonly code?: string; readonly message: string }, _request, reply) => {
    const code = failure.statusCode ?? 500;
    if (code >= 500) console.error(failure);
    return reply.code(code).send({ error: failure.code ?? "internal", message: code >= 500 ? "Internal Server Error" : failure.message });
  });
  return app;
}

async function callIntake(intake: FrontOptions["intake"], request: FastifyRequest, contentType: string | undefined): Promise<HttpAnswer> {
  const headers = { ...request.headers, "content-type": contentType };
  const { method, url, body, ip: sourceIp, id: requestId } = request;
  const event = toGatewayEvent({ method, url, headers, body: Buffer.isBuffer(body) ? body : Buffer.alloc(0), sourceIp, requestId, receivedAt: new Date() });
  const deadline = performance.now() + HANDLER_TIME_MS;
  try {
    return toHttpAnswer(await intake(event, makeLambdaContext("octally-webhook-intake", requestId, () => deadline - performance.now())));
  } catch (failure) {
    console.error(failure);
    return HANDLER_FAILED;
  }
}

function send(reply: FastifyReply, answer: HttpAnswer): FastifyReply {
  return reply.code(answer.status).headers(answer.headers).send(answer.body);
}
