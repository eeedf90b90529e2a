/**
 * A repository may move, or be deleted, while a page of it is on its way: the page is stored when the job that follows the move is over.
 * So each part and each refresh looks once, at its end, and lets that job run again. It begins with the repository's own document: whoever finds that as it
 * was is followed later.
 */
import { toJobMessage, type BackfillJob, type RelocateRepositoryJob } from "@octally/shared/sync-job";
import type { RepositoryRef } from "@octally/model/observation";
import type { StoredDocument } from "@octally/store/library";
import type { PartState } from "./core/part-state.ts";
import type { JobPorts } from "./job-ports.ts";

type Ports = Pick<JobPorts, "library" | "syncJobs">;

/** @throws TransientError where the store or the queue fails: the part is not over then */
export async function followOvertaken(ports: Ports, { job, seen }: PartState): Promise<void> {
  if (job.type === "backfill" && seen > 0) await followMoved(ports, placesOf(job));
}

/** Under these names something was read, and is stored. */
export async function followMoved({ library, syncJobs }: Ports, places: readonly RepositoryRef[]): Promise<void> {
  const read = new Map(places.map((repository) => [String(repository.id), repository.name_with_owner]));
  const stored = read.size === 0 ? [] : await library.byIds("repository", [...read.keys()]);
  const moves = stored.flatMap((one) => moveOf(one, read.get(one.id) ?? ""));
  if (moves.length > 0) await syncJobs.sendAll(moves.map(toJobMessage));
}

/** The job by the name that its repository has today: under its former one GitHub may know another by now. */
export async function atItsPlace<J extends { readonly org: string | null; readonly repository: RepositoryRef | null }>({ library }: Pick<JobPorts, "library">, job: J): Promise<J> {
  const [known] = job.repository === null ? [] : await library.byIds("repository", [String(job.repository.id)]);
  if (known === undefined || known.deletedAt !== null || known.repository === null || known.repository.name_with_owner === job.repository?.name_with_owner) return job;
  return { ...job, org: known.org, repository: known.repository };
}

/** Whether the store knows that it has another name by now, or is gone. */
export async function hasLeft({ library }: Pick<JobPorts, "library">, { id, name_with_owner: name }: RepositoryRef): Promise<boolean> {
  const [known] = await library.byIds("repository", [String(id)]);
  return known !== undefined && (known.deletedAt !== null || (known.repository !== null && known.repository.name_with_owner !== name));
}

function placesOf({ repository, small }: BackfillJob): readonly RepositoryRef[] {
  return [...(repository === null ? [] : [repository]), ...(small?.repositories ?? [])];
}

function moveOf({ org, repository, observedAt, deletedAt }: StoredDocument, readAs: string): readonly RelocateRepositoryJob[] {
  if (repository === null) return [];
  const job = { type: "relocate-repository" as const, org, repository };
  if (deletedAt !== null) return [{ ...job, change: "deleted", at: deletedAt }];
  if (repository.name_with_owner === readAs) return [];
  return [{ ...job, from: readAs, change: ownerIn(repository.name_with_owner) === ownerIn(readAs) ? "renamed" : "transferred", at: observedAt }];
}

function ownerIn(name: string): string | undefined {
  return name.split("/")[0]?.toLowerCase();
}
