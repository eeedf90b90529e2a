import { toOrganization, toUser } from "../shapes/account.ts";
import { hookTargetType, toDeployKey, toHook } from "../shapes/hook.ts";
import { toWebhookRepository } from "../shapes/repository.ts";
import { isoMillis, isoOrNull, type Json, type Shaping, without } from "../shapes/shaping.ts";
import type { HappeningOf } from "../world/happening.ts";
import { toChanges } from "./payload-changes.ts";

export function starBody({ starredAt }: HappeningOf<"star">): Json {
  return { starred_at: isoOrNull(starredAt) };
}

export function forkBody(s: Shaping, { fork }: HappeningOf<"fork">): Json {
  return { forkee: { ...toWebhookRepository(s, fork), public: fork.visibility === "public" } };
}

export function repositoryBody(s: Shaping, happening: HappeningOf<"repository">): Json {
  const { formerOwner, formerTopics } = happening;
  const { changes } = toChanges(happening);
  const owner = formerOwner === undefined ? null : formerOwner.type === "Organization" ? { organization: toOrganization(s, formerOwner) } : { user: toUser(s, formerOwner) };
  if (changes === undefined && formerTopics === undefined && owner === null) return {};
  return { changes: { ...changes, ...(formerTopics === undefined ? {} : { topics: { from: formerTopics } }), ...(owner === null ? {} : { owner: { from: owner } }) } };
}

export function repositoryDispatchBody({ branch }: HappeningOf<"repository_dispatch">): Json {
  return { branch, client_payload: {} };
}

export function branchProtectionBody(happening: HappeningOf<"branch_protection_rule">): Json {
  const { rule, action } = happening;
  return {
    rule: {
      id: rule.id,
      repository_id: rule.repository.id,
      name: rule.name,
      created_at: isoMillis(rule.createdAt),
      updated_at: isoMillis(rule.updatedAt),
      pull_request_reviews_enforcement_level: rule.requiredApprovals > 0 ? "everyone" : "off",
      required_approving_review_count: rule.requiredApprovals,
      dismiss_stale_reviews_on_push: false,
      require_code_owner_review: false,
      authorized_dismissal_actors_only: false,
      ignore_approvals_from_contributors: false,
      required_status_checks: [],
      required_status_checks_enforcement_level: "off",
      strict_required_status_checks_policy: false,
      signature_requirement_enforcement_level: "off",
      linear_history_requirement_enforcement_level: "off",
      lock_branch_enforcement_level: "off",
      lock_allows_fork_sync: false,
      admin_enforced: false,
      create_protected: false,
      allow_force_pushes_enforcement_level: "off",
      allow_deletions_enforcement_level: "off",
      merge_queue_enforcement_level: "off",
      required_deployments_enforcement_level: "off",
      required_conversation_resolution_level: "off",
      require_last_push_approval: false,
      authorized_actors_only: false,
      authorized_actor_names: [],
    },
    ...(action === "edited" ? { changes: { required_approving_review_count: { from: Math.max(0, rule.requiredApprovals - 1) } } } : {}),
  };
}

export function deployKeyBody(s: Shaping, { key, repository }: HappeningOf<"deploy_key">): Json {
  return { key: toDeployKey(s, key, repository) };
}

/** A hook's last word: where it was is gone with it. */
export function hookBody(s: Shaping, { hook }: HappeningOf<"meta">): Json {
  return { hook_id: hook.id, hook: without(toHook(s, hook), "url", "test_url", "ping_url", "deliveries_url", "last_response") };
}

export function pingBody(s: Shaping, { hook }: HappeningOf<"ping">): Json {
  const app = hookTargetType(hook) === "integration" ? { app_id: hook.target.id } : {};
  return { zen: "Keep it logically awesome.", hook_id: hook.id, hook: { ...toHook(s, hook), ...app } };
}
