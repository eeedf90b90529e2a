/** GitHub's errors beside or instead of data: `type`, `path`, `locations`, `message`, in GitHub's order and words. */
import type { GraphQLError } from "graphql";

export type ErrorType =
  | "NOT_FOUND" | "FORBIDDEN" | "INSUFFICIENT_SCOPES" | "MISSING_PAGINATION_BOUNDARIES" | "EXCESSIVE_PAGINATION" | "INVALID_CURSOR_ARGUMENTS"
  | "MAX_NODE_LIMIT_EXCEEDED" | "ARGUMENT_LIMIT" | "RESOURCE_LIMITS_EXCEEDED" | "UNPROCESSABLE" | "NOT_SERVED";

/** Thrown by resolvers; graphql-js wraps it with path and locations. */
export class TypedError extends Error {
  readonly type: ErrorType;
  readonly extensions: Readonly<Record<string, unknown>> | undefined;

  constructor(type: ErrorType, message: string, extensions?: Readonly<Record<string, unknown>>) {
    super(message);
    this.type = type;
    this.extensions = extensions;
  }
}

export type AnsweredError = {
  readonly type?: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: Readonly<Record<string, unknown>>;
  readonly locations?: readonly { readonly line: number; readonly column: number }[];
  readonly message: string;
};

/** Messages of the library's own checks speak of its internals; the only ones left are those of a resolver that broke a promise of the schema. */
export function toAnsweredError(error: GraphQLError): AnsweredError {
  const thrown = error.originalError;
  const typed = thrown instanceof TypedError ? thrown : undefined;
  const extensions = typed?.extensions ?? (Object.keys(error.extensions).length > 0 ? error.extensions : undefined);
  return {
    ...(typed === undefined ? {} : { type: typed.type }),
    ...(error.path === undefined ? {} : { path: error.path }),
    ...(extensions === undefined ? {} : { extensions }),
    ...(error.locations === undefined ? {} : { locations: error.locations.map(({ line, column }) => ({ line, column })) }),
    message: error.message,
  };
}
