/** Scopes of classic tokens: fields of some types want one, and GitHub refuses the whole query that a token lacks it for. */
import { type DocumentNode, type GraphQLSchema, Kind, TypeInfo, visit, visitWithTypeInfo } from "graphql";
import type { AnsweredError } from "./errors.ts";

export type Wanted = { readonly field: string; readonly scopes: readonly string[]; readonly line: number; readonly column: number };

const READ_ORG = ["read:org"];
const READ_PROJECT = ["read:project"];
const OF_TYPES: Readonly<Record<string, readonly string[]>> = { Team: READ_ORG, ProjectV2: READ_PROJECT, ProjectV2Item: READ_PROJECT, ProjectV2ItemFieldSingleSelectValue: READ_PROJECT, ProjectV2ItemFieldTextValue: READ_PROJECT };
const OF_FIELDS: Readonly<Record<string, readonly string[]>> = { "User.email": ["user:email", "read:user"], "Organization.teams": READ_ORG, "Organization.team": READ_ORG, "Organization.projectsV2": READ_PROJECT, "Organization.projectV2": READ_PROJECT };

/** What else a scope includes. */
const INCLUDED: Readonly<Record<string, readonly string[]>> = {
  "admin:org": ["write:org", "read:org"], "write:org": ["read:org"], project: ["read:project"], user: ["read:user", "user:email", "user:follow"],
};

export function wantedScopes(schema: GraphQLSchema, document: DocumentNode): readonly Wanted[] {
  const wanted: Wanted[] = [];
  const types = new TypeInfo(schema);
  visit(document, visitWithTypeInfo(types, {
    [Kind.FIELD](node) {
      const parent = types.getParentType()?.name ?? "";
      const scopes = OF_FIELDS[`${parent}.${node.name.value}`] ?? OF_TYPES[parent];
      if (scopes === undefined || node.loc === undefined || node.name.value === "__typename") return;
      wanted.push({ field: node.name.value, scopes, line: node.loc.startToken.line, column: node.loc.startToken.column });
    },
  }));
  return wanted;
}

export function missingScopes(wanted: readonly Wanted[], granted: readonly string[]): readonly AnsweredError[] {
  const all = new Set(granted.flatMap((scope) => [scope, ...(INCLUDED[scope] ?? [])]));
  const list = (scopes: readonly string[]): string => `[${scopes.map((scope) => `'${scope}'`).join(", ")}]`;
  return wanted
    .filter(({ scopes }) => !scopes.some((scope) => all.has(scope)))
    .map(({ field, scopes, line, column }) => ({
      type: "INSUFFICIENT_SCOPES",
      locations: [{ line, column }],
      message: `Your token has not been granted the required scopes to execute this query. The '${field}' field requires one of the following scopes: ${list(scopes)}, but your token has only been granted the: ${list(granted.length === 0 ? [""] : granted)} scopes. Please modify your token's scopes at: https://github.com/settings/tokens.`,
    }));
}
