/**
 * What hangs from the things of a list of REST's, as its pages show them: what is asked for by their node ids comes in the same step, and what takes a request for
 * each gets a part of its own, if there are any.
 */
import type { Kind } from "@octally/model/define-kind";
import type { Observation } from "@octally/model/observation";
import { together } from "../core/gathered.ts";
import { isOfPeriod } from "../core/period.ts";
import { isEach, listingOf, type Root } from "../core/plan-parts.ts";
import { readNamed } from "./walk-named.ts";
import type { Step, Walk, WalkContext } from "./walk.ts";

export type BelowWalk = {
  readonly parent: Kind;
  readonly roots: readonly Pick<Root, "kind" | "way">[];
  /** Before the cursor passes the first page with any; what is open stays as it is. */
  readonly open: (roots: readonly Pick<Root, "kind" | "way">[]) => Promise<void>;
};

export async function* withBelow(context: WalkContext, { parent, roots, open }: BelowWalk, walk: Walk): Walk {
  let isOpen = false;
  for (;;) {
    const { done, value } = await walk.next();
    if (done === true) return value;
    const found = value.gathered.observations.filter(({ kind, document: { created_at: createdAt, updated_at: updatedAt } }) => kind === parent.name && isOfPeriod({ createdAt, updatedAt }, context));
    if (!isOpen && found.length > 0) {
      await open(roots.filter((root) => isOneForEach(root)));
      isOpen = true;
    }
    yield await readBelow(context, parent, roots, value, found);
  }
}

function isOneForEach(root: Pick<Root, "kind" | "way">): boolean {
  const listing = listingOf(root);
  return listing !== undefined && isEach(listing);
}

async function readBelow(context: WalkContext, parent: Kind, roots: readonly Pick<Root, "kind" | "way">[], step: Step, found: readonly Observation[]): Promise<Step> {
  const ids = found.flatMap(({ document: { node_id: id } }) => (typeof id === "string" ? [id] : []));
  let { gathered } = step;
  for (const root of roots) {
    const listing = listingOf(root);
    if (listing?.by !== "parent" || ids.length === 0) continue;
    const read = await readNamed(context, { parent, wanted: { whole: false, children: [root.kind.name] }, atOnce: listing.first }, ids);
    // That a token may not see them is told by the parts of the kind's other lists.
    if ("gathered" in read) gathered = together(gathered, read.gathered);
  }
  return { ...step, gathered };
}
