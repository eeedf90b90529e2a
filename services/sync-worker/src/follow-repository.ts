/** A repository that was renamed or transferred while it was read: what is stored of it follows by a job; its part goes on, or ends. */
import { observeRestObject } from "@octally/model/observe-fetched";
import { toJobMessage, type BackfillJob } from "@octally/shared/sync-job";
import { gather } from "./core/gathered.ts";
import { kindOf } from "./core/kind-of.ts";
import type { PartEnd } from "./core/part-state.ts";
import type { FoundRepository } from "./find-repository.ts";
import type { JobPorts } from "./job-ports.ts";
import { storeAll } from "./store-step.ts";
import type { PartMove } from "./walks/part-walk.ts";

export async function followRepository(ports: JobPorts, job: BackfillJob, found: Extract<FoundRepository, { is: "there" | "moved" }>): Promise<PartEnd | PartMove> {
  const { owner, repository, observedAt: at } = found;
  const stays = owner.toLowerCase() === (job.org ?? "").toLowerCase();
  const goesOn = stays || job.source.includes("/");
  if (at !== null) {
    const from = job.repository?.name_with_owner;
    await ports.syncJobs.sendAll([toJobMessage({ type: "relocate-repository", org: owner, repository, ...(from === undefined ? {} : { from }), change: stays ? "renamed" : "transferred", at })]);
    // What else a move changes of the repository itself, its own document says alone.
    const isStored = (await ports.library.byIds("repository", [String(repository.id)])).length > 0;
    if (goesOn && isStored) await storeAll(ports, gather([observeRestObject(kindOf(ports.kinds, "repository"), found.found, { org: owner, repository, below: {}, observedAt: at })]).observations);
  }
  if (goesOn) return { state: "moved", org: owner, repository };
  return { state: "gone", reason: `The repository was transferred to ${repository.name_with_owner}.` };
}
