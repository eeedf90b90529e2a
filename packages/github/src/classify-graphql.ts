/** The one table that says what an answer of the GraphQL API means. Pure. */
import { isJsonObject, type JsonObject } from "@octally/shared/json";
import { classifyRest } from "./classify-rest.ts";
import { type Exchange, messageIn, type NoAnswer } from "./exchange.ts";
import { type GraphqlProblem, problemsOf } from "./graphql-problem.ts";
import type { MissingPermission } from "./missing-permission.ts";

export type HeavyReason = "timeout" | "node-limit" | "resource-limit";

export type GraphqlVerdict =
  | { readonly is: "data"; readonly data: JsonObject; readonly problems: readonly GraphqlProblem[] }
  /** Ask for less at once. What came with it is not used: its holes cannot be told from nulls. */
  | { readonly is: "too-heavy"; readonly reason: HeavyReason; readonly message: string }
  | { readonly is: "forbidden"; readonly missing: MissingPermission }
  | { readonly is: "limited"; readonly limit: "primary" | "secondary"; readonly message: string }
  | { readonly is: "unauthorized"; readonly message: string }
  | { readonly is: "invalid"; readonly message: string }
  | { readonly is: "failed"; readonly message: string };

const LIMITED: ReadonlySet<string> = new Set(["RATE_LIMITED", "RATE_LIMIT", "graphql_rate_limit"]);
const HEAVY: Readonly<Record<string, HeavyReason>> = { MAX_NODE_LIMIT_EXCEEDED: "node-limit", RESOURCE_LIMITS_EXCEEDED: "resource-limit", TIMEOUT: "timeout" };
const TIMED_OUT = /something went wrong while executing your query|couldn't respond to your request in time|\btimed? ?out\b|timeout on/i;
const NOT_NOW: ReadonlySet<string> = new Set(["SERVICE_UNAVAILABLE", "INTERNAL", "INTERNAL_SERVER_ERROR"]);

export function classifyGraphql(came: Exchange | NoAnswer): GraphqlVerdict {
  if (came.is === "no-answer") return came.reason === "timeout" ? { is: "too-heavy", reason: "timeout", message: came.message } : { is: "failed", message: came.message };
  const { status, body } = came;
  const problems = isJsonObject(body) ? problemsOf(body["errors"], body["data"]) : [];
  const special = specialAnswer(problems);
  if (special !== undefined) return special;
  // GitHub's front gives up after ten seconds. A passing fault looks the same; a smaller page does no harm then.
  if (status === 502 || status === 504) return { is: "too-heavy", reason: "timeout", message: `${status} ${messageIn(body)}`.trim() };
  if (status >= 200 && status < 300) return judgeBody(body, problems);
  return judgeStatus(came);
}

/** What counts wherever it stands, also beside data and at any status. */
function specialAnswer(problems: readonly GraphqlProblem[]): GraphqlVerdict | undefined {
  const secondary = problems.find(({ message }) => /secondary rate limit/i.test(message));
  if (secondary !== undefined) return { is: "limited", limit: "secondary", message: secondary.message };
  const limited = problems.find(({ type }) => LIMITED.has(type));
  if (limited !== undefined) return { is: "limited", limit: "primary", message: limited.message };
  for (const { type, message } of problems) {
    const reason = HEAVY[type] ?? (TIMED_OUT.test(message) ? "timeout" : undefined);
    if (reason !== undefined) return { is: "too-heavy", reason, message };
  }
  return undefined;
}

function judgeBody(body: unknown, problems: readonly GraphqlProblem[]): GraphqlVerdict {
  if (!isJsonObject(body)) return { is: "failed", message: "The answer is no JSON object." };
  const data = body["data"];
  if (isJsonObject(data)) {
    const passing = problems.find(({ type }) => NOT_NOW.has(type));
    return passing === undefined ? { is: "data", data, problems } : { is: "failed", message: passing.message };
  }
  const [first] = problems;
  if (first === undefined) return { is: "failed", message: messageIn(body) || "The answer has neither data nor errors." };
  if (NOT_NOW.has(first.type)) return { is: "failed", message: first.message };
  if (first.missing !== null) return { is: "forbidden", missing: first.missing };
  return { is: "invalid", message: problems.map(({ message }) => message).join(" ") };
}

function judgeStatus(came: Exchange): GraphqlVerdict {
  const verdict = classifyRest(came);
  if (verdict.is === "limited" || verdict.is === "unauthorized" || verdict.is === "forbidden") return verdict;
  if (verdict.is === "failed") return { is: "failed", message: `${verdict.status} ${verdict.message}` };
  return { is: "invalid", message: `${came.status} ${messageIn(came.body)}` };
}
