/** The walk of a part, by the way of its kind's declaration; and what its end means for the part. */
import { listDocument, timesDocument } from "@octally/model/graphql-documents";
import type { Kind } from "@octally/model/define-kind";
import { PermanentError, TransientError } from "@octally/shared/errors";
import { isJsonObject } from "@octally/shared/json";
import type { BackfillJob } from "@octally/shared/sync-job";
import type { Call } from "@octally/github/call";
import { kindOf } from "./core/kind-of.ts";
import { isEach, jobBelow, listingOf, rootsBelow } from "./core/plan-parts.ts";
import { aloneJob, severalRead } from "./core/plan-small.ts";
import { AND, permissionText } from "./core/permission-text.ts";
import type { PartEnd, PartState } from "./core/part-state.ts";
import { discover } from "./discover.ts";
import type { JobPorts } from "./job-ports.ts";
import { openParts } from "./open-parts.ts";
import { followRepository } from "./follow-repository.ts";
import { findRepository } from "./find-repository.ts";
import { hasLeft } from "./overtaken.ts";
import type { PartMove, PartWalk } from "./walks/part-walk.ts";
import { walkConnection } from "./walks/walk-connection.ts";
import { walkEach } from "./walks/walk-each.ts";
import { walkNamed } from "./walks/walk-named.ts";
import { walkSeveral, type SeveralWalk } from "./walks/walk-several.ts";
import { walkParents } from "./walks/walk-parents.ts";
import { withBelow, type BelowWalk } from "./walks/walk-below.ts";
import { walkRest, type RestWalk } from "./walks/walk-rest.ts";
import type { GitHubPort, Walk, WalkContext, WalkEnd } from "./walks/walk.ts";

export function openWalk(ports: JobPorts, github: GitHubPort, call: Call, part: PartState): PartWalk {
  const { job } = part;
  return job.type === "discover" ? discover(ports, github, call, job, part.cursor) : walkList(ports, github, call, job, part);
}

async function* walkList(ports: JobPorts, github: GitHubPort, call: Call, job: BackfillJob, part: PartState): PartWalk {
  const { kinds } = ports;
  const kind = kindOf(kinds, job.list.kind);
  const context: WalkContext = { github, call, kinds, place: { org: job.org, repository: job.repository }, since: job.since, until: job.until };
  const leave: SeveralWalk["leave"] = (repositories) => openParts(ports, repositories.map(({ id, name_with_owner }) => aloneJob(job, { id, name_with_owner })));
  const end = yield* job.small === undefined ? walkWithBelow(ports, context, kind, job, part) : walkSeveral(context, { ...severalRead(kinds, job, listingOf({ kind, way: job.list.way })), small: job.small, leave }, part.cursor);
  switch (end.is) {
    case "whole":
      return { state: "done", reason: end.note ?? null };
    case "capped":
      return { state: "failed", reason: end.message };
    case "forbidden": {
      // A request for each refused list would be dear to a token that may see little.
      const left = job.repository !== null && (await hasLeft(ports, job.repository)) ? await followLeft(ports, github, call, job) : undefined;
      return left ?? { state: "cannot-see", reason: end.message, ...missedBy(ports, job, end) };
    }
    case "absent":
      return (await followLeft(ports, github, call, job)) ?? { state: "cannot-see", reason: end.message, ...missedBy(ports, job, { missing: null }) };
    case "elsewhere": {
      const left = await followLeft(ports, github, call, job);
      if (left === undefined) throw new TransientError("github-unexpected", "GitHub answered by another name than the repository has.", { retryAfterSeconds: 30 });
      return left;
    }
    default:
      return end satisfies never;
  }
}

/** Where the list is refused that others hang from or come with, these are missed with it. */
function missedBy({ kinds }: JobPorts, { list }: BackfillJob, { missing, of, kept }: Pick<Extract<WalkEnd, { is: "forbidden" }>, "missing" | "of" | "kept">): Pick<PartEnd, "missingPermission" | "missingKinds"> {
  const missingKinds = kept ?? [list.kind, ...list.with];
  const takers = of === undefined ? (kept ?? [list.kind]).map((name) => kindOf(kinds, name)) : [of];
  return { missingPermission: [...new Set(takers.map((taker) => permissionText(taker, missing)))].toSorted().join(AND), missingKinds };
}

/** Undefined: GitHub shows its repository where it was. */
async function followLeft(ports: JobPorts, github: GitHubPort, call: Call, job: BackfillJob): Promise<PartEnd | PartMove | undefined> {
  if (job.repository === null) return undefined;
  const found = await findRepository(github, call, job.repository);
  if (found.is === "hidden") return { state: "gone", reason: `GitHub no longer shows the repository: ${found.message}` };
  return found.is === "moved" ? followRepository(ports, job, found) : undefined;
}

function walkWithBelow(ports: JobPorts, context: WalkContext, kind: Kind, job: BackfillJob, part: PartState): Walk {
  const roots = rootsBelow(ports.kinds, new Set(job.list.with), kind.name);
  const walk = walkOf(context, kind, job, part);
  if (roots.length === 0) return walk;
  const open: BelowWalk["open"] = (some) => openParts(ports, some.map((root) => jobBelow(job, root)));
  return withBelow(context, { parent: kind, roots, open }, walk);
}

export function walkOf(context: WalkContext, kind: Kind, job: BackfillJob, part: Pick<PartState, "cursor">): Walk {
  const listing = listingOf({ kind, way: job.list.way });
  if (listing === undefined) throw new PermanentError("no-such-list", `The kind ${kind.name} has no list ${job.list.way} any more.`);
  const { kinds } = context;
  if (listing.by === "graphql") {
    const wanted = { whole: true, children: job.list.with };
    const times = job.until === null ? undefined : timesDocument(kind, false);
    const changed = job.since !== null && times === undefined && listing.changed !== null;
    const read = listDocument(kinds, kind, listing, wanted, changed);
    if (times !== undefined) return walkNamed(context, { parent: kind, names: { by: "period", read: times }, wanted, atOnce: read.pageSize }, part.cursor);
    return walkConnection(context, { kind, read, wanted, untilSince: changed }, part.cursor);
  }
  if (listing.by === "parent") return walkParents(context, listing, [kind.name, ...job.list.with], part.cursor);
  if (isEach(listing)) return walkEach(context, { kind, listing, parent: kindOf(kinds, listing.of.each) }, part.cursor);
  return walkOwned(context, { kind, listing: { ...listing, also: (listing.also ?? []).filter((name) => job.list.with.includes(name)) }, parameters: {} }, job, part);
}

/** What an organisation lists, and a user may list too. */
async function* walkOwned(context: WalkContext, walk: Omit<RestWalk, "below">, job: BackfillJob, part: Pick<PartState, "cursor">): Walk {
  const { ofUser } = walk.listing;
  const end = yield* walkOrganization(context, walk, job, part);
  return end.is !== "absent" || ofUser === undefined ? end : yield* walkRest(context, { ...walk, listing: { ...walk.listing, path: ofUser }, below: {} }, part.cursor);
}

/** What hangs from an organisation says which: its id is asked for where the job does not know it. */
async function* walkOrganization(context: WalkContext, walk: Omit<RestWalk, "below">, { org, org_id: id }: BackfillJob, part: Pick<PartState, "cursor">): Walk {
  if (walk.listing.of !== "organization" || org === null) return yield* walkRest(context, { ...walk, below: {} }, part.cursor);
  if (id !== null) return yield* walkRest(context, { ...walk, below: { id, login: org } }, part.cursor);
  const answer = await context.github.get({ path: "/orgs/{org}", parameters: { org } }, context.call);
  if (answer.is !== "found" || !isJsonObject(answer.data)) return { is: "absent", message: `GitHub does not tell of the organisation ${org} (${answer.is}).` };
  return yield* walkRest(context, { ...walk, below: { id: answer.data["id"], login: org } }, part.cursor);
}
