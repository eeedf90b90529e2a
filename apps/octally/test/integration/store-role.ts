/** What OpenSearch's own access control makes of requests: their actions, and whether a role has them. Groups as the security plugin defines them. */

import { wildcard } from "./recorded-store.ts";

export type StoreRole = { readonly cluster_permissions: readonly string[]; readonly index_permissions: readonly { readonly index_patterns: readonly string[]; readonly allowed_actions: readonly string[] }[] };

const GROUPS: Readonly<Record<string, readonly string[]>> = {
  read: ["indices:data/read*", "indices:admin/mappings/fields/get*", "indices:admin/resolve/index"],
  write: ["indices:data/write*", "indices:admin/mapping/put"],
  create_index: ["indices:admin/create", "indices:admin/mapping/put"],
  manage_aliases: ["indices:admin/aliases*"],
  cluster_composite_ops: ["indices:data/read/mget", "indices:data/read/msearch", "indices:data/read/scroll", "indices:admin/aliases*", "indices:data/write/bulk", "indices:data/write/reindex"],
};

/** Each request's actions, on the cluster and on its indices. */
const ACTIONS: readonly (readonly [request: RegExp, actions: { readonly cluster?: readonly string[]; readonly index?: readonly string[] }])[] = [
  [/^POST \/_bulk$/, { cluster: ["indices:data/write/bulk"], index: ["indices:data/write/bulk", "indices:data/write/index"] }],
  [/^(GET|POST) \/_mget$/, { cluster: ["indices:data/read/mget"], index: ["indices:data/read/mget"] }],
  [/^(GET|POST) \/[^_/][^/]*\/_mget$/, { cluster: ["indices:data/read/mget"], index: ["indices:data/read/mget"] }],
  [/^POST \/_search\/scroll$/, { cluster: ["indices:data/read/scroll"] }],
  [/^DELETE \/_search\/scroll$/, { cluster: ["indices:data/read/scroll/clear"] }],
  [/^(GET|POST) \/[^_/][^/]*\/(_search|_count)$/, { index: ["indices:data/read/search"] }],
  [/^GET \/[^_/][^/]*\/_doc\/[^/]+$/, { index: ["indices:data/read/get"] }],
  [/^PUT \/[^_/][^/]*\/_doc\/[^/]+$/, { index: ["indices:data/write/index"] }],
  [/^(GET|POST) \/[^_/][^/]*\/_refresh$/, { index: ["indices:admin/refresh"] }],
  [/^GET \/[^_/][^/]*\/_mapping$/, { index: ["indices:admin/mappings/get"] }],
  [/^GET \/[^_/][^/]*\/_alias$/, { index: ["indices:admin/aliases/get"] }],
  [/^GET \/[^_/][^/]*$/, { index: ["indices:admin/get"] }],
  [/^PUT \/[^_/][^/]*$/, { index: ["indices:admin/create"] }],
  [/^(PUT|POST) \/_index_template\/[^/]+$/, { cluster: ["indices:admin/index_template/put"] }],
  [/^POST \/_aliases$/, { index: ["indices:admin/aliases"] }],
];

/** `request: action` for what the role does not have. @throws for a request whose actions are not known here */
export function deniedBy(role: StoreRole, asked: readonly string[]): readonly string[] {
  const onCluster = allowing(role.cluster_permissions);
  const onIndices = allowing(role.index_permissions.flatMap(({ allowed_actions: actions }) => actions));
  return asked.flatMap((request) => {
    const actions = ACTIONS.find(([of]) => of.test(decodeURIComponent(request)))?.[1];
    if (actions === undefined) throw new Error(`Nobody has said which actions "${request}" needs.`);
    const { cluster = [], index = [] } = actions;
    return [...cluster.filter((action) => !onCluster(action)), ...index.filter((action) => !onIndices(action))].map((action) => `${request}: ${action}`);
  });
}

function allowing(permissions: readonly string[]): (action: string) => boolean {
  const patterns = permissions.flatMap((permission) => GROUPS[permission] ?? [permission]).map(wildcard);
  return (action) => patterns.some((pattern) => pattern.test(action));
}
