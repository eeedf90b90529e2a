/**
 * What a query would cost before it is run, by GitHub's published formula: for each connection one request for each node that it hangs on, all pages
 * taken as full; the sum divided by 100, rounded, at least 1. Nodes: the sizes of the pages multiplied down each path.
 * https://docs.github.com/en/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api
 */
import { type DirectiveNode, type DocumentNode, type FragmentDefinitionNode, getNamedType, type GraphQLSchema, isInterfaceType, isObjectType, Kind, type OperationDefinitionNode, OperationTypeNode, type SelectionSetNode, type ValueNode } from "graphql";

/** A field that multiplies what is below it, or leads to one. */
type Step = {
  readonly name: string;
  readonly kind: "connection" | "ids" | "plain";
  readonly bounds: readonly ValueNode[];
  readonly directives: readonly DirectiveNode[];
  readonly below: Map<string, Step>;
};

export type Variables = Readonly<Record<string, unknown>>;
export type Estimate = { readonly requests: number; readonly cost: number; readonly nodeCount: number; /** The first connection that alone asks for too much. */ readonly tooMany: { readonly name: string; readonly nodes: number } | undefined };

export const MOST_NODES = 500_000;

export type CostPlan = { readonly root: Map<string, Step> };

export function planCost(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode): CostPlan {
  const fragments = new Map(document.definitions.filter((definition): definition is FragmentDefinitionNode => definition.kind === Kind.FRAGMENT_DEFINITION).map((definition) => [definition.name.value, definition]));
  const root = new Map<string, Step>();
  const rootType = operation.operation === OperationTypeNode.MUTATION ? schema.getMutationType() : schema.getQueryType();
  if (rootType !== undefined && rootType !== null) collect(operation.selectionSet, rootType.name, root, []);
  return { root };

  function collect(selections: SelectionSetNode, typeName: string, into: Map<string, Step>, directives: readonly DirectiveNode[]): void {
    for (const selection of selections.selections) {
      const all = [...directives, ...(selection.directives ?? [])];
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        collect(selection.selectionSet, selection.typeCondition?.name.value ?? typeName, into, all);
        continue;
      }
      if (selection.kind === Kind.FRAGMENT_SPREAD) {
        const fragment = fragments.get(selection.name.value);
        if (fragment !== undefined) collect(fragment.selectionSet, fragment.typeCondition.name.value, into, all);
        continue;
      }
      const parent = schema.getType(typeName);
      const field = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[selection.name.value] : undefined;
      if (field === undefined || selection.selectionSet === undefined) continue;
      const type = getNamedType(field.type).name;
      const key = `${typeName}.${selection.alias?.value ?? field.name}`;
      let step = into.get(key);
      if (step === undefined) {
        const connection = type.endsWith("Connection");
        const ids = typeName === "Query" && field.name === "nodes";
        const bounds = (selection.arguments ?? []).filter(({ name: { value } }) => (connection ? value === "first" || value === "last" : value === "ids")).map(({ value }) => value);
        into.set(key, (step = { name: field.name, kind: connection ? "connection" : ids ? "ids" : "plain", bounds, directives: all, below: new Map() }));
      }
      collect(selection.selectionSet, type, step.below, []);
    }
  }
}

export function estimate({ root }: CostPlan, variables: Variables): Estimate {
  let [requests, nodeCount] = [0, 0];
  let tooMany: Estimate["tooMany"];
  const walk = (steps: Map<string, Step>, parents: number): void => {
    for (const { name, kind, bounds, directives, below } of steps.values()) {
      if (directives.some((directive) => isOff(directive, variables))) continue;
      if (kind === "plain") {
        walk(below, parents);
        continue;
      }
      const size = sizeOf(kind, bounds, variables);
      if (kind === "connection") {
        requests += parents;
        nodeCount += parents * size;
        if (parents * size > MOST_NODES) tooMany ??= { name, nodes: parents * size };
      }
      walk(below, parents * size);
    }
  };
  walk(root, 1);
  return { requests, cost: Math.max(1, Math.round(requests / 100)), nodeCount, tooMany };
}

function sizeOf(kind: "connection" | "ids", bounds: readonly ValueNode[], variables: Variables): number {
  const values = bounds.map((bound) => valueOf(bound, variables));
  if (kind === "ids") return Array.isArray(values[0]) ? values[0].length : 1;
  const size = values.find((value) => typeof value === "number");
  return size === undefined ? 0 : Math.max(0, size);
}

function valueOf(node: ValueNode, variables: Variables): unknown {
  if (node.kind === Kind.VARIABLE) return variables[node.name.value];
  if (node.kind === Kind.INT) return Number(node.value);
  if (node.kind === Kind.BOOLEAN) return node.value;
  return node.kind === Kind.LIST ? node.values : undefined;
}

/** `@skip(if: true)`, `@include(if: false)`. */
export function isOff(directive: DirectiveNode, variables: Variables): boolean {
  const condition = directive.arguments?.find(({ name }) => name.value === "if");
  if (condition === undefined) return false;
  const value = valueOf(condition.value, variables);
  return directive.name.value === "skip" ? value === true : directive.name.value === "include" && value === false;
}
