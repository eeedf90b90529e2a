/** What GitHub's answer to a counting query says of each place and kind. Pure. */
import { problemsAt, type GraphqlProblem } from "@octally/github/graphql-problem";
import type { Kind } from "@octally/model/define-kind";
import { countIn } from "@octally/model/graphql-documents";
import { isNoWay } from "@octally/model/sources";

export type Expected =
  | { readonly is: "counted"; readonly count: number }
  | { readonly is: "cannot-see"; readonly permission: string | null; readonly reason: string }
  /** `shown`: others that need the same permission are counted there. */
  | { readonly is: "not-countable"; readonly reason: string; readonly shown?: boolean }
  /** GitHub did not say it this time. */
  | { readonly is: "unknown"; readonly reason: string };

/** What a repository needs to be seen at all. */
export const HIDDEN_PERMISSION = "metadata=read";

/** What is missing where GitHub accepts none at all. */
export const CREDENTIALS = "valid credentials";

/** Of blindness to a whole place: when that is seen again, the counts say so. */
export function isOfPlace(permission: string | null): boolean {
  return permission === HIDDEN_PERMISSION || permission === CREDENTIALS;
}

const BLIND_TYPES: ReadonlySet<string> = new Set(["NOT_FOUND", "FORBIDDEN", "INSUFFICIENT_SCOPES"]);

/** `index`: the place's among the ids that were asked for; `node`: what stands there. */
export function readCounts(kinds: readonly Kind[], node: unknown, index: number, problems: readonly GraphqlProblem[]): ReadonlyMap<string, Expected> {
  const at = ["nodes", index];
  if (node === null || node === undefined) {
    const here = problemsAt(problems, at);
    const denied = deniedIn(kinds, index, problems);
    // Of the others nothing is known until they are asked for without these.
    const others: Expected = denied.length > 0 ? { is: "unknown", reason: `GitHub did not say: ${here[0]?.message ?? ""}` } : hidden(here);
    return new Map(kinds.map((kind) => [kind.name, denied.includes(kind) ? { is: "cannot-see", permission: permissionOf(kind, denialOf(kind, index, here)), reason: denialOf(kind, index, here)?.message ?? "" } : others]));
  }
  return new Map(kinds.map((kind) => [kind.name, expectedOf(kind, node, problemsAt(problems, [...at, kind.name.replaceAll("-", "_")]))]));
}

/** Kinds of a place, null as a whole, that GitHub refused by themselves. */
export function deniedIn(kinds: readonly Kind[], index: number, problems: readonly GraphqlProblem[]): readonly Kind[] {
  return kinds.filter((kind) => denialOf(kind, index, problems) !== undefined);
}

function denialOf(kind: Kind, index: number, problems: readonly GraphqlProblem[]): GraphqlProblem | undefined {
  return problems.find(({ path: [nodes, at, alias], type, missing }) => nodes === "nodes" && at === index && alias === kind.name.replaceAll("-", "_") && (missing !== null || BLIND_TYPES.has(type)));
}

function hidden(problems: readonly GraphqlProblem[]): Expected {
  const [problem] = problems;
  if (problem !== undefined && problem.missing === null && !BLIND_TYPES.has(problem.type)) return { is: "unknown", reason: `GitHub did not say: ${problem.message}` };
  // Never taken for a deletion: a token that may not see it gets the same answer.
  return { is: "cannot-see", permission: HIDDEN_PERMISSION, reason: "GitHub does not show it to this token: it is gone, or hidden." };
}

function expectedOf(kind: Kind, node: unknown, problems: readonly GraphqlProblem[]): Expected {
  const count = countIn(kind, node);
  const denied = problems.find(({ missing, type }) => missing !== null || BLIND_TYPES.has(type));
  if (denied !== undefined) return { is: "cannot-see", permission: permissionOf(kind, denied), reason: denied.message };
  const [other] = problems;
  if (other !== undefined) return { is: "unknown", reason: `GitHub did not say: ${other.message}` };
  if (count !== null) return { is: "counted", count };
  const { count: way } = kind.sources;
  // An empty repository has no default branch, and so no commits.
  if (way.by === "graphql" && way.through !== undefined) return { is: "counted", count: 0 };
  return { is: "cannot-see", permission: permissionOf(kind), reason: "GitHub gives no list of these to this token." };
}

/** As GitHub names it where it does, else as the kind's declaration does. */
export function permissionOf({ sources: { permission } }: Kind, problem?: Pick<GraphqlProblem, "missing">): string | null {
  const told = problem?.missing;
  const [set] = told?.permissions ?? [];
  if (set !== undefined && set.length > 0) return set.join(",");
  if (told !== undefined && told !== null && told.scopes.length > 0) return told.scopes.join(" or ");
  return isNoWay(permission) ? null : `${permission.name}=${permission.access}`;
}

/** Why GitHub's count of a kind is not asked for, or undefined where it is. */
export function notCountableBecause({ sources: { count } }: Kind): string | undefined {
  return isNoWay(count) ? count.because : undefined;
}

/** What is not counted is seen, or hidden, like those that need the same permission and are. `stored`: how many of a kind the store holds there. */
export function byPermission(kinds: readonly Kind[], kind: Kind, counts: ReadonlyMap<string, Expected> | undefined, stored: (kind: string) => number, because: string): Expected {
  const name = permissionNameOf(kind);
  const alike = name === undefined ? [] : kinds.filter((other) => permissionNameOf(other) === name).flatMap((other) => (counts?.has(other.name) === true ? [{ counted: counts.get(other.name), held: stored(other.name) }] : []));
  const blind = alike.map(({ counted }) => counted).find((counted) => counted?.is === "cannot-see");
  // Fewer than there were may be the rest of what a blind token is shown.
  return blind ?? { is: "not-countable", reason: because, shown: alike.some(({ counted, held }) => counted?.is === "counted" && counted.count >= held) };
}

function permissionNameOf({ sources: { permission } }: Kind): string | undefined {
  return isNoWay(permission) ? undefined : permission.name;
}
