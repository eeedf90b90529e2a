import { toUserOrNull } from "../shapes/account.ts";
import { toAdvisory, toWebhookAdvisory } from "../shapes/advisory.ts";
import { toCodeScanningAlert, toDependabotAlert, toSecretLocation, toSecretScanningAlert } from "../shapes/alert.ts";
import { isoZone, type Json, type Shaping, without } from "../shapes/shaping.ts";
import type { SecretScanningAlert, Severity } from "../world/entities.ts";
import type { HappeningOf } from "../world/happening.ts";

export function dependabotBody(s: Shaping, { alert }: HappeningOf<"dependabot_alert">): Json {
  return { alert: toDependabotAlert(s, alert) };
}

/** The event that Dependabot's replaced, in its own old words. */
export function vulnerabilityBody(s: Shaping, { action, alert }: HappeningOf<"repository_vulnerability_alert">): Json {
  const { advisory, repository } = alert;
  return {
    alert: {
      id: repository.id * 1000 + alert.number,
      node_id: s.nodeId("RepositoryVulnerabilityAlert", repository.id, alert.number),
      number: alert.number,
      state: action === "create" ? "open" : action === "dismiss" ? "dismissed" : "fixed",
      affected_range: advisory.vulnerableRange,
      affected_package_name: alert.packageName,
      external_reference: `https://nvd.nist.gov/vuln/detail/${advisory.cveId ?? advisory.ghsaId}`,
      external_identifier: advisory.cveId ?? advisory.ghsaId,
      ghsa_id: advisory.ghsaId,
      severity: OLD_SEVERITY[advisory.severity],
      ...(advisory.patchedVersion === null ? {} : { fixed_in: advisory.patchedVersion }),
      created_at: isoZone(alert.createdAt),
      ...(action === "dismiss" ? { dismisser: toUserOrNull(s, alert.dismissedBy), dismiss_reason: alert.dismissedReason ?? "", dismissed_at: isoZone(alert.dismissedAt ?? alert.updatedAt) } : {}),
    },
  };
}

const OLD_SEVERITY: Readonly<Record<Severity, string>> = { low: "low", medium: "moderate", high: "high", critical: "critical" };

/** What somebody did on the page has no ref and no commit. */
export function codeScanningBody(s: Shaping, { action, alert }: HappeningOf<"code_scanning_alert">): Json {
  const byUser = action.endsWith("_by_user");
  return { alert: toCodeScanningAlert(s, alert), ref: byUser ? "" : alert.ref, commit_oid: byUser ? "" : alert.commitSha };
}

/** The secret itself is never told, and whether it is open only by its resolution. */
function webhookSecretAlert(s: Shaping, alert: SecretScanningAlert): Json {
  return without(toSecretScanningAlert(s, alert, null), "state", "is_base64_encoded");
}

export function secretScanningBody(s: Shaping, { alert }: HappeningOf<"secret_scanning_alert">): Json {
  return { alert: webhookSecretAlert(s, alert) };
}

export function secretLocationBody(s: Shaping, { alert }: HappeningOf<"secret_scanning_alert_location">): Json {
  return { alert: webhookSecretAlert(s, alert), location: toSecretLocation(s, alert) };
}

export function repositoryAdvisoryBody(s: Shaping, { advisory }: HappeningOf<"repository_advisory">): Json {
  return { repository_advisory: toAdvisory(s, advisory) };
}

/** GitHub's own news: of no repository, from nobody. */
export function advisoryBody({ advisory }: HappeningOf<"security_advisory">): Json {
  return { security_advisory: toWebhookAdvisory(advisory) };
}
