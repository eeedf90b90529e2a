/** The edge to OpenSearch: the client, and the one table that translates its failures. */
import { Client, type ClientOptions, errors } from "@opensearch-project/opensearch";
import { AppError, PermanentError, TransientError } from "@octally/shared/errors";

/** A failure as OpenSearch describes it: `{ type: "mapper_parsing_exception", reason: "…" }`. */
export type StoreFailure = { readonly type: string; readonly reason: string };

/** How requests prove who sends them (`access.ts`); without it they do not. */
export type StoreAccess = Pick<ClientOptions, "auth" | "Connection" | "Transport">;

export function makeStoreClient(url: string, requestTimeoutMs = 30_000, access: StoreAccess = {}): Client {
  return new Client({
    ...access,
    node: url,
    requestTimeout: requestTimeoutMs,
    // The queue repeats what failed; a client that retries by itself only makes an outage longer.
    maxRetries: 0,
  });
}

/** 400 to 499 will be refused again, but for these: too many requests, a block (disk full, read-only), a closed index. */
export function failureOf(status: number, failure: StoreFailure | undefined): AppError {
  const told = failure === undefined ? `status ${status}` : `${failure.type}: ${failure.reason}`;
  const transient = status === 429 || status >= 500 || status === 403 || status === 401 || failure?.type === "index_closed_exception" || failure?.type === "index_not_found_exception";
  return transient ? new TransientError("store-unavailable", `OpenSearch cannot take it now: ${told}`) : new PermanentError("store-refuses", `OpenSearch refuses it: ${told}`);
}

/** Runs a call of the client; whatever it throws becomes an AppError. */
export async function callStore<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    if (cause instanceof errors.ResponseError && cause.statusCode !== undefined && cause.statusCode !== null) {
      const { type, reason } = describe(cause.body);
      const failure = failureOf(cause.statusCode, { type, reason });
      throw failure.retryable ? new TransientError(failure.code, failure.message, { cause }) : new PermanentError(failure.code, failure.message, { cause });
    }
    throw new TransientError("store-unavailable", `OpenSearch cannot be reached: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

function describe(body: unknown): StoreFailure {
  const error = typeof body === "object" && body !== null && "error" in body ? body.error : body;
  if (typeof error === "object" && error !== null) {
    const { type, reason } = error as { type?: unknown; reason?: unknown };
    const cause = innermostReason(error);
    const told = typeof reason === "string" ? reason : JSON.stringify(error);
    return { type: typeof type === "string" ? type : "unknown", reason: cause === undefined || told.includes(cause) ? told : `${told}: ${cause}` };
  }
  return { type: "unknown", reason: String(error) };
}

/** Of a refused mapping the outer reason says only that it is invalid. */
function innermostReason(error: object): string | undefined {
  if (!("caused_by" in error) || typeof error.caused_by !== "object" || error.caused_by === null) return "reason" in error && typeof error.reason === "string" ? error.reason : undefined;
  return innermostReason(error.caused_by);
}

/** Whether an error says that the thing is already there, or is not there: an answer, for steps that can be repeated. */
export function isStoreAnswer(error: unknown, type: "resource_already_exists_exception" | "index_not_found_exception" | "aliases_not_found_exception" | "version_conflict_engine_exception"): boolean {
  const cause = error instanceof AppError ? error.cause : error;
  return cause instanceof errors.ResponseError && describe(cause.body).type === type;
}
