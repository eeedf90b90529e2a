import type { DeployKey, Hook, Repository } from "../world/entities.ts";
import { fullName, iso, type Json, repoApi, type Shaping } from "./shaping.ts";

export type LastResponse = { readonly code: number | null; readonly status: string; readonly message: string | null };

/** A repository's hook tells its last response, an organisation's does not. The secret is never told. */
export function toHook(s: Shaping, hook: Hook, lastResponse: LastResponse = { code: null, status: "unused", message: null }): Json {
  const url = hookUrl(s, hook);
  const ofRepository = hookTargetType(hook) === "repository";
  return {
    type: hookTargetType(hook) === "integration" ? "App" : ofRepository ? "Repository" : "Organization",
    id: hook.id,
    name: "web",
    active: hook.active,
    events: hook.events,
    config: toHookConfig(hook),
    updated_at: iso(hook.updatedAt),
    created_at: iso(hook.createdAt),
    url,
    ...(ofRepository ? { test_url: `${url}/test` } : {}),
    ping_url: `${url}/pings`,
    deliveries_url: `${url}/deliveries`,
    ...(ofRepository ? { last_response: lastResponse } : {}),
  };
}

export function toHookConfig(hook: Hook): Json {
  return { content_type: hook.contentType, insecure_ssl: hook.insecureSsl ? "1" : "0", ...(hook.secret === null ? {} : { secret: "********" }), url: hook.url };
}

/** As in the header `X-GitHub-Hook-Installation-Target-Type`. */
export function hookTargetType(hook: Hook): "organization" | "repository" | "integration" {
  if ("members" in hook.target) return "organization";
  return "visibility" in hook.target ? "repository" : "integration";
}

function hookUrl(s: Shaping, { id, target }: Hook): string {
  if ("members" in target) return `${s.base.api}/orgs/${target.login}/hooks/${id}`;
  return "visibility" in target ? `${repoApi(s, target)}/hooks/${id}` : `${s.base.api}/app/hook`;
}

export function toDeployKey(s: Shaping, key: DeployKey, repository: Repository): Json {
  return {
    id: key.id,
    key: key.key,
    url: `${s.base.api}/repos/${fullName(repository)}/keys/${key.id}`,
    title: key.title,
    verified: true,
    created_at: iso(key.createdAt),
    read_only: key.readOnly,
    added_by: key.addedBy.login,
    last_used: null,
    enabled: true,
  };
}
