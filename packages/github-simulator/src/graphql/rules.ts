/** GitHub's checks of a document before it is run, in its words, with its codes and paths. What they do not cover the library's own rules do. */
import {
  type ASTNode, type ASTVisitor, type DocumentNode, FieldsOnCorrectTypeRule, getNamedType, GraphQLError, type GraphQLSchema, isCompositeType, isInputType, isRequiredArgument, KnownArgumentNamesRule,
  KnownFragmentNamesRule, KnownTypeNamesRule, Kind, NoUndefinedVariablesRule, NoUnusedFragmentsRule, NoUnusedVariablesRule, OverlappingFieldsCanBeMergedRule, PossibleFragmentSpreadsRule, print, ProvidedRequiredArgumentsRule, ScalarLeafsRule,
  specifiedRules, typeFromAST, validate, type ValidationContext, type ValidationRule, valueFromAST, ValuesOfCorrectTypeRule, type ValueNode, VariablesInAllowedPositionRule,
} from "graphql";
import type { AnsweredError } from "./errors.ts";

export function refusals(schema: GraphQLSchema, document: DocumentNode): readonly AnsweredError[] {
  return validate(schema, document, RULES, { maxErrors: 100 }).map(toRefusal);
}

type Path = readonly (string | number)[];
/** The path travels in the extensions until the answer is made. */
const PATH = Symbol("path");

function toRefusal(error: GraphQLError): AnsweredError {
  const { [PATH]: path, ...extensions } = error.extensions as Readonly<Record<string | symbol, unknown>>;
  return {
    ...(path === undefined ? {} : { path: path as Path }),
    ...(Object.keys(extensions).length === 0 ? {} : { extensions }),
    locations: (error.locations ?? []).map(({ line, column }) => ({ line, column })),
    message: error.message,
  };
}

type Ancestors = readonly (ASTNode | readonly ASTNode[])[];

function pathOf(node: ASTNode, ancestors: Ancestors): Path {
  return [...ancestors, node].flatMap((step) => {
    if (!("kind" in step)) return [];
    if (step.kind === Kind.OPERATION_DEFINITION) return [step.name === undefined ? step.operation : `${step.operation} ${step.name.value}`];
    if (step.kind === Kind.FRAGMENT_DEFINITION) return [`fragment ${step.name.value}`];
    if (step.kind === Kind.INLINE_FRAGMENT) return [step.typeCondition === undefined ? "..." : `... on ${step.typeCondition.name.value}`];
    if (step.kind === Kind.FRAGMENT_SPREAD) return [`... ${step.name.value}`];
    if (step.kind === Kind.FIELD) return [step.alias?.value ?? step.name.value];
    return step.kind === Kind.ARGUMENT ? [step.name.value] : [];
  });
}

function reporter(context: ValidationContext): (node: ASTNode, path: Path, message: string, extensions: Readonly<Record<string, unknown>>) => void {
  return (node, path, message, extensions) => context.reportError(new GraphQLError(message, { nodes: node, extensions: { ...extensions, [PATH]: path } }));
}

const fields: ValidationRule = (context) => {
  const report = reporter(context);
  return {
    Field(node, _key, _parent, _path, ancestors) {
      const parent = context.getParentType();
      const definition = context.getFieldDef();
      if (parent === undefined || parent === null) return;
      const path = pathOf(node, ancestors);
      const name = node.name.value;
      if (definition === undefined || definition === null) {
        return report(node, path, `Field '${name}' doesn't exist on type '${parent.name}'`, { code: "undefinedField", typeName: parent.name, fieldName: name });
      }
      const type = getNamedType(definition.type);
      if (isCompositeType(type) && node.selectionSet === undefined) {
        report(node, path, `Field must have selections (field '${name}' returns ${type.name} but has no selections. Did you mean '${name} { ... }'?)`, { code: "selectionMismatch", nodeName: `field '${name}'`, typeName: type.name });
      } else if (!isCompositeType(type) && node.selectionSet !== undefined) {
        const selected = node.selectionSet.selections.map((selection) => (selection.kind === Kind.FIELD ? selection.name.value : "..."));
        report(node, path, `Selections can't be made on scalars (field '${name}' returns ${type.name} but has selections [${selected.map((one) => `"${one}"`).join(", ")}])`, { code: "selectionMismatch", nodeName: `field '${name}'`, typeName: type.name });
      }
      const missing = definition.args.filter((arg) => isRequiredArgument(arg) && !(node.arguments ?? []).some((given) => given.name.value === arg.name)).map((arg) => arg.name);
      if (missing.length > 0) report(node, path, `Field '${name}' is missing required arguments: ${missing.join(", ")}`, { code: "missingRequiredArguments", className: "Field", name, arguments: missing.join(", ") });
    },
  } satisfies ASTVisitor;
};

const args: ValidationRule = (context) => {
  const report = reporter(context);
  return {
    Argument(node, _key, _parent, _path, ancestors) {
      const owner = ancestors.findLast((step): step is ASTNode => "kind" in step && (step.kind === Kind.FIELD || step.kind === Kind.DIRECTIVE));
      if (owner === undefined || (owner.kind !== Kind.FIELD && owner.kind !== Kind.DIRECTIVE)) return;
      const [kind, name] = [owner.kind === Kind.FIELD ? "Field" : "Directive", owner.name.value];
      const argument = context.getArgument();
      const path = pathOf(node, ancestors);
      if (argument === undefined || argument === null) {
        if (owner.kind === Kind.FIELD && context.getFieldDef() === null) return;
        return report(node, path, `${kind} '${name}' doesn't accept argument '${node.name.value}'`, { code: "argumentNotAccepted", name, typeName: kind, argumentName: node.name.value });
      }
      if (hasVariable(node.value) || valueFromAST(node.value, argument.type) !== undefined) return;
      report(node, path, `Argument '${node.name.value}' on ${kind} '${name}' has an invalid value (${print(node.value)}). Expected type '${String(argument.type)}'.`, { code: "argumentLiteralsIncompatible", typeName: kind, argumentName: node.name.value });
    },
  } satisfies ASTVisitor;
};

function hasVariable(value: ValueNode): boolean {
  if (value.kind === Kind.VARIABLE) return true;
  if (value.kind === Kind.LIST) return value.values.some(hasVariable);
  return value.kind === Kind.OBJECT && value.fields.some((field) => hasVariable(field.value));
}

const fragments: ValidationRule = (context) => {
  const report = reporter(context);
  const schema = context.getSchema();
  const check = (node: ASTNode, typeName: string, path: Path): void => {
    if (schema.getType(typeName) === undefined) report(node, path, `No such type ${typeName}, so it can't be a fragment condition`, { code: "undefinedType", typeName });
  };
  const used = new Set<string>();
  return {
    FragmentSpread(node, _key, _parent, _path, ancestors) {
      used.add(node.name.value);
      if (context.getFragment(node.name.value)) return;
      report(node, pathOf(node, ancestors), `Fragment ${node.name.value} was used, but not defined`, { code: "useAndDefineFragment", fragmentName: node.name.value });
    },
    InlineFragment(node, _key, _parent, _path, ancestors) {
      if (node.typeCondition !== undefined) check(node, node.typeCondition.name.value, pathOf(node, ancestors));
    },
    FragmentDefinition(node, _key, _parent, _path, ancestors) {
      check(node, node.typeCondition.name.value, pathOf(node, ancestors));
    },
    Document: {
      leave(document) {
        for (const node of document.definitions) {
          if (node.kind !== Kind.FRAGMENT_DEFINITION || used.has(node.name.value)) continue;
          report(node, [`fragment ${node.name.value}`], `Fragment ${node.name.value} was defined, but not used`, { code: "useAndDefineFragment", fragmentName: node.name.value });
        }
      },
    },
  } satisfies ASTVisitor;
};

const variables: ValidationRule = (context) => {
  const report = reporter(context);
  const schema = context.getSchema();
  return {
    OperationDefinition: {
      leave(operation) {
        const title = operation.name?.value ?? `anonymous ${operation.operation}`;
        const path = pathOf(operation, []);
        const usages = context.getRecursiveVariableUsages(operation);
        const declared = new Map((operation.variableDefinitions ?? []).map((definition) => [definition.variable.name.value, definition]));
        for (const { node } of usages) {
          const name = node.name.value;
          if (!declared.has(name)) report(node, path, `Variable $${name} is used by ${title} but not declared`, { code: "variableNotDefined", variableName: name });
        }
        for (const [name, definition] of declared) {
          if (!usages.some(({ node }) => node.name.value === name)) report(definition, path, `Variable $${name} is declared by ${title} but not used`, { code: "variableNotUsed", variableName: name });
          const type = typeFromAST(schema, definition.type);
          if (type === undefined || !isInputType(type)) {
            const typeName = print(definition.type).replaceAll(/[[\]!]/g, "");
            report(definition, path, `${typeName} isn't a defined input type (on $${name})`, { code: "variableRequiresValidType", typeName, variableName: name });
          }
        }
      },
    },
  } satisfies ASTVisitor;
};

/** The library finds the mismatch; GitHub says it in other words. */
const variableTypes: ValidationRule = (context) => {
  const report = reporter(context);
  const usages = new Map<string, string>();
  const quiet = Object.create(context, {
    reportError: {
      value: (error: GraphQLError): void => {
        const [, name = "", given = "", expected = ""] = /^Variable "\$(.+?)" of type "(.+?)" used in position expecting type "(.+?)"/.exec(error.message) ?? [];
        const argument = usages.get(name) ?? name;
        report(error.nodes?.[1] ?? error.nodes?.[0] ?? context.getDocument(), [], `Type mismatch on variable $${name} and argument ${argument} (${given} / ${expected})`, { code: "variableMismatch", variableName: name, typeName: given, argumentName: argument, errorMessage: "Type mismatch" });
      },
    },
  }) as ValidationContext;
  const visitor = VariablesInAllowedPositionRule(quiet);
  return {
    ...visitor,
    Argument(node) {
      if (node.value.kind === Kind.VARIABLE) usages.set(node.value.name.value, node.name.value);
    },
  };
};

const spreads: ValidationRule = (context) => {
  const report = reporter(context);
  let at: Path = [];
  const quiet = Object.create(context, {
    reportError: {
      value: (error: GraphQLError): void => {
        const [, fragmentName = "unknown"] = /^Fragment "(.+?)" cannot be spread/.exec(error.message) ?? [];
        const [, parentName = "", typeName = ""] = /objects of type "(.+?)" can never be of type "(.+?)"/.exec(error.message) ?? [];
        const title = fragmentName === "unknown" ? "Fragment" : `Fragment ${fragmentName}`;
        report(error.nodes?.[0] ?? context.getDocument(), at, `${title} on ${typeName} can't be spread inside ${parentName}`, { code: "cannotSpreadFragment", typeName, fragmentName, parentName });
      },
    },
  }) as ValidationContext;
  const { InlineFragment: inline, FragmentSpread: spread } = PossibleFragmentSpreadsRule(quiet) as Readonly<Record<string, (node: ASTNode) => void>>;
  return {
    InlineFragment(node, _key, _parent, _path, ancestors) {
      at = pathOf(node, ancestors);
      inline?.(node);
    },
    FragmentSpread(node, _key, _parent, _path, ancestors) {
      at = pathOf(node, ancestors);
      spread?.(node);
    },
  } satisfies ASTVisitor;
};

const REPLACED: ReadonlySet<ValidationRule> = new Set([
  FieldsOnCorrectTypeRule, ScalarLeafsRule, ProvidedRequiredArgumentsRule, KnownArgumentNamesRule, ValuesOfCorrectTypeRule, KnownFragmentNamesRule, KnownTypeNamesRule, NoUnusedFragmentsRule, NoUndefinedVariablesRule,
  NoUnusedVariablesRule, VariablesInAllowedPositionRule, OverlappingFieldsCanBeMergedRule, PossibleFragmentSpreadsRule,
]);

/** Last: two fields of one name in the answer. */
const conflicts: ValidationRule = (context) => {
  const report = reporter(context);
  const quiet = Object.create(context, {
    reportError: {
      value: (error: GraphQLError): void => {
        const [, name = ""] = /^Fields "(.+?)" conflict/.exec(error.message) ?? [];
        report(error.nodes?.[0] ?? context.getDocument(), [], `Field '${name}' has a field conflict: ${error.message.replace(/^.*because /, "")}`, { code: "fieldConflict", fieldName: name });
      },
    },
  }) as ValidationContext;
  return OverlappingFieldsCanBeMergedRule(quiet);
};

const RULES: readonly ValidationRule[] = [fields, args, fragments, spreads, variables, variableTypes, conflicts, ...specifiedRules.filter((rule) => !REPLACED.has(rule))];
