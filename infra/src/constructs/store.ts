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
  /** For those who read more than a page of a search, page by page. */
  allowScroll(): readonly Statement[];
  /** Called once: these roles, and nobody else. */
  admitOnly(admitted: Admitted): void;
};

export type Admitted = {
  readonly writers: readonly string[];
  /** Of the writers those who also scroll. */
  readonly scrollers: readonly string[];
};

/** By path: the worker reaches its own indices, and of the cluster only what has no index in its path. */
export function allowWriteTo(domainArn: string): Statement {
  const paths = ["_bulk", "_mget", "_aliases", "_index_template/octally-*", "octally-*"];
  return { actions: ["es:ESHttpGet", "es:ESHttpPost", "es:ESHttpPut"], resources: paths.map((path) => `${domainArn}/${path}`) };
}

/** A scroll belongs to no index. Who opened one ends it: hence the only DELETE there is. */
export function allowScrollIn(domainArn: string): Statement {
  return { actions: ["es:ESHttpPost", "es:ESHttpDelete"], resources: [`${domainArn}/_search/scroll`] };
}

/** For the client: sign requests with the function's role, for this service. */
export const SIGNED = { OPENSEARCH_SIGNING_SERVICE: "es" } as const;
