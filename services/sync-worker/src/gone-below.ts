/** What the store holds below a thing, and its whole list no longer has: the commits that a forced push took away. */
import type { Kind } from "@octally/model/define-kind";
import type { Observation } from "@octally/model/observation";
import { observeGone } from "@octally/model/observe-fetched";
import type { RefreshJob } from "@octally/shared/sync-job";
import type { Gathered } from "./core/gathered.ts";
import { kindOf } from "./core/kind-of.ts";
import type { JobPorts } from "./job-ports.ts";

export type ListBelow = {
  readonly gathered: Gathered;
  /** When its reading began; null where it is not whole. */
  readonly wholeAt: string | null;
  /** Where a document names what it hangs from. */
  readonly path: string;
};

/** Of kinds of which a list is GitHub's word for what is gone, and hides nothing from anybody who reads it. */
export async function goneBelow({ kinds, library }: Pick<JobPorts, "kinds" | "library">, job: RefreshJob, key: string, { gathered, wholeAt, path }: ListBelow): Promise<readonly Observation[]> {
  const kind = kindOf(kinds, job.kind);
  if (wholeAt === null || !tellsByList(kind)) return [];
  const listed = new Set(gathered.observations.flatMap((one) => (one.kind === kind.name ? [one.id] : [])));
  const gone: Observation[] = [];
  const of = job.repository === null ? { org: job.org ?? "" } : { repositoryId: job.repository.id };
  for await (const some of library.scan(kind.name, { ...of, where: { field: path, is: key } })) {
    // What was seen since may be newer than the list.
    for (const one of some) if (one.deletedAt === null && !listed.has(one.id) && Date.parse(one.observedAt) < Date.parse(wholeAt)) gone.push(observeGone(kind, one, { observedAt: wholeAt, source: "graphql" }));
  }
  return gone;
}

function tellsByList({ sources: { deletion } }: Kind): boolean {
  return "listing" in deletion && deletion.listing && deletion.hides === undefined && deletion.hiddenWithRepository !== true && deletion.shown !== true;
}
