/** A repository that was renamed or transferred while it was read: what is stored of it follows by a job; its part goes on, or ends. */
import { toJobMessage, type BackfillJob } from "@octally/shared/sync-job";
import type { PartEnd } from "./core/part-state.ts";
import type { FoundRepository } from "./find-repository.ts";
import type { JobPorts } from "./job-ports.ts";
import type { PartMove } from "./walks/part-walk.ts";

export async function followRepository(syncJobs: JobPorts["syncJobs"], job: BackfillJob, found: Extract<FoundRepository, { is: "moved" }>): Promise<PartEnd | PartMove> {
  const stays = found.owner.toLowerCase() === (job.org ?? "").toLowerCase();
  const at = found.observedAt;
  if (at !== null) await syncJobs.sendAll([toJobMessage({ type: "relocate-repository", org: found.owner, repository: found.repository, change: stays ? "renamed" : "transferred", at })]);
  if (stays || job.source.includes("/")) return { state: "moved", org: found.owner, repository: found.repository };
  return { state: "gone", reason: `The repository was transferred to ${found.repository.name_with_owner}.` };
}
