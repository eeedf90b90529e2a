/**
 * Kinds that GitHub shows of repositories themselves, and lists of an organisation alone (their counts of today): of a user's repositories, and of one that is a
 * source by itself, they are asked for by the repositories' node ids.
 */
import type { Call } from "@octally/github/call";
import type { Kind } from "@octally/model/define-kind";
import { isNoWay } from "@octally/model/sources";
import { NOTHING, together, type Gathered } from "./core/gathered.ts";
import { permissionText } from "./core/permission-text.ts";
import { EVER } from "./core/period.ts";
import { readNamed } from "./walks/walk-named.ts";
import type { GitHubPort } from "./walks/walk.ts";

export type OwnNodes = { readonly kinds: readonly Kind[]; readonly github: GitHubPort; readonly call: Call; readonly wanted: ReadonlySet<string> };

export async function readOwnNodes({ kinds, github, call, wanted }: OwnNodes, nodeIds: readonly string[]): Promise<Gathered> {
  let gathered = NOTHING;
  for (const kind of kinds.filter((one) => wanted.has(one.name) && isOfOrganizationsAlone(one))) {
    const { one } = kind.sources;
    const way = isNoWay(one) ? undefined : one.find(({ by }) => by === "node");
    if (way?.by !== "node") continue;
    const context = { github, call: { ...call, kind: kind.name }, kinds, place: { org: null, repository: null }, ...EVER };
    const read = await readNamed(context, { parent: kind, wanted: { whole: true, children: [] }, atOnce: way.atOnce }, nodeIds);
    const denied = "is" in read && read.is === "forbidden" ? [permissionText(kind, read.missing)] : [];
    gathered = together(gathered, "gathered" in read ? read.gathered : { ...NOTHING, denied });
  }
  return gathered;
}

function isOfOrganizationsAlone({ sources: { graphql, list } }: Kind): boolean {
  return !isNoWay(graphql) && graphql.type === "Repository" && !isNoWay(list) && list.every((listing) => listing.by === "graphql" && listing.of === "organization");
}
