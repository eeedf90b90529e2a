/** Queries as text become checked documents, once for each text. */
import { type DocumentNode, getVariableValues, GraphQLError, type GraphQLSchema, Kind, type OperationDefinitionNode, parse, print, type VariableDefinitionNode } from "graphql";
import { type CostPlan, planCost, type Variables } from "./cost.ts";
import type { AnsweredError } from "./errors.ts";
import { refusals } from "./rules.ts";
import { type Wanted, wantedScopes } from "./scopes.ts";

export type Operation = { readonly definition: OperationDefinitionNode; readonly cost: CostPlan; readonly dryRun: (variables: Variables) => boolean };
export type Checked = { readonly document: DocumentNode; readonly operations: readonly Operation[]; readonly scopes: readonly Wanted[] };
export type Refused = { readonly errors: readonly AnsweredError[] };

const KEPT = 500;

export class Documents {
  readonly #schema: GraphQLSchema;
  readonly #known = new Map<string, Checked | Refused>();

  constructor(schema: GraphQLSchema) {
    this.#schema = schema;
  }

  get(text: string): Checked | Refused {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    const checked = this.#check(text);
    const [oldest] = this.#known.keys();
    if (this.#known.size >= KEPT && oldest !== undefined) this.#known.delete(oldest);
    this.#known.set(text, checked);
    return checked;
  }

  #check(text: string): Checked | Refused {
    let document: DocumentNode;
    try {
      document = parse(text);
    } catch (error) {
      if (error instanceof GraphQLError) return { errors: [parseError(error)] };
      throw error;
    }
    const errors = refusals(this.#schema, document);
    if (errors.length > 0) return { errors };
    const definitions = document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
    return { document, scopes: wantedScopes(this.#schema, document), operations: definitions.map((definition) => ({ definition, cost: planCost(this.#schema, document, definition), dryRun: dryRunOf(definition) })) };
  }

  /** The values with their defaults, or GitHub's error for each that does not fit. */
  variables({ variableDefinitions = [] }: OperationDefinitionNode, given: Variables): { readonly values: Variables } | Refused {
    const values = getVariableValues(this.#schema, variableDefinitions, given);
    if (values.coerced !== undefined) return { values: values.coerced };
    const wrong = new Set<string>();
    for (const { message } of values.errors) wrong.add(/^Variable "\$(\w+)"/.exec(message)?.[1] ?? "");
    return { errors: variableDefinitions.filter(({ variable }) => wrong.has(variable.name.value)).map((definition) => variableError(definition, given, values.errors)) };
  }
}

function variableError(definition: VariableDefinitionNode, given: Variables, errors: readonly GraphQLError[]): AnsweredError {
  const name = definition.variable.name.value;
  const value = given[name] ?? null;
  const problems = errors.filter(({ message }) => message.startsWith(`Variable "$${name}"`)).map(({ message }) => ({ path: [], explanation: value === null ? "Expected value to not be null" : message.replace(/^.*?; /, "") }));
  return {
    extensions: { value, problems },
    locations: definition.loc === undefined ? [] : [{ line: definition.loc.startToken.line, column: definition.loc.startToken.column }],
    message: `Variable $${name} of type ${print(definition.type)} was provided invalid value`,
  };
}

/** `rateLimit(dryRun: true)`: what would it cost? */
function dryRunOf({ selectionSet }: OperationDefinitionNode): (variables: Variables) => boolean {
  const values = selectionSet.selections.flatMap((selection) => (selection.kind === Kind.FIELD && selection.name.value === "rateLimit" ? (selection.arguments ?? []).filter(({ name }) => name.value === "dryRun").map(({ value }) => value) : []));
  return (variables) => values.some((value) => (value.kind === Kind.VARIABLE ? variables[value.name.value] === true : value.kind === Kind.BOOLEAN && value.value));
}

const TOKENS: Readonly<Record<string, string>> = {
  "{": "LCURLY", "}": "RCURLY", "(": "LPAREN", ")": "RPAREN", "[": "LBRACKET", "]": "RBRACKET", ":": "COLON", "!": "BANG", "=": "EQUALS", "|": "PIPE", "@": "DIR_SIGN", "...": "ELLIPSIS", $: "VAR_SIGN", "&": "AMP",
};

function parseError({ message, locations }: GraphQLError): AnsweredError {
  const [at = { line: 1, column: 1 }] = locations ?? [];
  const location = { line: at.line, column: at.column };
  if (message.includes("<EOF>")) return { locations: [location], message: "Unexpected end of document" };
  const [, found = ""] = /(?:found|Unexpected) (?:Name )?"?(.+?)"?\.?$/.exec(message) ?? [];
  return { locations: [location], message: `Parse error on "${found}" (${TOKENS[found] ?? "IDENTIFIER"}) at [${location.line}, ${location.column}]` };
}
