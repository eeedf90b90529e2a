/** A request and its answer, whichever way they travel: over a socket or by a call (in-process-fetch.ts). */

export type Incoming = {
  readonly method: string;
  /** Scheme, host and port the client used; it decides which addresses stand in the answers. */
  readonly origin: string;
  /** As sent: escaped, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  /** The client's address: what an anonymous client's budget is counted by. */
  readonly from: string;
};

export type Outgoing = { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: string | Buffer | null };

/** The connection breaks without an answer. */
export const CONNECTION_RESET = "connection-reset";

export type Outcome = Outgoing | typeof CONNECTION_RESET;
