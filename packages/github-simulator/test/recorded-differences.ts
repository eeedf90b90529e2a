/** Where the simulator's payloads differ from the recorded ones on purpose, and why. */
import type { Payload } from "../src/webhooks/payload.ts";
import type { Json } from "./form.ts";
import { differencesFromRecorded } from "./recorded-form.ts";

export type Found = { readonly problem: string; readonly where: string; readonly detail: string };
type Row = { readonly problem: string; readonly where: RegExp; readonly why: string };

export function differencesOf({ event, action, payload }: Payload): readonly Found[] {
  const sent = JSON.parse(JSON.stringify(payload)) as { readonly [key: string]: Json };
  return differencesFromRecorded(event, action, sent).map(({ problem, path, detail }) => ({ problem, where: `${event}.${action ?? ""} ${path}`, detail }));
}

export function explains(row: Row, { problem, where }: Found): boolean {
  return row.problem === problem && row.where.test(where);
}

const NEWER = "in @octokit/openapi 23.0.2, newer than the recordings and than openapi-webhooks 12.1.0";
const UNEVEN = "GitHub sends it in every such object; the schema of this event was not brought up to date";
const EITHER = "one of two keys; all recordings happen to have the other";

export const DIFFERENCES: readonly Row[] = [
  { problem: "surplus", where: /\.(has_pull_requests|pull_request_creation_policy)$/, why: NEWER },
  { problem: "surplus", where: /^dependabot_alert\.\w+ alert\.(assignees|security_advisory\.classification)$/, why: NEWER },
  { problem: "surplus", where: /issue\.parent_issue_url$/, why: NEWER },
  { problem: "surplus", where: /^secret_scanning_alert_location\.created location\.details\.html_url$/, why: NEWER },
  { problem: "surplus", where: /\.user_view_type$/, why: UNEVEN },
  { problem: "surplus", where: /requested_team(s\[\])?(\.parent)?\.(notification_setting|organization_id|type)$/, why: UNEVEN },
  { problem: "surplus", where: /^pull_request_review_thread\.\w+ pull_request\.(base|head)\.repo\.(merge_commit_|squash_merge_commit_|use_squash_pr_title_as_default)/, why: UNEVEN },
  { problem: "surplus", where: /^code_scanning_alert\.\w+ alert\.rule\.security_severity_level$/, why: "in REST's schema of the same alert" },
  { problem: "surplus", where: /^fork\. forkee\.has_discussions$/, why: UNEVEN },
  { problem: "surplus", where: /^sub_issues\.\w+ (sub|parent)_issue_repo\.custom_properties$/, why: UNEVEN },
  { problem: "missing", where: /^issue(s|_comment)\.\w+ (issue|changes\.(new|old)_issue)\.draft$/, why: "recorded in 2019 and 2021; today only pull requests have it" },
  { problem: "missing", where: /^issues\.(de)?milestoned issue\.pull_request$/, why: "the recordings are of pull requests; both kinds have milestones" },
  { problem: "missing", where: /^code_scanning_alert\.\w+ alert\.instances$/, why: "replaced by most_recent_instance" },
  { problem: "missing", where: /\.permissions\.\w+$/, why: "each app has its own permissions" },
  { problem: "missing", where: /^(branch_protection_rule|release)\.edited changes\./, why: "only what was changed is named" },
  { problem: "missing", where: /^(pull_request\w*|issues)\.\w+ (pull_request\.head\.repo|repository)\.custom_properties$/, why: "only repositories of organisations have them; the recordings were rewritten to have them everywhere" },
  { problem: "missing", where: /^pull_request\.review_request(ed|_removed) requested_reviewer$/, why: EITHER },
  { problem: "missing", where: /^repository\.transferred changes\.owner\.from\.user$/, why: EITHER },
  { problem: "type", where: /^issue_comment\.\w+ issue\.milestone\.(closed_at|description|due_on)$/, why: "nullable in every other event" },
  { problem: "type", where: /^(team|milestone|release)\.edited changes\.\w+\.from$/, why: "there was none before; the schema of repository.edited knows that" },
  { problem: "missing", where: /^repository_vulnerability_alert\.\w+ alert\.fixed_in$/, why: "nothing fixes it yet" },
  { problem: "missing", where: /^meta\.deleted repository$/, why: "the hook was an organisation's" },
  { problem: "missing", where: /^repository\.(created|transferred) (organization|repository\.custom_properties)$/, why: "it is a person's" },
  { problem: "type", where: /^fork\. forkee\.(language|topics\[\])$/, why: "none of the recorded forks had any" },
  { problem: "type", where: /^projects_v2_item\.edited changes\.field_value\.from$/, why: "there was no value before" },
  { problem: "type", where: /^repository_advisory\.\w+ repository_advisory\.(private_fork|publisher)$/, why: "nullable in REST's schema; the webhook's lost the mark" },
  { problem: "type", where: /^code_scanning_alert\.fixed alert\.fixed_at$/, why: "the schema says null of it also when it is fixed; REST says when" },
];
