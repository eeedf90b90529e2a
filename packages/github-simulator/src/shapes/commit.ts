/** Commits: REST's (in lists without, alone with their files), the one of push payloads, and the small one inside runs and suites. */
import { createHash } from "node:crypto";
import type { Commit, CommitFile, Repository } from "../world/entities.ts";
import { toUserOrNull } from "./account.ts";
import { rootOf } from "./repository.ts";
import { iso, type Json, once, repoApi, repoHtml, type Shaping } from "./shaping.ts";

const UNSIGNED = { verified: false, reason: "unsigned", signature: null, payload: null, verified_at: null } as const;

/** The item of a list. A deleted account no longer has the address: null, not ghost. `repository`: where it is looked at, a fork has it too. */
export function toCommit(s: Shaping, commit: Commit, repository: Repository = commit.repository): Json {
  const url = `${repoApi(s, repository)}/commits/${commit.sha}`;
  const html = repoHtml(s, repository);
  return {
    sha: commit.sha,
    node_id: s.nodeId("Commit", repository.id, commit.sha),
    commit: {
      ...toPeople(commit),
      message: commit.message,
      tree: { sha: commit.tree, url: `${repoApi(s, repository)}/git/trees/${commit.tree}` },
      url: `${repoApi(s, repository)}/git/commits/${commit.sha}`,
      comment_count: commentsOn(s, repository, commit.sha),
      verification: UNSIGNED,
    },
    url,
    html_url: `${html}/commit/${commit.sha}`,
    comments_url: `${url}/comments`,
    author: accountOf(s, commit.author),
    committer: accountOf(s, commit.committer),
    parents: commit.parents.map((sha) => ({ sha, url: `${repoApi(s, repository)}/commits/${sha}`, html_url: `${html}/commit/${sha}` })),
  };
}

/** `GET …/commits/{ref}`. */
export function toFullCommit(s: Shaping, commit: Commit, repository: Repository = commit.repository): Json {
  return {
    ...toCommit(s, commit, repository),
    stats: { total: commit.additions + commit.deletions, additions: commit.additions, deletions: commit.deletions },
    files: commit.files.map((file) => toFile(s, file, commit.sha, repository)),
  };
}

/** Of a commit or a pull request. The patch holds the right number of lines, not their text. */
export function toFile(s: Shaping, file: CommitFile, sha: string, repository: Repository): Json {
  const path = file.path.split("/").map(encodeURIComponent).join("/");
  return {
    sha: createHash("sha1").update(`${sha}:${file.path}`).digest("hex"),
    filename: file.path,
    status: file.status,
    additions: file.additions,
    deletions: file.deletions,
    changes: file.additions + file.deletions,
    blob_url: `${repoHtml(s, repository)}/blob/${sha}/${path}`,
    raw_url: `${repoHtml(s, repository)}/raw/${sha}/${path}`,
    contents_url: `${repoApi(s, repository)}/contents/${path}?ref=${sha}`,
    ...(file.additions + file.deletions === 0 ? {} : { patch: toPatch(file) }),
    ...(file.status === "renamed" ? { previous_filename: `${file.path}.old` } : {}),
  };
}

/** GitHub leaves the patch of a very long change to the diff; here the text stops after 20 lines of each kind. */
function toPatch({ additions, deletions }: CommitFile): string {
  const from = deletions === 0 ? "0,0" : `1,${deletions}`;
  const to = additions === 0 ? "0,0" : `1,${additions}`;
  return [`@@ -${from} +${to} @@`, ...lines("-", deletions), ...lines("+", additions)].join("\n");
}

function lines(sign: string, count: number): readonly string[] {
  return Array.from({ length: Math.min(count, 20) }, (_, index) => `${sign}line ${index + 1}`);
}

/** `GET …/git/commits/{sha}`. */
export function toGitCommit(s: Shaping, commit: Commit, repository: Repository = commit.repository): Json {
  const html = repoHtml(s, repository);
  const git = `${repoApi(s, repository)}/git`;
  return {
    sha: commit.sha,
    node_id: s.nodeId("Commit", repository.id, commit.sha),
    url: `${git}/commits/${commit.sha}`,
    html_url: `${html}/commit/${commit.sha}`,
    ...toPeople(commit),
    tree: { sha: commit.tree, url: `${git}/trees/${commit.tree}` },
    message: commit.message,
    parents: commit.parents.map((sha) => ({ sha, url: `${git}/commits/${sha}`, html_url: `${html}/commit/${sha}` })),
    verification: UNSIGNED,
  };
}

/** In push payloads. */
export function toPushedCommit(s: Shaping, commit: Commit, repository: Repository = commit.repository): Json {
  const paths = (...statuses: readonly CommitFile["status"][]): readonly string[] => commit.files.filter(({ status }) => statuses.includes(status)).map(({ path }) => path);
  return {
    id: commit.sha,
    tree_id: commit.tree,
    distinct: true,
    message: commit.message,
    timestamp: iso(commit.committedAt),
    url: `${repoHtml(s, repository)}/commit/${commit.sha}`,
    author: { name: commit.authorName, email: commit.authorEmail, date: iso(commit.authoredAt), ...usernameOf(commit.author) },
    committer: { name: commit.committerName, email: commit.committerEmail, date: iso(commit.committedAt), ...usernameOf(commit.committer) },
    added: paths("added", "renamed"),
    removed: paths("removed"),
    modified: paths("modified"),
  };
}

/** `head_commit` of runs and suites. */
export function toSimpleCommit(commit: Commit): Json {
  return {
    id: commit.sha,
    tree_id: commit.tree,
    message: commit.message,
    timestamp: iso(commit.committedAt),
    author: { name: commit.authorName, email: commit.authorEmail },
    committer: { name: commit.committerName, email: commit.committerEmail },
  };
}

function toPeople(commit: Commit): { readonly author: Json; readonly committer: Json } {
  return {
    author: { name: commit.authorName, email: commit.authorEmail, date: iso(commit.authoredAt) },
    committer: { name: commit.committerName, email: commit.committerEmail, date: iso(commit.committedAt) },
  };
}

function accountOf(s: Shaping, user: Commit["author"]): Json | null {
  return user === null || user.deleted ? null : toUserOrNull(s, user);
}

function usernameOf(user: Commit["author"]): { readonly username?: string } {
  return user === null || user.deleted ? {} : { username: user.login };
}

function commentsOn(s: Shaping, repository: Repository, sha: string): number {
  if (repository.commitComments.length === 0) return 0;
  const counts = once(s, "comments-by-commit", repository, () => {
    const bySha: Record<string, number> = {};
    for (const { commitSha } of repository.commitComments) bySha[commitSha] = (bySha[commitSha] ?? 0) + 1;
    return bySha;
  });
  const count = counts[sha];
  return typeof count === "number" ? count : 0;
}

/**
 * A commit by its sha. As on GitHub it is found in every repository of the network, so in the origin also what only a fork has; elsewhere it is unknown. The
 * commits of an origin that was deleted live on in its forks.
 */
export function findCommit(s: Shaping, repository: Repository, sha: string): Commit | null {
  const commit = s.world.commits.get(sha);
  if (commit === undefined) return null;
  return commit.repository === repository || commit.repository.deleted || rootOf(commit.repository) === rootOf(repository) ? commit : null;
}
