/**
 * A repository was renamed, transferred or deleted: what the store holds of it follows. Every document is written again with its new
 * place, or as a tombstone, at the version of the move: what was observed later stays. Begun again it finds only what is left.
 */
import type { Kind } from "@octally/model/define-kind";
import { observeGone } from "@octally/model/observe-fetched";
import type { Observation } from "@octally/model/observation";
import { toObservation } from "@octally/model/to-observation";
import { PermanentError } from "@octally/shared/errors";
import type { RelocateRepositoryJob } from "@octally/shared/sync-job";
import type { StoredDocument } from "@octally/store/library";
import { renameIn } from "./core/rename-in.ts";
import { followReferences } from "./follow-references.ts";
import type { JobPorts } from "./job-ports.ts";
import { storeAll } from "./store-step.ts";

/** @throws TransientError where the store fails: the job comes again */
export async function relocate(ports: JobPorts, asked: RelocateRepositoryJob): Promise<void> {
  const job = await asKnownToday(ports, asked);
  // The repository itself first: whoever stores something of it afterwards finds there that it moved (overtaken.ts).
  for (const kind of ports.kinds.toSorted((a, b) => Number(b.name === "repository") - Number(a.name === "repository"))) {
    if (kind.scope === "organization") continue;
    for await (const some of ports.library.scan(kind.name, { repositoryId: job.repository.id })) {
      const { refused } = await storeAll(ports, some.flatMap((stored) => relocated(kind, stored, job)));
      if (refused.length > 0) throw new PermanentError("not-relocated", refused.slice(0, 5).join("; "));
    }
  }
  await followReferences(ports, job);
}

/** So long somebody may still see a repository under its former name. */
const FORMER_NAME_MS = 10 * 60_000;

/** Jobs come in any order, and a replay asks for those of years again: where a later move is known, everything goes there at once, not back. */
async function asKnownToday({ library }: Pick<JobPorts, "library">, job: RelocateRepositoryJob): Promise<RelocateRepositoryJob> {
  if (job.change === "deleted") return job;
  const [known] = await library.byIds("repository", [String(job.repository.id)]);
  if (known === undefined || known.deletedAt !== null || known.repository === null) return job;
  const laterMs = Date.parse(known.observedAt) - Date.parse(job.at);
  const mayBeFormer = job.from === undefined || known.repository.name_with_owner === job.from;
  return laterMs > (mayBeFormer ? FORMER_NAME_MS : 0) ? { ...job, org: known.org, repository: known.repository } : job;
}

/** What is already where it belongs, or gone, stays as it is. */
export function relocated(kind: Kind, stored: StoredDocument, { change, org, repository, at }: RelocateRepositoryJob): readonly Observation[] {
  if (stored.deletedAt !== null) return [];
  // Whoever saw it later under its old name did not know yet.
  const observedAt = Date.parse(stored.observedAt) < Date.parse(at) ? at : new Date(Date.parse(stored.observedAt) + 100).toISOString();
  if (change === "deleted") return Date.parse(stored.observedAt) > Date.parse(at) ? [] : [observeGone(kind, stored, { observedAt: at, source: "webhook" })];
  if (stored.org === org && stored.repository?.name_with_owner === repository.name_with_owner) return [];
  const document = stored.repository === null ? stored.document : renameIn(stored.document, stored.repository, repository);
  return [toObservation(kind, stored.id, document, { org, repository }, { observedAt, source: "webhook", archive: null, deletedAt: null })];
}
