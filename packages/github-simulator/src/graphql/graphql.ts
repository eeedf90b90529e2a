/**
 * GitHub's GraphQL API over a world. Synchronous, so that it can be run inside `journal.asOf`. Limits that need a clock (points an hour and a minute)
 * are the server's: it is told the cost before the query is run, by `charge`.
 */
import { execute, Kind, type DocumentNode, type OperationDefinitionNode, OperationTypeNode } from "graphql";
import type { Viewer } from "../world/viewer.ts";
import type { World } from "../world/world.ts";
import { Context, type Limits, type RateLimit } from "./context.ts";
import { estimate, MOST_NODES, type Variables } from "./cost.ts";
import { Documents, type Operation } from "./documents.ts";
import { type AnsweredError, toAnsweredError } from "./errors.ts";
import { githubSchema } from "./schema.ts";
import { missingScopes, type Wanted } from "./scopes.ts";
import { Urls } from "./urls.ts";

export type { Limits, RateLimit } from "./context.ts";

export type GraphqlRequest = { readonly query?: unknown; readonly variables?: unknown; readonly operationName?: unknown };

export type GraphqlOptions = {
  /** `https://github.com`, without a slash at the end. */
  readonly webUrl?: string;
  /** By default a query times out at a work of 20,000 and is never cut short. */
  readonly limits?: Partial<Limits>;
};

export type Asked = {
  /** `X-Github-Next-Global-ID: 1`. */
  readonly nextGlobalIds?: boolean;
  /** Quoted when something went wrong. */
  readonly requestId?: string;
  /** Called once, before the query is run and only if it will be; gives the state of the budget afterwards. `cost` is 0 for a dry run. */
  readonly charge?: (cost: number, kind: "query" | "mutation") => RateLimit;
};

export type GraphqlBody = { readonly data?: unknown; readonly errors?: readonly AnsweredError[] };
export type GraphqlAnswer = {
  readonly status: 200 | 502;
  readonly body: GraphqlBody;
  /** Points of the primary limit; 0: refused before it was counted. */
  readonly cost: number;
  readonly nodeCount: number;
  readonly kind: "query" | "mutation";
  readonly dryRun: boolean;
  readonly timedOut: boolean;
  /** Nodes touched and five for each connection: the measure of time-outs. */
  readonly work: number;
};

export type Graphql = {
  execute(request: GraphqlRequest, viewer: Viewer, asked?: Asked): GraphqlAnswer;
  /** Only what it would cost; null: it would be refused. */
  cost(request: GraphqlRequest): { readonly cost: number; readonly nodeCount: number; readonly kind: "query" | "mutation" } | null;
};

type Ready = { readonly document: DocumentNode; readonly scopes: readonly Wanted[]; readonly operation: Operation; readonly variables: Variables; readonly cost: number; readonly nodeCount: number; readonly kind: "query" | "mutation" };

const HOUR = 60 * 60 * 1000;

export function makeGraphql(world: World, { webUrl = "https://github.com", limits }: GraphqlOptions = {}): Graphql {
  const schema = githubSchema();
  const documents = new Documents(schema);
  const urls = new Urls(webUrl);
  const allLimits: Limits = { timeoutWork: 20_000, resourceWork: Infinity, ...limits };

  function prepare({ query, variables, operationName }: GraphqlRequest): Ready | { readonly errors: readonly AnsweredError[] } {
    if (typeof query !== "string" || query.trim() === "") return { errors: [{ message: "A query attribute must be specified and must be a string." }] };
    const checked = documents.get(query);
    if ("errors" in checked) return checked;
    const operation = pick(checked.operations, operationName);
    if (typeof operation === "string") return { errors: [{ message: operation }] };
    const given = documents.variables(operation.definition, isRecord(variables) ? variables : {});
    if ("errors" in given) return given;
    const { cost, nodeCount, tooMany } = estimate(operation.cost, given.values);
    if (nodeCount > MOST_NODES) return { errors: [{ type: "MAX_NODE_LIMIT_EXCEEDED", message: tooManyNodes(nodeCount, tooMany) }] };
    return { document: checked.document, scopes: checked.scopes, operation, variables: given.values, cost, nodeCount, kind: operation.definition.operation === OperationTypeNode.MUTATION ? "mutation" : "query" };
  }

  function run(ready: Ready, viewer: Viewer, { charge, requestId = "0000:0000:0000000:0000000:00000000", nextGlobalIds = false }: Asked): GraphqlAnswer {
    const { operation, variables, cost, nodeCount, kind } = ready;
    const dryRun = operation.dryRun(variables);
    const budget = charge?.(dryRun ? 0 : cost, kind) ?? { limit: 5000, remaining: 5000 - cost, used: cost, resetAt: world.now() + HOUR };
    const context = new Context({ world, viewer, urls, limits: allLimits, nextGlobalIds, rateLimit: { ...budget, cost, nodeCount } });
    const document = dryRun ? onlyRateLimit(ready.document, operation.definition) : ready.document;
    const result = execute({ schema, document, rootValue: ROOT, contextValue: context, variableValues: variables, operationName: operation.definition.name?.value ?? null });
    if (result instanceof Promise) throw new Error("A resolver of the simulated GitHub returned a promise.");
    const facts = { cost: dryRun ? 0 : cost, nodeCount, kind, dryRun, timedOut: context.timedOut, work: context.work };
    if (context.timedOut) return { status: 502, body: { data: null, errors: [{ message: somethingWrong(requestId) }] }, ...facts };
    const errors = result.errors?.map(toAnsweredError);
    return { status: 200, body: { data: result.data ?? null, ...(errors === undefined ? {} : { errors }) }, ...facts };
  }

  return {
    execute(request, viewer, asked = {}) {
      const ready = prepare(request);
      if ("errors" in ready) return refused(ready.errors);
      const missing = viewer.scopes === undefined ? [] : missingScopes(ready.scopes, viewer.scopes);
      if (missing.length > 0) return refused(missing);
      return run(ready, viewer, asked);
    },
    cost(request) {
      const ready = prepare(request);
      return "errors" in ready ? null : { cost: ready.cost, nodeCount: ready.nodeCount, kind: ready.kind };
    },
  };
}

function refused(errors: readonly AnsweredError[]): GraphqlAnswer {
  return { status: 200, body: { errors }, cost: 0, nodeCount: 0, kind: "query", dryRun: false, timedOut: false, work: 0 };
}

const ROOT = Object.freeze({});

function pick(operations: readonly Operation[], name: unknown): Operation | string {
  if (typeof name === "string" && name !== "") return operations.find(({ definition }) => definition.name?.value === name) ?? `No operation named "${name}"`;
  const [only, ...others] = operations;
  return only === undefined ? "No operations were provided in the document" : others.length > 0 ? "An operation name is required" : only;
}

function isRecord(value: unknown): value is Variables {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function tooManyNodes(nodeCount: number, tooMany: { readonly name: string; readonly nodes: number } | undefined): string {
  const number = (count: number): string => count.toLocaleString("en-US");
  if (tooMany === undefined) return `This query requests up to ${number(nodeCount)} possible nodes which exceeds the maximum limit of ${number(MOST_NODES)}.`;
  return `By the time this query traverses to the ${tooMany.name} connection, it is requesting up to ${number(tooMany.nodes)} possible nodes which exceeds the maximum limit of ${number(MOST_NODES)}.`;
}

function somethingWrong(requestId: string): string {
  return `Something went wrong while executing your query. This may be the result of a timeout, or it could be a GitHub bug. Please include \`${requestId}\` when reporting this issue.`;
}

/** A dry run is answered with its price alone. */
function onlyRateLimit(document: DocumentNode, operation: OperationDefinitionNode): DocumentNode {
  const selections = operation.selectionSet.selections.filter((selection) => selection.kind === Kind.FIELD && selection.name.value === "rateLimit");
  return { ...document, definitions: [{ ...operation, variableDefinitions: [], selectionSet: { ...operation.selectionSet, selections: selections.map((selection) => ({ ...selection, arguments: [] })) } }] };
}
