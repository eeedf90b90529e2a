/** Repositories that GitHub lists no more: hidden ones are not listed either, so their list is a positive word to those alone from whom none is hidden. */
import type { Call } from "@octally/github/call";
import { REPLICA_MS } from "@octally/github/limits";
import { toJobMessage, type InventoryJob } from "@octally/shared/sync-job";
import type { StoredDocument } from "@octally/store/library";
import type { JobPorts } from "./job-ports.ts";
import { seesAllRepositories } from "./sees-all.ts";
import { findAndFollow } from "./verify-vanished.ts";
import type { GitHubPort } from "./walks/walk.ts";

type Scene = { readonly ports: JobPorts; readonly github: GitHubPort; readonly call: Call; readonly job: InventoryJob };

/** "there": GitHub shows it, here or elsewhere; "unknown": it may be hidden. */
type RepositoryWord = "gone" | "there" | "unknown";

/** In the order of `unlisted`. `since`: when the list began, ISO 8601. */
export async function wordsOfRepositories({ ports, github, call, job }: Scene, unlisted: readonly StoredDocument[], since: string): Promise<readonly RepositoryWord[]> {
  if (unlisted.length === 0 || job.org === null || !(await seesAllRepositories(github, call, job.org))) return unlisted.map(() => "unknown");
  const words: RepositoryWord[] = [];
  for (const { repository, observedAt } of unlisted) {
    // One that was seen just now may be new.
    const isNew = Date.parse(since) - Date.parse(observedAt) < REPLICA_MS;
    const found = repository === null || isNew ? undefined : await findAndFollow(ports, github, call, job.org, repository);
    if (found === undefined) words.push("unknown");
    else if (found.is === "hidden") words.push(found.isUnknown ? "gone" : "unknown");
    else words.push("there");
  }
  return words;
}

/** With a repository goes all that was in it. */
export async function buryWhole({ ports, job }: Pick<Scene, "ports" | "job">, gone: readonly StoredDocument[], at: string): Promise<void> {
  const jobs = gone.flatMap(({ repository }) => (repository === null || job.org === null ? [] : [{ type: "relocate-repository" as const, org: job.org, repository, change: "deleted" as const, at }]));
  await ports.syncJobs.sendAll(jobs.map(toJobMessage));
}
