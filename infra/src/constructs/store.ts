/** The store as the other parts see it, whichever it is. */
import type { Statement } from "../policy.ts";

export type Store = {
  /** What a function that uses it finds in its environment. */
  readonly environment: Readonly<Record<string, string>>;
  /** TCP, over TLS. */
  readonly port: number;
  /** Where it is a domain of this account. */
  readonly domainName: string | undefined;
  /** For the worker: documents, and indices that are missing. Upgrades are the administrator's. */
  allowWrite(): readonly Statement[];
  /** Called once: the roles that write, and nobody else. */
  admitOnly(writerArns: readonly string[]): void;
};

/** By path: the worker reaches its own indices, and of the cluster only what has no index in its path. */
export function allowWriteTo(domainArn: string): Statement {
  const paths = ["_bulk", "_mget", "_aliases", "_index_template/octally-*", "octally-*"];
  return { actions: ["es:ESHttpGet", "es:ESHttpPost", "es:ESHttpPut"], resources: paths.map((path) => `${domainArn}/${path}`) };
}

/** For the client: sign requests with the function's role, for this service. */
export const SIGNED = { OPENSEARCH_SIGNING_SERVICE: "es" } as const;
