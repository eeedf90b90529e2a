/** Alerts of Dependabot, code scanning and secret scanning. */
import type { CodeScanningAlert, DependabotAlert, Millis, Repository, SecretScanningAlert } from "../world/entities.ts";
import { toUserOrNull } from "./account.ts";
import { toDependabotAdvisory, toDependabotVulnerability } from "./advisory.ts";
import { toMinimalRepository } from "./repository.ts";
import { iso, isoOrNull, type Json, repoApi, repoHtml, type Shaping } from "./shaping.ts";

/** Alerts asked of the organisation say where they are. */
export function withRepository(s: Shaping, alert: Json, repository: Repository): Json {
  return { ...alert, repository: toMinimalRepository(s, repository) };
}

export function toDependabotAlert(s: Shaping, alert: DependabotAlert): Json {
  return {
    number: alert.number,
    state: alert.state,
    dependency: { package: { ecosystem: alert.ecosystem, name: alert.packageName }, manifest_path: alert.manifestPath, scope: alert.scope, relationship: "direct" },
    security_advisory: toDependabotAdvisory(alert.advisory),
    security_vulnerability: toDependabotVulnerability(alert.advisory),
    url: `${repoApi(s, alert.repository)}/dependabot/alerts/${alert.number}`,
    html_url: `${repoHtml(s, alert.repository)}/security/dependabot/${alert.number}`,
    created_at: iso(alert.createdAt),
    updated_at: iso(alert.updatedAt),
    dismissed_at: isoOrNull(alert.dismissedAt),
    dismissed_by: toUserOrNull(s, alert.dismissedBy),
    dismissed_reason: alert.dismissedReason,
    dismissed_comment: alert.dismissedComment,
    fixed_at: isoOrNull(alert.fixedAt),
    auto_dismissed_at: alert.state === "auto_dismissed" ? iso(alert.updatedAt) : null,
    assignees: [],
  };
}

/** REST's form; `full` (one alert) has the rule's whole text. */
export function toCodeScanningAlert(s: Shaping, alert: CodeScanningAlert, full = true): Json {
  const url = `${repoApi(s, alert.repository)}/code-scanning/alerts/${alert.number}`;
  return {
    number: alert.number,
    created_at: iso(alert.createdAt),
    updated_at: iso(alert.updatedAt),
    url,
    html_url: `${repoHtml(s, alert.repository)}/security/code-scanning/${alert.number}`,
    state: alert.state,
    fixed_at: isoOrNull(alert.fixedAt),
    dismissed_by: toUserOrNull(s, alert.dismissedBy),
    dismissed_at: isoOrNull(alert.dismissedAt),
    dismissed_reason: alert.dismissedReason,
    dismissed_comment: alert.dismissedComment,
    rule: {
      id: alert.ruleId,
      severity: alert.severity,
      description: alert.ruleDescription,
      name: alert.ruleName,
      tags: [],
      ...(full ? { full_description: alert.ruleDescription, help: alert.ruleDescription } : {}),
      ...(alert.securitySeverity === null ? {} : { security_severity_level: alert.securitySeverity }),
    },
    tool: { name: alert.toolName, guid: null, version: alert.toolVersion },
    most_recent_instance: toInstance(alert),
    instances_url: `${url}/instances`,
    assignees: [],
  };
}

export function toInstance(alert: CodeScanningAlert): Json {
  return {
    ref: alert.ref,
    analysis_key: ".github/workflows/code-scanning.yml:analyze",
    environment: "{}",
    category: ".github/workflows/code-scanning.yml:analyze",
    state: alert.state,
    commit_sha: alert.commitSha,
    message: { text: alert.ruleDescription },
    location: { path: alert.path, start_line: alert.line, end_line: alert.line, start_column: 1, end_column: 80 },
    classifications: [],
  };
}

/** `secret`: null leaves it out, as GitHub does when asked to hide it and in webhook payloads. */
export function toSecretScanningAlert(s: Shaping, alert: SecretScanningAlert, secret: string | null = alert.secret): Json {
  const url = `${repoApi(s, alert.repository)}/secret-scanning/alerts/${alert.number}`;
  return {
    number: alert.number,
    created_at: iso(alert.createdAt),
    updated_at: changedSince(alert.createdAt, alert.updatedAt),
    url,
    html_url: `${repoHtml(s, alert.repository)}/security/secret-scanning/${alert.number}`,
    locations_url: `${url}/locations`,
    state: alert.state,
    secret_type: alert.secretType,
    secret_type_display_name: alert.secretTypeDisplayName,
    ...(secret === null ? {} : { secret }),
    resolution: alert.resolution,
    resolved_by: toUserOrNull(s, alert.resolvedBy),
    resolved_at: isoOrNull(alert.resolvedAt),
    resolution_comment: alert.resolutionComment,
    validity: alert.validity,
    push_protection_bypassed: alert.pushProtectionBypassed,
    push_protection_bypassed_by: toUserOrNull(s, alert.pushProtectionBypassedBy),
    push_protection_bypassed_at: isoOrNull(alert.pushProtectionBypassedAt),
    push_protection_bypass_request_reviewer: null,
    push_protection_bypass_request_reviewer_comment: null,
    push_protection_bypass_request_comment: null,
    push_protection_bypass_request_html_url: null,
    publicly_leaked: false,
    multi_repo: false,
    is_base64_encoded: false,
    assigned_to: null,
  };
}

/** Where it is: always in a commit here. */
export function toSecretLocation(s: Shaping, alert: SecretScanningAlert): Json {
  const api = repoApi(s, alert.repository);
  const html = repoHtml(s, alert.repository);
  return {
    type: "commit",
    details: {
      path: alert.path,
      start_line: 1,
      end_line: 1,
      start_column: 1,
      end_column: 1 + alert.secret.length,
      blob_sha: alert.commitSha,
      blob_url: `${api}/git/blobs/${alert.commitSha}`,
      commit_sha: alert.commitSha,
      commit_url: `${api}/git/commits/${alert.commitSha}`,
      html_url: `${html}/blob/${alert.commitSha}/${alert.path}#L1-L1`,
    },
  };
}

/** A secret scanning alert has no time of update until something happened to it. */
function changedSince(createdAt: Millis, updatedAt: Millis): string | null {
  return updatedAt > createdAt ? iso(updatedAt) : null;
}
