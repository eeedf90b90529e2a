/** The `errors` beside `data`. Pure. Partial data is never taken for whole: every error says what it cost. */
import { isJsonObject } from "@octally/shared/json";
import { missingScopesIn, type MissingPermission } from "./missing-permission.ts";

export type GraphqlPath = readonly (string | number)[];

export type GraphqlProblem = {
  /** Where GitHub failed; empty where it does not say. */
  readonly path: GraphqlPath;
  /** GitHub's own word: NOT_FOUND, FORBIDDEN, INSUFFICIENT_SCOPES, SERVICE_UNAVAILABLE, …; SOME where it gives none. */
  readonly type: string;
  readonly message: string;
  /** What is null because of it, when that is more than `path`: GraphQL takes everything up to the next nullable field. */
  readonly lost: GraphqlPath;
  /** For FORBIDDEN and INSUFFICIENT_SCOPES. */
  readonly missing: MissingPermission | null;
};

const DENIALS: ReadonlySet<string> = new Set(["FORBIDDEN", "INSUFFICIENT_SCOPES"]);
const DENIED = /resource not accessible by|requires one of the following scopes|must have (?:push|admin|write)|SAML|IP allow list/i;

export function problemsOf(errors: unknown, data: unknown): readonly GraphqlProblem[] {
  if (!Array.isArray(errors)) return [];
  return errors.map((error: unknown): GraphqlProblem => {
    const told = isJsonObject(error) ? error : {};
    const path = Array.isArray(told["path"]) ? told["path"].filter((step) => typeof step === "string" || typeof step === "number") : [];
    const message = typeof told["message"] === "string" ? told["message"] : JSON.stringify(error);
    const type = typeOf(told);
    return { path, type, message, lost: nulledAt(data, path), missing: DENIALS.has(type) || DENIED.test(message) ? missingScopesIn(message) : null };
  });
}

/** GitHub has had three places for it. */
function typeOf(error: Readonly<Record<string, unknown>>): string {
  const { type, extensions, code } = error;
  if (typeof type === "string" && type !== "") return type;
  if (isJsonObject(extensions) && typeof extensions["code"] === "string") return extensions["code"];
  return typeof code === "string" ? code : "SOME";
}

/** The shortest part of the path whose value is null. */
function nulledAt(data: unknown, path: GraphqlPath): GraphqlPath {
  let value = data;
  for (const [depth, step] of path.entries()) {
    if (value === null || value === undefined) return path.slice(0, depth);
    value = typeof value === "object" ? (value as Readonly<Record<string | number, unknown>>)[step] : undefined;
  }
  return path;
}

/** The problems that touch what is at this path: above it, at it or below it. One without a path touches everything. */
export function problemsAt(problems: readonly GraphqlProblem[], path: GraphqlPath): readonly GraphqlProblem[] {
  return problems.filter(({ lost }) => lost.every((step, depth) => depth >= path.length || step === path[depth]));
}
