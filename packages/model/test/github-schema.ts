/** GitHub's published GraphQL schema, and what it says of a document: whether it is valid, and what it costs. */
import { schema } from "@octokit/graphql-schema";
import { buildSchema, getNamedType, isObjectType, Kind, parse, TypeInfo, validate, visit, visitWithTypeInfo, type FieldNode, type GraphQLSchema } from "graphql";

/** The published schema breaks rules of its own language: it is taken as it is. */
export const githubSchema: GraphQLSchema = buildSchema(schema.idl, { assumeValidSDL: true, assumeValid: true });

export function mistakesIn(text: string): readonly string[] {
  return validate(githubSchema, parse(text)).map((error) => error.message);
}

/**
 * GitHub's points: how often lists are asked for if every page is full, by hundreds, rounded, at least one. A list of which only the
 * count is asked for is counted as one that is read (GitHub does not say).
 */
export function costOf(text: string, variables: { readonly first?: number; readonly ids?: number }): number {
  let requests = 0;
  const factors: number[] = [1];
  const info = new TypeInfo(githubSchema);
  visit(
    inlined(text),
    visitWithTypeInfo(info, {
      Field: {
        enter(node) {
          const type = getNamedType(info.getType());
          const around = factors.at(-1)!;
          if (isObjectType(type) && type.name.endsWith("Connection")) {
            requests += around;
            factors.push(around * sizeOf(node, variables));
          } else factors.push(node.name.value === "nodes" && info.getParentType()?.name === "Query" ? around * (variables.ids ?? 1) : around);
        },
        leave() {
          factors.pop();
        },
      },
    }),
  );
  return Math.max(1, Math.round(requests / 100));
}

function sizeOf(node: FieldNode, variables: { readonly first?: number }): number {
  const value = node.arguments?.find(({ name }) => name.value === "first")?.value;
  if (value?.kind === Kind.INT) return Number(value.value);
  return value === undefined ? 1 : (variables.first ?? 1);
}

/** Fragments hold no lists: their spreads may stay. */
function inlined(text: string): ReturnType<typeof parse> {
  const document = parse(text);
  return { ...document, definitions: document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION) };
}
