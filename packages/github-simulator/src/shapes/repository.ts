/** Repositories: the short form of runs and suites, the common one of lists, pull requests and webhooks, the full one of a single GET. */
import type { License, Repository } from "../world/entities.ts";
import { toUser } from "./account.ts";
import type { Permissions } from "./permission.ts";
import { fullName, iso, isoOrNull, type Json, once, repoApi, repoHtml, type Shaping } from "./shaping.ts";

/** Inside workflow runs and check suites: names and addresses, no state. */
export function toMinimalRepository(s: Shaping, repository: Repository): Json {
  return once(s, "minimal-repository", repository, () => {
    const url = repoApi(s, repository);
    return {
      id: repository.id,
      node_id: s.nodeId("Repository", 0, repository.id),
      name: repository.name,
      full_name: fullName(repository),
      private: repository.visibility !== "public",
      owner: toUser(s, repository.owner),
      html_url: repoHtml(s, repository),
      description: repository.description,
      fork: repository.parent !== null,
      url,
      forks_url: `${url}/forks`,
      keys_url: `${url}/keys{/key_id}`,
      collaborators_url: `${url}/collaborators{/collaborator}`,
      teams_url: `${url}/teams`,
      hooks_url: `${url}/hooks`,
      issue_events_url: `${url}/issues/events{/number}`,
      events_url: `${url}/events`,
      assignees_url: `${url}/assignees{/user}`,
      branches_url: `${url}/branches{/branch}`,
      tags_url: `${url}/tags`,
      blobs_url: `${url}/git/blobs{/sha}`,
      git_tags_url: `${url}/git/tags{/sha}`,
      git_refs_url: `${url}/git/refs{/sha}`,
      trees_url: `${url}/git/trees{/sha}`,
      statuses_url: `${url}/statuses/{sha}`,
      languages_url: `${url}/languages`,
      stargazers_url: `${url}/stargazers`,
      contributors_url: `${url}/contributors`,
      subscribers_url: `${url}/subscribers`,
      subscription_url: `${url}/subscription`,
      commits_url: `${url}/commits{/sha}`,
      git_commits_url: `${url}/git/commits{/sha}`,
      comments_url: `${url}/comments{/number}`,
      issue_comment_url: `${url}/issues/comments{/number}`,
      contents_url: `${url}/contents/{+path}`,
      compare_url: `${url}/compare/{base}...{head}`,
      merges_url: `${url}/merges`,
      archive_url: `${url}/{archive_format}{/ref}`,
      downloads_url: `${url}/downloads`,
      issues_url: `${url}/issues{/number}`,
      pulls_url: `${url}/pulls{/number}`,
      milestones_url: `${url}/milestones{/number}`,
      notifications_url: `${url}/notifications{?since,all,participating}`,
      labels_url: `${url}/labels{/name}`,
      releases_url: `${url}/releases{/id}`,
      deployments_url: `${url}/deployments`,
    };
  });
}

/** The form of lists and of the ends of a pull request. */
export function toRepository(s: Shaping, repository: Repository): Json {
  return once(s, "repository", repository, () => {
    const html = repoHtml(s, repository);
    const host = s.base.html.replace(/^https?:\/\//, "");
    const openIssues = countOpenIssues(repository);
    return {
      ...toMinimalRepository(s, repository),
      created_at: iso(repository.createdAt),
      updated_at: iso(repository.updatedAt),
      pushed_at: isoOrNull(repository.pushedAt),
      git_url: `git://${host}/${fullName(repository)}.git`,
      ssh_url: `git@${host.replace(/:\d+$/, "")}:${fullName(repository)}.git`,
      clone_url: `${html}.git`,
      svn_url: html,
      homepage: repository.homepage,
      size: repository.sizeKb,
      stargazers_count: repository.stars.length,
      watchers_count: repository.stars.length,
      language: repository.language,
      has_issues: repository.hasIssues,
      has_projects: repository.hasProjects,
      has_downloads: true,
      has_wiki: repository.hasWiki,
      has_pages: repository.hasPages,
      has_discussions: repository.hasDiscussions,
      has_pull_requests: true,
      pull_request_creation_policy: "all",
      forks_count: repository.forks.length,
      mirror_url: null,
      archived: repository.archived,
      disabled: repository.disabled,
      open_issues_count: openIssues,
      license: toLicense(s, repository.license),
      allow_forking: true,
      is_template: repository.isTemplate,
      web_commit_signoff_required: repository.webCommitSignoffRequired,
      topics: repository.topics,
      visibility: repository.visibility,
      forks: repository.forks.length,
      open_issues: openIssues,
      watchers: repository.stars.length,
      default_branch: repository.defaultBranch,
    };
  });
}

/** In a list that somebody with a token asked for: with what this viewer may do. */
export function toListedRepository(s: Shaping, repository: Repository, permissions: Permissions | null): Json {
  const shape = toWebhookRepository(s, repository);
  return permissions === null ? shape : { ...shape, permissions };
}

/** In webhook payloads and lists of repositories those of an organisation have its custom properties. */
export function toWebhookRepository(s: Shaping, repository: Repository): Json {
  if (repository.owner.type !== "Organization") return toRepository(s, repository);
  return once(s, "webhook-repository", repository, () => ({ ...toRepository(s, repository), custom_properties: {} }));
}

const MERGE_SETTINGS = {
  allow_squash_merge: true,
  allow_merge_commit: true,
  allow_rebase_merge: true,
  allow_auto_merge: false,
  delete_branch_on_merge: false,
  allow_update_branch: false,
  use_squash_pr_title_as_default: false,
  squash_merge_commit_message: "COMMIT_MESSAGES",
  squash_merge_commit_title: "COMMIT_OR_PR_TITLE",
  merge_commit_message: "PR_TITLE",
  merge_commit_title: "MERGE_MESSAGE",
} as const;

/** With the settings for merging, as the ends of a pull request have them in webhook payloads. */
export function toMergeRepository(s: Shaping, repository: Repository): Json {
  return once(s, "merge-repository", repository, () => ({ ...toWebhookRepository(s, repository), ...MERGE_SETTINGS }));
}

/** `GET /repos/{owner}/{name}`. What only a viewer with rights sees is there when `permissions` is given. */
export function toFullRepository(s: Shaping, repository: Repository, permissions: Permissions | null): Json {
  const { parent, owner } = repository;
  return {
    ...toListedRepository(s, repository, permissions),
    ...(permissions === null ? {} : { temp_clone_token: "" }),
    ...(permissions?.push === true ? MERGE_SETTINGS : {}),
    ...(owner.type === "Organization" ? { organization: toUser(s, owner) } : {}),
    ...(parent === null ? {} : { parent: toRepository(s, parent), source: toRepository(s, rootOf(parent)) }),
    network_count: rootOf(repository).forks.length,
    subscribers_count: repository.watchers.length,
  };
}

/** In push payloads two of the times are seconds since 1970, and the owner has a name and an address. */
export function toPushRepository(s: Shaping, repository: Repository): Json {
  const { login, id, ...owner } = toUser(s, repository.owner);
  return {
    ...toWebhookRepository(s, repository),
    owner: { name: login, email: repository.owner.email, login, id, ...owner },
    url: repoApi(s, repository),
    created_at: Math.floor(repository.createdAt / 1000),
    pushed_at: repository.pushedAt === null ? null : Math.floor(repository.pushedAt / 1000),
    stargazers: repository.stars.length,
    master_branch: repository.defaultBranch,
    ...(repository.owner.type === "Organization" ? { organization: repository.owner.login } : {}),
  };
}

/** The id, name and address of one end, inside runs, suites and the events API. */
export function toRepositoryReference(s: Shaping, repository: Repository): Json {
  return { id: repository.id, url: repoApi(s, repository), name: repository.name };
}

export function toLicense(s: Shaping, license: License | null): Json | null {
  if (license === null) return null;
  return { key: license.key, name: license.name, spdx_id: license.spdxId, url: license.key === "other" ? null : `${s.base.api}/licenses/${license.key}`, node_id: licenseNodeId(license.key) };
}

/** GitHub's own numbers of the licences that are common; others have 0, as "other" has. */
const LICENSE_NUMBERS: Readonly<Record<string, number>> = {
  "agpl-3.0": 1, "apache-2.0": 2, "bsd-2-clause": 4, "bsd-3-clause": 5, "cc0-1.0": 6, "epl-1.0": 7, "gpl-2.0": 8, "gpl-3.0": 9, isc: 10, "lgpl-2.1": 11, "lgpl-3.0": 12, mit: 13,
  "mpl-2.0": 14, unlicense: 15,
};

function licenseNodeId(key: string): string {
  return Buffer.from(`07:License${LICENSE_NUMBERS[key] ?? 0}`).toString("base64");
}

/** Issues and pull requests together, as GitHub counts them. */
export function countOpenIssues(repository: Repository): number {
  let open = 0;
  for (const issue of repository.issues) if (issue.state === "open") open++;
  for (const pullRequest of repository.pullRequests) if (pullRequest.state === "open") open++;
  return open;
}

/** The first of a network of forks. */
export function rootOf(repository: Repository): Repository {
  return repository.parent === null ? repository : rootOf(repository.parent);
}

