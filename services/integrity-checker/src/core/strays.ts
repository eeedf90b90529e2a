/** Documents that stand under another name than their repository has: late events of a time before it moved, or after it was gone. Pure. */
import { REPLICA_MS } from "@octally/github/limits";
import type { RefreshJob, RelocateRepositoryJob } from "@octally/shared/sync-job";

/** A repository as its own document says, gone or not. */
export type KnownRepository = { readonly id: number; readonly org: string; readonly name: string; /** ISO 8601, GitHub's clock. */ readonly observedAt: string; readonly deletedAt: string | null };

/** That documents of a repository stand under this name. */
export type Standing = { readonly repositoryId: number; readonly name: string };
export type Stray = { readonly known: KnownRepository; readonly name: string; /** Until when the repository's own document knows better; ISO 8601. */ readonly until: string };

export function strayOf(known: KnownRepository | undefined, { name }: Standing): Stray | undefined {
  if (known === undefined) return undefined;
  if (known.deletedAt !== null) return { known, name, until: new Date(Date.parse(known.deletedAt) + REPLICA_MS).toISOString() };
  return known.name === name ? undefined : { known, name, until: known.observedAt };
}

/** `isLater`: some of them were seen after that. Then the repository itself is asked for first: it may have moved again, or be back. */
export function planStrays(found: readonly { readonly stray: Stray; readonly isLater: boolean }[]): readonly (RelocateRepositoryJob | RefreshJob)[] {
  const jobs = new Map<number, RelocateRepositoryJob | RefreshJob>();
  for (const { stray: { known, name, until }, isLater } of found) {
    const { id, org, deletedAt } = known;
    const repository = { id, name_with_owner: known.name };
    if (isLater) jobs.set(id, { type: "refresh", kind: "repository", org: name.split("/")[0] ?? org, repository: { id, name_with_owner: name }, subjects: [{ id: String(id), key: name.split("/")[1] ?? "" }], reason: "its documents stand under another name" });
    else if (!jobs.has(id)) jobs.set(id, { type: "relocate-repository", org, repository, ...(deletedAt === null ? { from: name } : {}), change: deletedAt !== null ? "deleted" : name.split("/")[0] === known.name.split("/")[0] ? "renamed" : "transferred", at: until });
  }
  return [...jobs.values()];
}
