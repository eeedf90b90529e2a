/** What commits change. */
import type * as E from "../world/entities.ts";
import type { CommitDraft } from "../operations/commits.ts";
import type { Random } from "./random.ts";
import { bigFile, commitMessage, file } from "./texts.ts";

const shared = new Map<string, E.CommitFile>();

/** Small changes are alike: they share their records. */
function change(path: string, status: E.CommitFile["status"], additions: number, deletions: number): E.CommitFile {
  if (additions + deletions > 60) return { path, status, additions, deletions };
  const key = `${path} ${status} ${additions} ${deletions}`;
  const known = shared.get(key);
  if (known !== undefined) return known;
  const made: E.CommitFile = { path, status, additions, deletions };
  shared.set(key, made);
  return made;
}

export function changedFiles(count: number, random: Random): E.CommitFile[] {
  const paths = new Set<string>();
  for (let index = 0; index < count; index++) paths.add(index < 12 ? file(random) : bigFile(random.integer(0, 399)));
  return [...paths].map((path) => {
    const status = random.chance(0.1) ? "added" : random.chance(0.04) ? "removed" : "modified";
    const lines = Math.min(5000, Math.ceil(random.logNormal(7, 1.3)));
    return change(path, status, status === "removed" ? 0 : lines, status === "added" ? 0 : Math.floor(lines * random.between(0, 1.2)));
  });
}

/** `count` commits that change about `files` files together; the first has the title as its message. */
export function draftCommits(title: string, count: number, files: number, random: Random): CommitDraft[] {
  return Array.from({ length: count }, (_, index) => ({
    message: commitMessage(random, title, index === 0),
    files: changedFiles(index === 0 ? Math.max(1, files - Math.floor(count / 2)) : 1, random),
  }));
}
