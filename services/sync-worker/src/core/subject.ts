/** What a delivery is about, for its own document: people look for "the pull request of that delivery". */
import { isJsonObject, textAt, numberAt, type JsonObject } from "@octally/shared/json";

export type Subject = {
  readonly type: string;
  readonly id: string | null;
  readonly number: number | null;
  readonly title: string | null;
  readonly html_url: string | null;
};

/** The key of the event's own object, where it is not the event's name. The first that is there counts. */
const SUBJECT_KEYS: Readonly<Record<string, readonly string[]>> = {
  commit_comment: ["comment"],
  code_scanning_alert: ["alert"],
  dependabot_alert: ["alert"],
  secret_scanning_alert: ["alert"],
  secret_scanning_alert_location: ["alert"],
  repository_vulnerability_alert: ["alert"],
  branch_protection_rule: ["rule"],
  custom_property: ["definition"],
  deploy_key: ["key"],
  deployment_protection_rule: ["deployment"],
  deployment_review: ["workflow_run"],
  dismissal_request_code_scanning: ["exemption_request"],
  dismissal_request_secret_scanning: ["exemption_request"],
  discussion_comment: ["comment", "discussion"],
  exemption_request_push_ruleset: ["exemption_request"],
  exemption_request_secret_scanning: ["exemption_request"],
  fork: ["forkee"],
  installation_repositories: ["installation"],
  installation_target: ["account"],
  issue_comment: ["comment", "issue"],
  issue_dependencies: ["blocked_issue"],
  issue_relates_to: ["issue"],
  issues: ["issue"],
  member: ["member"],
  membership: ["member"],
  meta: ["hook"],
  org_block: ["blocked_user"],
  organization: ["membership", "invitation", "organization"],
  page_build: ["build"],
  ping: ["hook"],
  public: ["repository"],
  pull_request_review: ["review"],
  pull_request_review_comment: ["comment"],
  pull_request_review_thread: ["thread"],
  star: ["repository"],
  status: ["commit"],
  sub_issues: ["sub_issue"],
  team_add: ["team"],
  watch: ["repository"],
  workflow_dispatch: ["workflow"],
};

export function subjectOf(event: string, payload: JsonObject): Subject | null {
  // The event's name comes from outside: "constructor" is none of the table's.
  const keys = Object.hasOwn(SUBJECT_KEYS, event) ? (SUBJECT_KEYS[event] ?? []) : [];
  for (const type of [...keys, event]) {
    const found = Object.hasOwn(payload, type) ? payload[type] : undefined;
    if (isJsonObject(found)) {
      const id = found["id"] ?? found["node_id"] ?? found["ghsa_id"];
      return {
        type,
        id: typeof id === "number" || typeof id === "string" ? String(id) : null,
        number: wholeNumber(numberAt(found, "number")),
        title: textAt(found, "title") ?? textAt(found, "name") ?? textAt(found, "login") ?? null,
        html_url: textAt(found, "html_url") ?? null,
      };
    }
  }
  return null;
}

export function wholeNumber(value: number | undefined): number | null {
  return value !== undefined && Number.isSafeInteger(value) ? value : null;
}
