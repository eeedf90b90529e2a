/** Alerts and advisories. */
import type { User } from "./accounts.ts";
import type { Millis } from "./basics.ts";
import type { Repository } from "./repository.ts";

export type Severity = "low" | "medium" | "high" | "critical";
export type DependabotAlert = {
  readonly number: number;
  readonly repository: Repository;
  state: "open" | "fixed" | "dismissed" | "auto_dismissed";
  readonly ecosystem: string;
  readonly packageName: string;
  readonly manifestPath: string;
  readonly scope: "runtime" | "development";
  readonly advisory: GlobalAdvisory;
  readonly createdAt: Millis;
  updatedAt: Millis;
  dismissedAt: Millis | null;
  dismissedBy: User | null;
  dismissedReason: "fix_started" | "inaccurate" | "no_bandwidth" | "not_used" | "tolerable_risk" | null;
  dismissedComment: string | null;
  fixedAt: Millis | null;
};
/** An advisory of GitHub's database. */
export type GlobalAdvisory = { readonly ghsaId: string; readonly cveId: string | null; readonly summary: string; readonly description: string; readonly severity: Severity; readonly ecosystem: string; readonly packageName: string; readonly vulnerableRange: string; readonly patchedVersion: string | null; readonly cvssScore: number; readonly cvssVector: string; readonly cwes: readonly { readonly id: string; readonly name: string }[]; readonly publishedAt: Millis; updatedAt: Millis; withdrawnAt: Millis | null };
export type CodeScanningAlert = {
  readonly number: number;
  readonly repository: Repository;
  state: "open" | "fixed" | "dismissed";
  readonly ruleId: string;
  readonly ruleName: string;
  readonly ruleDescription: string;
  readonly severity: "note" | "warning" | "error";
  readonly securitySeverity: Severity | null;
  readonly toolName: string;
  readonly toolVersion: string;
  readonly ref: string;
  readonly path: string;
  readonly line: number;
  commitSha: string;
  readonly createdAt: Millis;
  updatedAt: Millis;
  fixedAt: Millis | null;
  dismissedAt: Millis | null;
  dismissedBy: User | null;
  dismissedReason: "false positive" | "won't fix" | "used in tests" | null;
  dismissedComment: string | null;
};
export type SecretScanningAlert = {
  readonly number: number;
  readonly repository: Repository;
  state: "open" | "resolved";
  readonly secretType: string;
  readonly secretTypeDisplayName: string;
  readonly secret: string;
  validity: "active" | "inactive" | "unknown";
  resolution: "false_positive" | "wont_fix" | "revoked" | "used_in_tests" | null;
  resolvedAt: Millis | null;
  resolvedBy: User | null;
  resolutionComment: string | null;
  pushProtectionBypassed: boolean;
  pushProtectionBypassedBy: User | null;
  pushProtectionBypassedAt: Millis | null;
  readonly path: string;
  readonly commitSha: string;
  readonly createdAt: Millis;
  updatedAt: Millis;
};
/** A repository's own advisory. */
export type Advisory = { readonly ghsaId: string; cveId: string | null; readonly repository: Repository; summary: string; description: string; severity: Severity; state: "draft" | "triage" | "published" | "closed" | "withdrawn"; readonly author: User; publisher: User | null; readonly ecosystem: string; readonly packageName: string; readonly vulnerableRange: string; readonly patchedVersions: string | null; readonly createdAt: Millis; updatedAt: Millis; publishedAt: Millis | null; closedAt: Millis | null; withdrawnAt: Millis | null };
