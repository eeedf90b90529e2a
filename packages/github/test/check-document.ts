/** For tests of every package that has GraphQL documents: is it in GitHub's published schema, can it be paged to its end, and what does it cost? */
import { schema as published } from "@octokit/graphql-schema";
import { buildSchema, type DocumentNode, type FragmentDefinitionNode, getNamedType, GraphQLError, type GraphQLOutputType, type GraphQLSchema, isCompositeType, Kind, type OperationDefinitionNode, parse, type SelectionSetNode, typeFromAST, validate, type FieldNode, type ValueNode, isObjectType, isInterfaceType } from "graphql";

export type CheckedDocument = {
  /** Empty: nothing to complain of. */
  readonly problems: readonly string[];
  /** GitHub's documented price: requests for connections, a hundred to a point, at least one. */
  readonly cost: number;
  readonly requests: number;
  /** GitHub refuses more than 500,000. */
  readonly nodes: number;
};

export type CheckOptions = {
  /** The values the document will be sent with: page sizes, ids. */
  readonly variables?: Readonly<Record<string, unknown>>;
  /** Only for documents of examples: does not ask for rateLimit and pageInfo. */
  readonly lenient?: boolean;
};

const MOST_NODES = 500_000;
const RATE_LIMIT_FIELDS = ["cost", "remaining", "resetAt", "limit", "nodeCount"];

let built: GraphQLSchema | undefined;
function githubSchema(): GraphQLSchema {
  built ??= buildSchema(published.idl, { assumeValidSDL: true, assumeValid: true });
  return built;
}

export function checkDocument(text: string, { variables = {}, lenient = false }: CheckOptions = {}): CheckedDocument {
  const schema = githubSchema();
  let document: DocumentNode;
  try {
    document = parse(text);
  } catch (thrown) {
    return { problems: [thrown instanceof GraphQLError ? thrown.message : String(thrown)], cost: 1, requests: 0, nodes: 0 };
  }
  const problems = validate(schema, document).map(({ message }) => message);
  const operation = document.definitions.find((definition): definition is OperationDefinitionNode => definition.kind === Kind.OPERATION_DEFINITION);
  const root = schema.getQueryType();
  if (operation === undefined || root === null || root === undefined) return { problems: [...problems, "There is no operation."], cost: 1, requests: 0, nodes: 0 };
  const fragments = new Map(document.definitions.flatMap((definition) => (definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition] as const] : [])));
  const walk: Walk = { schema, fragments, variables: { ...defaultsOf(operation), ...variables }, lenient, problems, requests: 0, nodes: 0 };
  if (problems.length === 0) visit(walk, [operation.selectionSet], root, 1, "");
  if (!lenient) problems.push(...rateLimitProblems(operation));
  if (walk.nodes > MOST_NODES) problems.push(`It may ask for ${walk.nodes} nodes; GitHub refuses more than ${MOST_NODES}.`);
  return { problems, requests: walk.requests, nodes: walk.nodes, cost: Math.max(1, Math.round(walk.requests / 100)) };
}

type Walk = { readonly schema: GraphQLSchema; readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>; readonly variables: Readonly<Record<string, unknown>>; readonly lenient: boolean; readonly problems: string[]; requests: number; nodes: number };
type Field = { readonly name: string; readonly key: string; readonly type: GraphQLOutputType; readonly nodes: FieldNode[] };

function visit(walk: Walk, sets: readonly SelectionSetNode[], parent: GraphQLOutputType, times: number, path: string): void {
  for (const field of fieldsOf(walk, sets, parent)) {
    const type = getNamedType(field.type);
    if (!isCompositeType(type)) continue;
    const below = field.nodes.flatMap(({ selectionSet }) => (selectionSet === undefined ? [] : [selectionSet]));
    const at = path === "" ? field.key : `${path}.${field.key}`;
    const [first] = field.nodes;
    const size = first === undefined ? undefined : (numberOf(walk, first, "first") ?? numberOf(walk, first, "last"));
    if (!type.name.endsWith("Connection")) {
      const ids = first === undefined ? undefined : valueOf(walk, first, "ids");
      visit(walk, below, type, times * (Array.isArray(ids) ? ids.length : 1), at);
      continue;
    }
    walk.requests += times;
    const selected = new Set(fieldsOf(walk, below, type).map(({ name }) => name));
    const reads = selected.has("nodes") || selected.has("edges");
    if (reads && size === undefined) walk.problems.push(`${at} has neither first nor last.`);
    if (size !== undefined && (size < 1 || size > 100)) walk.problems.push(`${at} asks for ${size}; GitHub takes 1 to 100.`);
    if (reads && !walk.lenient) pageInfoProblem(walk, below, type, at);
    walk.nodes += reads ? times * (size ?? 0) : 0;
    visit(walk, below, type, times * (size ?? 1), at);
  }
}

function pageInfoProblem(walk: Walk, sets: readonly SelectionSetNode[], type: GraphQLOutputType, at: string): void {
  const info = fieldsOf(walk, sets, type).find(({ key }) => key === "pageInfo");
  const names = info === undefined ? [] : fieldsOf(walk, info.nodes.flatMap(({ selectionSet }) => (selectionSet === undefined ? [] : [selectionSet])), getNamedType(info.type)).map(({ key }) => key);
  if (!["hasNextPage", "endCursor"].every((name) => names.includes(name))) walk.problems.push(`${at} does not ask for pageInfo { hasNextPage endCursor }: it could be cut without a word.`);
}

/** What is asked under one name in several places is one request; under different types it may be any of them, and counts for each. */
function fieldsOf(walk: Walk, sets: readonly SelectionSetNode[], parent: GraphQLOutputType): readonly Field[] {
  const found = new Map<string, Field>();
  const collect = (set: SelectionSetNode, type: GraphQLOutputType): void => {
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) {
        const owner = getNamedType(type);
        const definition = isObjectType(owner) || isInterfaceType(owner) ? owner.getFields()[selection.name.value] : undefined;
        if (definition === undefined) continue;
        const key = selection.alias?.value ?? selection.name.value;
        const known = found.get(`${owner.name} ${key}`) ?? { name: selection.name.value, key, type: definition.type, nodes: [] };
        known.nodes.push(selection);
        found.set(`${owner.name} ${key}`, known);
      } else {
        const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : walk.fragments.get(selection.name.value);
        const narrowed = fragment?.typeCondition === undefined ? type : typeFromAST(walk.schema, fragment.typeCondition);
        if (fragment !== undefined && narrowed !== undefined) collect(fragment.selectionSet, narrowed as GraphQLOutputType);
      }
    }
  };
  for (const set of sets) collect(set, parent);
  return [...found.values()];
}

function valueOf(walk: Walk, field: FieldNode, name: string): unknown {
  const value = field.arguments?.find((argument) => argument.name.value === name)?.value;
  return value === undefined ? undefined : literalOf(value, walk.variables);
}

function numberOf(walk: Walk, field: FieldNode, name: string): number | undefined {
  const value = valueOf(walk, field, name);
  if (typeof value === "number") return value;
  // A page size that is not told is taken as the largest.
  return value === UNTOLD ? 100 : undefined;
}

const UNTOLD = Symbol("untold");

function literalOf(value: ValueNode, variables: Readonly<Record<string, unknown>>): unknown {
  if (value.kind === Kind.INT) return Number(value.value);
  if (value.kind === Kind.LIST) return value.values;
  if (value.kind === Kind.VARIABLE) return variables[value.name.value] ?? UNTOLD;
  return undefined;
}

function defaultsOf(operation: OperationDefinitionNode): Readonly<Record<string, unknown>> {
  return Object.fromEntries((operation.variableDefinitions ?? []).flatMap(({ variable, defaultValue }) => (defaultValue === undefined ? [] : [[variable.name.value, literalOf(defaultValue, {})]])));
}

function rateLimitProblems(operation: OperationDefinitionNode): readonly string[] {
  const field = operation.selectionSet.selections.find((selection): selection is FieldNode => selection.kind === Kind.FIELD && selection.name.value === "rateLimit" && selection.alias === undefined);
  const asked = new Set((field?.selectionSet?.selections ?? []).map((selection) => (selection.kind === Kind.FIELD ? selection.name.value : "")));
  return RATE_LIMIT_FIELDS.every((name) => asked.has(name)) ? [] : [`It does not ask for rateLimit { ${RATE_LIMIT_FIELDS.join(" ")} }.`];
}
