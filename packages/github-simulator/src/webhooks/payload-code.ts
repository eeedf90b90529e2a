import { toUser } from "../shapes/account.ts";
import { findCommit, toPushedCommit } from "../shapes/commit.ts";
import { toCommitComment } from "../shapes/commit-comment.ts";
import { toRelease } from "../shapes/release.ts";
import { fullName, iso, type Json, repoApi, repoHtml, type Shaping } from "../shapes/shaping.ts";
import { toWikiPage } from "../shapes/wiki-page.ts";
import type { HappeningOf } from "../world/happening.ts";
import { toChanges } from "./payload-changes.ts";

/** GitHub tells no more of one push; the rest is found by comparing. */
const MOST_COMMITS = 2048;

export function pushBody(s: Shaping, { repository, actor, ref, before, after, created, deleted, forced, commits }: HappeningOf<"push">): Json {
  const head = deleted ? null : (commits.at(-1) ?? findCommit(s, repository, after));
  return {
    ref,
    before,
    after,
    base_ref: null,
    pusher: { name: actor.login, email: actor.email ?? `${actor.id}+${actor.login}@users.noreply.github.com` },
    created,
    deleted,
    forced,
    compare: `${repoHtml(s, repository)}/compare/${created ? ref.replace(/^refs\/(heads|tags)\//, "") : `${before.slice(0, 12)}...${after.slice(0, 12)}`}`,
    commits: commits.slice(0, MOST_COMMITS).map((commit) => toPushedCommit(s, commit, repository)),
    head_commit: head === null ? null : toPushedCommit(s, head, repository),
  };
}

export function refBody({ event, ref, refType, repository }: HappeningOf<"create">): Json {
  const about = event === "create" ? { master_branch: repository.defaultBranch, description: repository.description } : {};
  return { ref, ref_type: refType, ...about, pusher_type: "user" };
}

export function commitCommentBody(s: Shaping, { comment }: HappeningOf<"commit_comment">): Json {
  return { comment: toCommitComment(s, comment) };
}

export function releaseBody(s: Shaping, happening: HappeningOf<"release">): Json {
  return { ...toChanges(happening), release: toRelease(s, happening.release) };
}

export function gollumBody(s: Shaping, { repository, pages }: HappeningOf<"gollum">): Json {
  return { pages: pages.map((page) => toWikiPage(s, repository, page)) };
}

export function pageBuildBody(s: Shaping, { repository, actor, at, buildId, commit }: HappeningOf<"page_build">): Json {
  return {
    id: buildId,
    build: {
      url: `${repoApi(s, repository)}/pages/builds/${buildId}`,
      status: "built",
      error: { message: null },
      pusher: toUser(s, actor),
      commit: commit.sha,
      duration: 17_000,
      created_at: iso(at - 17_000),
      updated_at: iso(at),
    },
  };
}

/** One version of an npm package; `registry_package` says the same under its own name. */
export function packageBody(s: Shaping, { event, repository, actor, at, package: published }: HappeningOf<"package">): Json {
  const html = `${repoHtml(s, repository)}/packages/${published.id}`;
  const scope = repository.owner.login.toLowerCase();
  const installation = `npm install @${scope}/${published.name}@${published.version}`;
  const time = iso(at);
  return {
    [event]: {
      id: published.id,
      name: published.name,
      namespace: fullName(repository),
      description: repository.description ?? "",
      ecosystem: "npm",
      package_type: "npm",
      html_url: html,
      created_at: time,
      updated_at: time,
      owner: toUser(s, repository.owner),
      package_version: {
        id: published.versionId,
        version: published.version,
        summary: "",
        name: published.version,
        description: "",
        body: "",
        body_html: "",
        manifest: "",
        html_url: `${html}?version=${published.version}`,
        tag_name: `v${published.version}`,
        target_commitish: repository.defaultBranch,
        target_oid: repository.commits.at(-1)?.sha ?? "",
        draft: false,
        prerelease: false,
        created_at: time,
        updated_at: time,
        metadata: [],
        package_files: [],
        author: toUser(s, actor),
        installation_command: installation,
        package_url: `npm.pkg.github.com/${scope}/${published.name}:${published.version}`,
      },
      registry: {
        about_url: "https://docs.github.com/packages/learn-github-packages/introduction-to-github-packages",
        name: "GitHub npm registry",
        type: "npm",
        url: `https://npm.pkg.github.com/@${scope}`,
        vendor: "GitHub Inc",
      },
    },
  };
}
