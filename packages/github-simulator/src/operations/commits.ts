/** Commits before they are anywhere, and what several of them change together. */
import { NONE } from "../world/entities.ts";
import type * as E from "../world/entities.ts";
import type { World } from "../world/world.ts";
import { freshSha } from "./shas.ts";

export type CommitDraft = {
  readonly message: string;
  readonly files?: readonly E.CommitFile[];
  /** Null: nobody has the address; then the name and address say who. Default: who pushes. */
  readonly author?: E.User | null;
  readonly authorName?: string;
  readonly authorEmail?: string;
  readonly authoredAt?: E.Millis;
  /** The other parent of a merge. */
  readonly merges?: string;
  /** Who is shown as committer instead of the author: GitHub itself for what is merged on the page. */
  readonly committer?: Committer;
};
export type Committer = { readonly user: E.User | null; readonly name: string; readonly email: string };

/** What GitHub signs with when somebody commits on its page. Its account `web-flow` exists if the world has it. */
export function webFlow(world: World): Committer {
  const account = world.accountsByLogin.get("web-flow");
  return { user: account?.type === "User" ? account : null, name: "GitHub", email: "noreply@github.com" };
}

export function makeCommit(world: World, { repository, parents, by, draft }: { readonly repository: E.Repository; readonly parents: readonly string[]; readonly by: E.User; readonly draft: CommitDraft }): E.Commit {
  const author = draft.author === undefined ? by : draft.author;
  const authorName = draft.authorName ?? author?.name ?? author?.login ?? "unknown";
  const authorEmail = draft.authorEmail ?? author?.email ?? (author === null ? "unknown@localhost" : `${author.id}+${author.login}@users.noreply.github.com`);
  const committer = draft.committer ?? { user: author, name: authorName, email: authorEmail };
  const files = draft.files ?? NONE;
  const now = world.now();
  const commit: E.Commit = {
    sha: freshSha(world, `commit ${draft.message}`), tree: freshSha(world, `tree ${draft.message}`), repository: rootOf(repository), parents: draft.merges === undefined ? parents : [...parents, draft.merges], message: draft.message,
    author, committer: committer.user, authorName, authorEmail, committerName: committer.name, committerEmail: committer.email,
    authoredAt: draft.authoredAt ?? now, committedAt: now, ...linesOf(files), files,
  };
  world.journal.put(world.commits, commit.sha, commit);
  return commit;
}

/** Forks share their commits with where they come from; there they are found. */
function rootOf(repository: E.Repository): E.Repository {
  return repository.parent === null ? repository : rootOf(repository.parent);
}

export function linesOf(files: readonly E.CommitFile[]): { readonly additions: number; readonly deletions: number } {
  return { additions: files.reduce((sum, file) => sum + file.additions, 0), deletions: files.reduce((sum, file) => sum + file.deletions, 0) };
}

/** What a row of commits changes together: each file once, in the order of their paths. */
export function filesOf(commits: readonly E.Commit[]): readonly E.CommitFile[] {
  const [first, ...others] = commits;
  if (first === undefined || others.length === 0) return first?.files ?? NONE;
  const byPath = new Map<string, E.CommitFile>();
  for (const file of commits.flatMap(({ files }) => files)) {
    const before = byPath.get(file.path);
    if (before === undefined) byPath.set(file.path, file);
    else if (before.status === "added" && file.status === "removed") byPath.delete(file.path);
    else byPath.set(file.path, { path: file.path, status: before.status === "added" ? "added" : file.status, additions: before.additions + file.additions, deletions: before.deletions + file.deletions });
  }
  return [...byPath.values()].toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

/** From a head back to what `known` has, oldest first: along first parents, as a branch grows here. */
export function commitsSince(world: World, head: E.Commit, known: (commit: E.Commit) => boolean): E.Commit[] {
  const ahead: E.Commit[] = [];
  for (let commit: E.Commit | undefined = head; commit !== undefined && !known(commit); commit = world.commits.get(commit.parents[0] ?? "")) ahead.push(commit);
  return ahead.toReversed();
}
