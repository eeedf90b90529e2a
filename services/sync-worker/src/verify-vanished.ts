/**
 * Repositories that the store has of a source and GitHub's list does not: each is asked for by its id, which outlives its name. One that
 * moved is followed; one that GitHub does not show is deleted or hidden, and nothing but GitHub's own word (an event) says which.
 */
import type { Call } from "@octally/github/call";
import type { RepositoryRef } from "@octally/model/observation";
import { toJobMessage, type RelocateRepositoryJob } from "@octally/shared/sync-job";
import { findRepository, type FoundRepository } from "./find-repository.ts";
import type { JobPorts } from "./job-ports.ts";
import { timeOf, type GitHubPort } from "./walks/walk.ts";

/** In the order of their ids. `listed`: the ids that GitHub's list had. */
export async function findVanished({ library }: Pick<JobPorts, "library">, owner: string, listed: ReadonlySet<number>): Promise<readonly RepositoryRef[]> {
  const vanished: RepositoryRef[] = [];
  for await (const some of library.scan("repository", { org: owner })) {
    vanished.push(...some.flatMap(({ deletedAt, repository }) => (deletedAt === null && repository !== null && !listed.has(repository.id) ? [repository] : [])));
  }
  return vanished.toSorted((a, b) => a.id - b.id);
}

/** What is stored of one that moved follows by a job. @throws TransientError where GitHub does not say */
export async function findAndFollow({ syncJobs }: Pick<JobPorts, "syncJobs">, github: GitHubPort, call: Call, owner: string, known: RepositoryRef): Promise<FoundRepository> {
  const found = await findRepository(github, call, known);
  if (found.is === "moved") await syncJobs.sendAll([toJobMessage(toMove(owner, known, found.owner, found.repository, timeOf(found.observedAt)))]);
  return found;
}

/** Those of a page of GitHub's list that the store knows by another name: what hangs from them follows too. */
export async function followRenamed({ library, syncJobs }: Pick<JobPorts, "library" | "syncJobs">, listed: readonly { readonly org: string | null; readonly repository: RepositoryRef | null }[], observedAt: string): Promise<void> {
  const ids = listed.flatMap(({ repository }) => (repository === null ? [] : [String(repository.id)]));
  const stored = new Map((await library.byIds("repository", ids)).map((one) => [one.id, one]));
  const moves = listed.flatMap(({ org, repository }) => {
    const known = repository === null ? undefined : stored.get(String(repository.id));
    if (org === null || repository === null || known === undefined || known.deletedAt !== null || known.repository === null) return [];
    return known.org === org && known.repository.name_with_owner === repository.name_with_owner ? [] : [toMove(known.org ?? "", known.repository, org, repository, observedAt)];
  });
  await syncJobs.sendAll(moves.map(toJobMessage));
}

function toMove(from: string, known: RepositoryRef, to: string, repository: RepositoryRef, at: string): RelocateRepositoryJob {
  return { type: "relocate-repository", org: to, repository, from: known.name_with_owner, change: from.toLowerCase() === to.toLowerCase() ? "renamed" : "transferred", at };
}
