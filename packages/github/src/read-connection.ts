/** A connection from a cursor to its end, page by page, as large as GitHub bears. */
import { TransientError } from "@octally/shared/errors";
import { textAt } from "@octally/shared/json";
import { adaptivePage, type AdaptivePage, halve, settle } from "./adaptive-page.ts";
import type { Call } from "./call.ts";
import type { HeavyReason } from "./classify-graphql.ts";
import { readConnectionPart, type ConnectionPart } from "./connection.ts";
import { dataAt, type GraphqlAnswer, type GraphqlData, type GraphqlDocument, type GraphqlVariables } from "./graphql.ts";
import type { GraphqlProblem } from "./graphql-problem.ts";
import type { MissingPermission } from "./missing-permission.ts";

export type AskGraphql = (document: GraphqlDocument, variables: GraphqlVariables, call: Call) => Promise<GraphqlAnswer>;

export type ConnectionRequest = {
  /** Takes $first: Int! and $after: String beside `variables`. */
  readonly document: GraphqlDocument;
  readonly variables: GraphqlVariables;
  /** Where the connection is in the data: ["repository", "pullRequests"]. */
  readonly path: readonly string[];
  /** The same connection with nothing but `nodes { id }` and pageInfo: finds the way past one thing that is too heavy by itself. */
  readonly lightDocument?: GraphqlDocument;
  readonly after?: string | null;
  /** Default 100. What an earlier run ended with goes on from there. */
  readonly page?: AdaptivePage;
};

type Step = { /** Where to go on; null at the end. */ readonly next: string | null; readonly page: AdaptivePage };

export type ConnectionAnswer =
  | (Step & ConnectionPart & Pick<GraphqlData, "cost" | "observedAt" | "problems"> & { readonly is: "page"; /** Everything beside the connection. */ readonly data: GraphqlData["data"] })
  /** This one thing cannot be had by the document; the list goes on after it. */
  | (Step & { readonly is: "too-heavy"; readonly nodeId: string | null; readonly reason: HeavyReason; readonly message: string })
  /** There is no connection: its owner is gone or not visible. The last answer. */
  | (Step & { readonly is: "unreachable"; readonly data: GraphqlData["data"]; readonly problems: readonly GraphqlProblem[] })
  | (Step & { readonly is: "forbidden"; readonly missing: MissingPermission });

/** @throws TransientError `github-too-heavy` for one thing alone without a light document; what `ask` throws. The last `next` is where to go on. */
export async function* readConnection(ask: AskGraphql, request: ConnectionRequest, call: Call): AsyncGenerator<ConnectionAnswer, void, undefined> {
  let page = request.page ?? adaptivePage(100);
  let after = request.after ?? null;
  for (;;) {
    const answer = await ask(request.document, { ...request.variables, first: page.size, after }, call);
    if (answer.is === "forbidden") {
      yield { ...answer, next: null, page };
      return;
    }
    if (answer.is === "too-heavy") {
      const smaller = halve(page);
      if (smaller === undefined) {
        const passed = await passBy(ask, request, after, answer, call);
        if (passed === undefined) return;
        yield { ...answer, ...passed, page };
        if (passed.next === null) return;
        after = passed.next;
      } else page = smaller;
      continue;
    }
    page = settle(page);
    const { data, cost, observedAt, problems } = answer;
    const part = readConnectionPart(dataAt(data, request.path), `${request.document.name} (${request.path.join(".")})`);
    if (part === null) {
      yield { is: "unreachable", next: null, page, data, problems };
      return;
    }
    if (part.next !== null && part.next === after) throw new TransientError("github-cursor", `GitHub's next page of ${request.document.name} is the same page again.`, { retryAfterSeconds: 60 });
    yield { is: "page", page, data, cost, observedAt, problems, ...part };
    if (part.next === null) return;
    after = part.next;
  }
}

/** Which one it is, and the cursor behind it; undefined where it is gone meanwhile. */
async function passBy(ask: AskGraphql, request: ConnectionRequest, after: string | null, heavy: Extract<GraphqlAnswer, { is: "too-heavy" }>, call: Call): Promise<{ readonly nodeId: string | null; readonly next: string | null } | undefined> {
  const stuck = (): TransientError => new TransientError("github-too-heavy", `GitHub cannot answer ${request.document.name} for one thing alone: ${heavy.message}`, { retryAfterSeconds: 300 });
  if (request.lightDocument === undefined) throw stuck();
  const light = await ask(request.lightDocument, { ...request.variables, first: 1, after }, call);
  if (light.is !== "data") throw stuck();
  const part = readConnectionPart(dataAt(light.data, request.path), request.lightDocument.name);
  if (part === null) throw stuck();
  const [node] = part.nodes;
  return node === undefined && part.next === null ? undefined : { nodeId: textAt(node, "id") ?? null, next: part.next };
}
