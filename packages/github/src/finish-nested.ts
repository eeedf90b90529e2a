/** Lists within a node whose page was not their end: asked for by the node's id until they are whole. Nothing is ever cut. */
import { PermanentError } from "@octally/shared/errors";
import { isJsonObject, type JsonObject, textAt } from "@octally/shared/json";
import { adaptivePage } from "./adaptive-page.ts";
import type { Call } from "./call.ts";
import { readConnectionPart } from "./connection.ts";
import { dataAt, type GraphqlDocument } from "./graphql.ts";
import type { GraphqlProblem } from "./graphql-problem.ts";
import { type AskGraphql, readConnection } from "./read-connection.ts";

export type NestedConnection = {
  /** Where it is in its node: ["reviews"]. */
  readonly path: readonly [string, ...string[]];
  /** query ($id: ID!, $first: Int!, $after: String) { node(id: $id) { ... on X { <path> } } rateLimit { … } }, with the same selection as in the node. */
  readonly document: GraphqlDocument;
  /** Default 100. */
  readonly pageSize?: number;
  readonly lightDocument?: GraphqlDocument;
  /** Lists within its nodes, finished likewise. */
  readonly nested?: readonly NestedConnection[];
};

export type Finished = {
  /** The node with every list whole, as far as GitHub gave it. */
  readonly node: JsonObject;
  /** What is missing all the same, with reason; empty: nothing. */
  readonly gaps: readonly NestedGap[];
  readonly cost: number;
};

export type NestedGap = { readonly nodeId: string; readonly path: readonly string[] } & (
  | { readonly why: "vanished" | "forbidden" }
  | { readonly why: "too-heavy"; readonly itemId: string | null }
  | { readonly why: "problems"; readonly problems: readonly GraphqlProblem[] }
);

/** The node (which must have its `id` wherever a list may go on) with its lists read to their ends. @throws what `ask` throws, and PermanentError `github-document` */
export async function finishNested(ask: AskGraphql, node: JsonObject, connections: readonly NestedConnection[], call: Call): Promise<Finished> {
  let finished: Finished = { node, gaps: [], cost: 0 };
  for (const connection of connections) {
    const one = await finishOne(ask, finished.node, connection, call);
    finished = { node: one.node, gaps: [...finished.gaps, ...one.gaps], cost: finished.cost + one.cost };
  }
  return finished;
}

async function finishOne(ask: AskGraphql, node: JsonObject, connection: NestedConnection, call: Call): Promise<Finished> {
  const { path, document, nested = [] } = connection;
  const first = readConnectionPart(dataAt(node, path), `${document.name} (${path.join(".")})`);
  if (first === null) return { node, gaps: [], cost: 0 };
  const rest = first.next === null ? { nodes: [], gaps: [], cost: 0 } : await readRest(ask, idOf(node, connection), connection, first.next, call);
  const items: JsonObject[] = [];
  const gaps: NestedGap[] = [...rest.gaps];
  let { cost } = rest;
  for (const item of [...first.nodes, ...rest.nodes]) {
    const done = await finishNested(ask, item, nested, call);
    items.push(done.node);
    gaps.push(...done.gaps);
    cost += done.cost;
  }
  return { node: withList(node, path, items), gaps, cost };
}

async function readRest(ask: AskGraphql, id: string, connection: NestedConnection, after: string, call: Call): Promise<{ readonly nodes: readonly JsonObject[]; readonly gaps: readonly NestedGap[]; readonly cost: number }> {
  const { document, lightDocument, path, pageSize = 100 } = connection;
  const nodes: JsonObject[] = [];
  const gaps: NestedGap[] = [];
  let cost = 0;
  const request = { document, variables: { id }, path: ["node", ...path], after, page: adaptivePage(pageSize), ...(lightDocument === undefined ? {} : { lightDocument }) };
  for await (const answer of readConnection(ask, request, call)) {
    switch (answer.is) {
      case "page":
        nodes.push(...answer.nodes);
        cost += answer.cost;
        if (answer.problems.length > 0) gaps.push({ nodeId: id, path, why: "problems", problems: answer.problems });
        break;
      case "too-heavy":
        gaps.push({ nodeId: id, path, why: "too-heavy", itemId: answer.nodeId });
        break;
      case "unreachable":
        gaps.push({ nodeId: id, path, why: "vanished" });
        break;
      case "forbidden":
        gaps.push({ nodeId: id, path, why: "forbidden" });
        break;
      default:
        answer satisfies never;
    }
  }
  return { nodes, gaps, cost };
}

function idOf(node: JsonObject, { document }: NestedConnection): string {
  const id = textAt(node, "id");
  if (id === undefined) throw new PermanentError("github-document", `A node whose list goes on has no id to ask ${document.name} for.`);
  return id;
}

function withList(value: JsonObject, path: readonly string[], nodes: readonly JsonObject[]): JsonObject {
  const [name, ...below] = path;
  if (name === undefined) return { ...value, nodes, pageInfo: { hasNextPage: false, endCursor: null } };
  const child = value[name];
  return isJsonObject(child) ? { ...value, [name]: withList(child, below, nodes) } : value;
}
