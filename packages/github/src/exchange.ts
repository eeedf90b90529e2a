/** One request and what came back, before anybody judges it. */

export type HeaderMap = Readonly<Record<string, string>>;

export type Exchange = {
  readonly is: "exchange";
  readonly url: string;
  readonly status: number;
  /** Names in lower case. */
  readonly headers: HeaderMap;
  /** Parsed where it is JSON; else the text. */
  readonly body: unknown;
};

/** Nothing usable came back: whether GitHub acted on the request is not known. */
export type NoAnswer = { readonly is: "no-answer"; readonly reason: "timeout" | "connection" | "malformed"; readonly message: string; readonly cause: unknown };

export type OutgoingRequest = {
  readonly method: "GET" | "POST";
  /** Absolute. */
  readonly url: string;
  readonly headers: HeaderMap;
  readonly body?: unknown;
};

/** GitHub's sentence about a failure, or the first words of whatever a proxy said instead. */
export function messageIn(body: unknown): string {
  if (typeof body === "object" && body !== null && "message" in body && typeof body.message === "string") return body.message;
  return typeof body === "string" ? body.replaceAll(/<[^>]*>|\s+/g, " ").trim().slice(0, 200) : "";
}
