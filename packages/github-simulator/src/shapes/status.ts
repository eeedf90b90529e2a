/** Commit statuses. */
import type { Repository, Status } from "../world/entities.ts";
import { toUser } from "./account.ts";
import { toMinimalRepository } from "./repository.ts";
import { avatar, iso, type Json, repoApi, type Shaping } from "./shaping.ts";

export function toStatus(s: Shaping, status: Status): Json {
  return { ...toSimpleStatus(s, status), creator: toUser(s, status.creator) };
}

function toSimpleStatus(s: Shaping, status: Status): Json {
  return {
    url: `${repoApi(s, status.repository)}/statuses/${status.sha}`,
    avatar_url: avatar(s, status.creator),
    id: status.id,
    node_id: s.nodeId("StatusContext", status.repository.id, status.id),
    state: status.state,
    description: status.description,
    target_url: status.targetUrl,
    context: status.context,
    created_at: iso(status.createdAt),
    updated_at: iso(status.createdAt),
  };
}

/** `GET …/commits/{ref}/status`: the latest of each context; all of them must have succeeded. `statuses`: of this commit, oldest first. */
export function toCombinedStatus(s: Shaping, repository: Repository, sha: string, statuses: readonly Status[]): Json {
  const latest = [...new Map(statuses.map((status) => [status.context, status])).values()];
  const url = `${repoApi(s, repository)}/commits/${sha}`;
  return {
    state: combine(latest),
    statuses: latest.map((status) => toSimpleStatus(s, status)),
    sha,
    total_count: latest.length,
    repository: toMinimalRepository(s, repository),
    commit_url: url,
    url: `${url}/status`,
  };
}

function combine(statuses: readonly Status[]): string {
  if (statuses.some(({ state }) => state === "failure" || state === "error")) return "failure";
  return statuses.length === 0 || statuses.some(({ state }) => state === "pending") ? "pending" : "success";
}
