/** Branches, tags and git's plain references. */
import type { Branch, Repository, Tag } from "../world/entities.ts";
import { toCommit } from "./commit.ts";
import { type Json, repoApi, repoHtml, type Shaping } from "./shaping.ts";

export function toBranch(s: Shaping, branch: Branch): Json {
  return { name: branch.name, commit: { sha: branch.head.sha, url: `${repoApi(s, branch.repository)}/commits/${branch.head.sha}` }, protected: branch.protected };
}

/** `GET …/branches/{branch}`. */
export function toFullBranch(s: Shaping, branch: Branch): Json {
  const self = `${repoApi(s, branch.repository)}/branches/${encodeURI(branch.name)}`;
  return {
    name: branch.name,
    commit: toCommit(s, branch.head, branch.repository),
    _links: { self, html: `${repoHtml(s, branch.repository)}/tree/${encodeURI(branch.name)}` },
    protected: branch.protected,
    protection: { enabled: branch.protected, required_status_checks: { enforcement_level: branch.protected ? "non_admins" : "off", contexts: [], checks: [] } },
    protection_url: `${self}/protection`,
  };
}

export function toTag(s: Shaping, tag: Tag): Json {
  const url = repoApi(s, tag.repository);
  const name = `refs/tags/${tag.name}`;
  return {
    name: tag.name,
    zipball_url: `${url}/zipball/${name}`,
    tarball_url: `${url}/tarball/${name}`,
    commit: { sha: tag.commit.sha, url: `${url}/commits/${tag.commit.sha}` },
    node_id: s.nodeId("Ref", tag.repository.id, name),
  };
}

export function toRef(s: Shaping, repository: Repository, ref: string, sha: string): Json {
  const git = `${repoApi(s, repository)}/git`;
  return { ref, node_id: s.nodeId("Ref", repository.id, ref), url: `${git}/${ref}`, object: { sha, type: "commit", url: `${git}/commits/${sha}` } };
}
