/** Which kinds of hook GitHub sends an event to: r repository, o organisation, a app. From the published list of events (x-webhooks of GitHub's OpenAPI description). */
const EVENTS_BY_HOOKS: Readonly<Record<string, string>> = {
  "": "marketplace_purchase sponsorship",
  a: "deployment_protection_rule deployment_review github_app_authorization installation installation_repositories installation_target merge_group repository_dispatch security_advisory workflow_dispatch",
  o: "projects_v2 projects_v2_item projects_v2_status_update",
  oa: "custom_property membership org_block organization personal_access_token_request team",
  ro: "package repository_import repository_vulnerability_alert",
  roa: "branch_protection_configuration branch_protection_rule check_run check_suite code_scanning_alert commit_comment create custom_property_values delete dependabot_alert deploy_key deployment deployment_status discussion discussion_comment fork gollum issue_comment issue_dependencies issues label member meta milestone page_build ping project project_card project_column public pull_request pull_request_review pull_request_review_comment pull_request_review_thread push registry_package release repository repository_advisory repository_ruleset secret_scanning_alert secret_scanning_alert_location secret_scanning_scan security_and_analysis star status sub_issues team_add watch workflow_job workflow_run",
};

const HOOKS_BY_EVENT = new Map(Object.entries(EVENTS_BY_HOOKS).flatMap(([hooks, events]) => events.split(" ").map((event) => [event, hooks] as const)));

export type HookKind = "r" | "o" | "a";

export function isSentTo(event: string, kind: HookKind): boolean {
  // What the list does not know yet (`public`, `ping`, `meta` are in it) goes to everybody.
  return HOOKS_BY_EVENT.get(event)?.includes(kind) ?? true;
}

export function isEvent(name: string): boolean {
  return name === "*" || HOOKS_BY_EVENT.has(name);
}

/** Of some events organisations' and repositories' hooks get a part only, and of some nobody gets all. */
export function isToldToHooks(event: string, action: string | null, kind: HookKind): boolean {
  if (kind !== "a" && event === "check_run") return action === "created" || action === "completed";
  if (kind !== "a" && event === "check_suite") return action === "completed";
  return true;
}
