/** A selection of every field of a type that can be asked for without arguments: for the tests, which ask everything of everything. */
import { getNamedType, type GraphQLField, type GraphQLObjectType, type GraphQLSchema, isCompositeType, isObjectType, isRequiredArgument } from "graphql";

/** `leave`: "Type.field" of what is not asked for. */
export function everyField(schema: GraphQLSchema, typeName: string, leave: ReadonlySet<string> = new Set()): string {
  const type = schema.getType(typeName);
  if (!isObjectType(type)) throw new Error(`${typeName} is no object type`);
  const fields = Object.values(type.getFields()).filter(({ name, args }) => !leave.has(`${typeName}.${name}`) && !args.some(isRequiredArgument));
  return `{ __typename ${fields.map((field) => selectionOf(field)).join(" ")} }`;
}

/** Of a value: what it has itself. */
function scalarsOf(type: GraphQLObjectType): string {
  const scalars = Object.values(type.getFields()).filter((field) => !isCompositeType(getNamedType(field.type)) && !field.args.some(isRequiredArgument));
  return `{ __typename ${scalars.map(({ name }) => name).join(" ")} }`;
}

function selectionOf({ name, type, args }: GraphQLField<unknown, unknown>): string {
  const named = getNamedType(type);
  if (!isCompositeType(named)) return name;
  if (!named.name.endsWith("Connection")) return !isObjectType(named) || "id" in named.getFields() ? `${name} { __typename }` : `${name} ${scalarsOf(named)}`;
  const within = isObjectType(named) ? Object.keys(named.getFields()) : [];
  const wanted = ["totalCount", "nodes { __typename }", "edges { cursor }", "pageInfo { startCursor endCursor hasNextPage hasPreviousPage }"].filter((part) => within.includes(part.split(" ", 1)[0] ?? ""));
  return args.some((arg) => arg.name === "first") ? `${name}(first: 5) { ${wanted.join(" ")} }` : `${name} { totalCount }`;
}
