/** One GraphQL document with its variables. */
import { isJsonObject, type JsonObject, numberAt, part } from "@octally/shared/json";
import type { Call } from "./call.ts";
import { classifyGraphql, type GraphqlVerdict } from "./classify-graphql.ts";
import type { Dispatch, Judgement } from "./dispatch.ts";
import type { Exchange, NoAnswer } from "./exchange.ts";
import { observedAtOf } from "./rate-news.ts";

/**
 * A query. `name` is what its cost is learned by. Its text asks `rateLimit { cost remaining resetAt limit nodeCount }`; `checkDocument`
 * (test/check-document.ts) tells whether it does, and whether GitHub's schema has what it asks for.
 */
export type GraphqlDocument = { readonly name: string; readonly text: string };

export type GraphqlVariables = Readonly<Record<string, string | number | boolean | null | readonly string[] | undefined>>;

export type GraphqlData = {
  readonly is: "data";
  readonly data: JsonObject;
  /** Not empty: the data is not whole, and these say where and why. */
  readonly problems: Extract<GraphqlVerdict, { is: "data" }>["problems"];
  readonly cost: number;
  readonly nodeCount: number | null;
  /** GitHub's clock, ISO 8601; null where the answer has no Date. */
  readonly observedAt: string | null;
};

export type GraphqlAnswer = GraphqlData | Extract<GraphqlVerdict, { is: "too-heavy" | "forbidden" }>;

/** What a document's queries took, so that the governor can tell beforehand whether one fits. */
export type CostMemory = { readonly expected: (name: string) => number; readonly learn: (name: string, cost: number) => void };

/** Up at once, down slowly: a page that has shrunk may grow again. */
export function makeCostMemory(): CostMemory {
  const costs = new Map<string, number>();
  return {
    expected: (name) => Math.ceil(costs.get(name) ?? 1),
    learn(name, cost) {
      const known = costs.get(name) ?? cost;
      costs.set(name, cost >= known ? cost : known - (known - cost) / 4);
    },
  };
}

export async function askGraphql(dispatch: Dispatch, costs: CostMemory, graphqlUrl: string, document: GraphqlDocument, variables: GraphqlVariables, call: Call): Promise<GraphqlAnswer> {
  const outgoing = { method: "POST", url: graphqlUrl, headers: {}, body: { query: document.text, variables } } as const;
  const { verdict, exchange } = await dispatch({ outgoing, api: "graphql", resource: "graphql", cost: costs.expected(document.name) }, (came) => judge(document.name, came), call);
  if (verdict.is !== "data") return verdict;
  const rateLimit = part(verdict.data, "rateLimit");
  const cost = costOf(verdict.data);
  costs.learn(document.name, cost);
  return { ...verdict, cost, nodeCount: numberAt(rateLimit, "nodeCount") ?? null, observedAt: exchange === undefined ? null : observedAtOf(exchange.headers) };
}

function costOf(data: JsonObject): number {
  return numberAt(part(data, "rateLimit"), "cost") ?? 1;
}

type Judged = { readonly verdict: Extract<GraphqlVerdict, { is: "data" | "too-heavy" | "forbidden" }>; readonly exchange: Exchange | undefined };

function judge(name: string, came: Exchange | NoAnswer): Judgement<Judged> {
  const verdict = classifyGraphql(came);
  const exchange = came.is === "exchange" ? came : undefined;
  switch (verdict.is) {
    case "data":
      return { is: "answer", value: { verdict, exchange }, outcome: verdict.problems.length === 0 ? "ok" : "partial", points: costOf(verdict.data) };
    case "too-heavy":
      return { is: "answer", value: { verdict, exchange }, outcome: "too-heavy", points: 1 };
    case "forbidden":
      return { is: "answer", value: { verdict, exchange }, outcome: "forbidden", points: 1 };
    case "limited":
    case "unauthorized":
      return verdict;
    case "invalid":
      return { is: "stop", code: "github-graphql-invalid", message: `GitHub refuses the query ${name}: ${verdict.message}` };
    case "failed":
      return { is: "retry", message: verdict.message };
    default:
      return verdict satisfies never;
  }
}

/** What is below a path of names, or undefined. */
export function dataAt(data: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, name) => (isJsonObject(value) ? value[name] : undefined), data);
}
