/**
 * Stands before OpenSearch and takes what is written in bulk for stored, at once: where the worker's memory is measured, and not the store. The states of the
 * parts are no bulk; they and everything else go through.
 */
import fastify from "fastify";
import { Pool } from "undici";

export type BulkSink = { readonly url: string; /** By kind's alias. */ readonly taken: ReadonlyMap<string, number>; readonly close: () => Promise<void> };

const MOST_BYTES = 100 * 1024 * 1024;
const ACTION = /^\{"index":\{"_index":"([^"]+)"/gmu;

export async function startBulkSink(openSearchUrl: string): Promise<BulkSink> {
  const taken = new Map<string, number>();
  const openSearch = new Pool(openSearchUrl);
  const app = fastify({ logger: false, bodyLimit: MOST_BYTES, forceCloseConnections: true });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
  app.all("/*", async (request, reply) => {
    const body = request.body instanceof Buffer ? request.body : null;
    if (request.url.startsWith("/_bulk") && body !== null) {
      const targets = [...body.toString("utf8").matchAll(ACTION)].map(([, target]) => target ?? "");
      for (const target of targets) taken.set(target, (taken.get(target) ?? 0) + 1);
      return reply.type("application/json").send(JSON.stringify({ items: targets.map(() => ({ index: { status: 201 } })) }));
    }
    const type = request.headers["content-type"];
    const answer = await openSearch.request({ path: request.url, method: request.method, body, headers: type === undefined ? {} : { "content-type": type } });
    return reply.code(answer.statusCode).type(String(answer.headers["content-type"] ?? "application/json")).send(Buffer.from(await answer.body.arrayBuffer()));
  });
  const url = await app.listen({ port: 0, host: "127.0.0.1" });
  return {
    url,
    taken,
    close: async () => {
      await app.close();
      await openSearch.close();
    },
  };
}
