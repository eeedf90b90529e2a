/** What refers, in other repositories, to one that was renamed, transferred or deleted: heads of pull requests, cross-references, forks' runs. */
import type { Kind } from "@octally/model/define-kind";
import { canonicalJson } from "@octally/model/observation";
import { refreshSubjectOf } from "@octally/model/refresh-subject";
import { toObservation } from "@octally/model/to-observation";
import type { JsonObject } from "@octally/shared/json";
import { toJobMessage, type RefreshJob, type RelocateRepositoryJob } from "@octally/shared/sync-job";
import type { StoredDocument } from "@octally/store/library";
import { mergeJobs } from "./core/merge-jobs.ts";
import { renameIn } from "./core/rename-in.ts";
import type { JobPorts } from "./job-ports.ts";
import { storeAll } from "./store-step.ts";

/** A new name is written into them. Whether one that left or was deleted is still shown, GitHub alone knows: they are asked for again. */
export async function followReferences(ports: JobPorts, job: RelocateRepositoryJob): Promise<void> {
  const formerName = job.from ?? (job.change === "deleted" ? job.repository.name_with_owner : undefined);
  const owners = new Set([job.org, formerName?.split("/")[0]].filter((owner) => typeof owner === "string"));
  for (const kind of ports.kinds) {
    for (const field of kind.otherRepositories) {
      const is = field.endsWith(".id") ? String(job.repository.id) : formerName;
      for (const org of is === undefined ? [] : owners) {
        for await (const some of ports.library.scan(kind.name, { org, where: { field, is: is ?? "" } })) await follow(ports, kind, some.filter((stored) => isElsewhere(stored, job)), job);
      }
    }
  }
}

function isElsewhere({ deletedAt, repository }: StoredDocument, job: RelocateRepositoryJob): boolean {
  return deletedAt === null && repository !== null && repository.id !== job.repository.id;
}

async function follow(ports: JobPorts, kind: Kind, some: readonly StoredDocument[], job: RelocateRepositoryJob): Promise<void> {
  const named = some.map((stored) => ({ stored, today: today(stored, job) }));
  const at = { observedAt: job.at, source: "webhook" as const, archive: null, deletedAt: null };
  await storeAll(ports, named.flatMap(({ stored, today: { is, document } }) => (is === "known" ? [toObservation(kind, stored.id, document, stored, at)] : [])));
  await ports.syncJobs.sendAll(mergeJobs(named.flatMap(({ stored, today: { is } }) => (is === "to be asked" ? toRefresh(kind, stored) : []))).map(toJobMessage));
}

type Today = { readonly is: "unchanged" | "known" | "to be asked"; readonly document: JsonObject };

function today({ document, observedAt }: StoredDocument, { change, from, repository, at }: RelocateRepositoryJob): Today {
  if (change !== "renamed" || from === undefined) return { is: "to be asked", document };
  const renamed = renameIn(document, { id: repository.id, name_with_owner: from }, repository);
  if (canonicalJson(renamed) === canonicalJson(document)) return { is: "unchanged", document };
  // What was seen later under the old name may mean another repository, that has it now.
  return { is: Date.parse(observedAt) > Date.parse(at) ? "to be asked" : "known", document: renamed };
}

function toRefresh(kind: Kind, { id, org, repository, document }: StoredDocument): readonly RefreshJob[] {
  const subject = refreshSubjectOf(kind, id, document);
  return subject === undefined ? [] : [{ type: "refresh", kind: kind.name, org, repository, subjects: [subject], reason: "a repository that it names has moved" }];
}
