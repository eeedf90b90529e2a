/** GitHub's published schema with this world's resolvers in its fields. Built once for the process: it holds nothing of a world. */
import { readFileSync } from "node:fs";
import {
  buildSchema, GraphQLInt, type GraphQLField, GraphQLScalarType, type GraphQLObjectType, type GraphQLOutputType, type GraphQLSchema, isAbstractType, isNonNullType, isObjectType,
} from "graphql";
import type { Context } from "./context.ts";
import { TypedError } from "./errors.ts";
import type { Fields } from "./resolver.ts";
import { EDGE_RESOLVERS, RESOLVERS } from "./resolvers.ts";
import { typeNameOf } from "./type-names.ts";

let built: GraphQLSchema | undefined;

export function githubSchema(): GraphQLSchema {
  return (built ??= build());
}

function build(): GraphQLSchema {
  // The package's own export reads its schema as JSON too, three megabytes of it.
  const file = new URL("./schema.graphql", import.meta.resolve("@octokit/graphql-schema"));
  const schema = buildSchema(readFileSync(file, "utf8"), { assumeValid: true, assumeValidSDL: true });
  for (const type of Object.values(schema.getTypeMap())) {
    if (isAbstractType(type)) type.resolveType = (value: unknown) => (typeof value === "object" && value !== null ? typeNameOf(value) : undefined);
    else if (isObjectType(type) && !type.name.startsWith("__")) serve(type);
  }
  for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) field.resolve = refuseMutation;
  return schema;
}

function serve(type: GraphQLObjectType): void {
  const fields = type.getFields();
  const resolvers: Fields<never> | undefined = RESOLVERS[type.name];
  const edge = EDGE_RESOLVERS[type.name];
  for (const field of Object.values(fields)) {
    if (field.name === "databaseId") field.type = LARGE_INT;
    const own = resolvers?.[field.name] ?? edge?.[field.name];
    field.resolve = own === undefined ? (resolvers === undefined ? byProperty(type, field) : unserved(type, field)) : (own as NonNullable<typeof field.resolve>);
  }
}

/** GitHub's ids have outgrown GraphQL's 32 bits, and are sent all the same. */
const LARGE_INT: GraphQLOutputType = new GraphQLScalarType({ name: GraphQLInt.name, description: GraphQLInt.description, serialize: (value) => value });

type AnyField = GraphQLField<unknown, Context>;

function unserved(type: GraphQLObjectType, field: AnyField): () => null {
  if (!isNonNullType(field.type)) return () => null;
  return () => {
    throw notServed(type, field);
  };
}

function byProperty(type: GraphQLObjectType, field: AnyField): (source: unknown) => unknown {
  const { name } = field;
  const required = isNonNullType(field.type);
  return (source) => {
    const value = (source as Readonly<Record<string, unknown>>)[name];
    if (value === undefined && required) throw notServed(type, field);
    return value ?? null;
  };
}

function notServed(type: GraphQLObjectType, { name }: AnyField): TypedError {
  return new TypedError("NOT_SERVED", `The simulated GitHub does not serve the field '${type.name}.${name}', which cannot be null.`);
}

function refuseMutation(_source: unknown, _args: unknown, { viewer }: Context): never {
  if (viewer.permissions !== "all") throw new TypedError("FORBIDDEN", `Resource not accessible by ${viewer.is === "user" ? "personal access token" : "integration"}`, { saml_failure: false });
  throw new TypedError("UNPROCESSABLE", "The simulated GitHub cannot be changed by GraphQL: use the REST API.");
}

/** Names in the tables of resolvers that nothing in the published schema has: a typing error, or a field that GitHub dropped. Types share tables, so that a name need not be every type's. */
export function unknownNames(schema: GraphQLSchema): readonly string[] {
  const names = new Set(Object.values(schema.getTypeMap()).flatMap((type) => (isObjectType(type) ? Object.keys(type.getFields()) : [])));
  return [...Object.entries(RESOLVERS), ...Object.entries(EDGE_RESOLVERS)].flatMap(([typeName, fields]) => {
    if (!isObjectType(schema.getType(typeName))) return [typeName];
    return Object.keys(fields).filter((field) => !names.has(field)).map((field) => `${typeName}.${field}`);
  });
}
