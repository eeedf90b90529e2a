/** The alerts of a repository: Dependabot's, code scanning's and secret scanning's. Each sort has its own numbers. */
import type * as E from "../world/entities.ts";
import type { World } from "../world/world.ts";
import { touch } from "./touch.ts";

type By = { readonly actor: E.User };

// Dependabot

type Dependabot = By & { readonly alert: E.DependabotAlert };
const NOT_DISMISSED = { dismissedAt: null, dismissedBy: null, dismissedReason: null, dismissedComment: null } as const;

/** Told as the old `repository_vulnerability_alert` too, as long as GitHub still sends that. */
export function raiseDependabotAlert(world: World, { actor, repository, advisory, manifestPath, scope = "runtime" }: By & Pick<E.DependabotAlert, "repository" | "advisory" | "manifestPath"> & Partial<Pick<E.DependabotAlert, "scope">>): E.DependabotAlert {
  const now = world.now();
  const alert: E.DependabotAlert = { number: repository.dependabotAlerts.length + 1, repository, state: "open", ecosystem: advisory.ecosystem, packageName: advisory.packageName, manifestPath, scope, advisory, createdAt: now, updatedAt: now, ...NOT_DISMISSED, fixedAt: null };
  world.journal.push(repository, "dependabotAlerts", alert);
  world.emit({ at: now, actor, event: "repository_vulnerability_alert", action: "create", repository, alert });
  world.emit({ at: now, actor, event: "dependabot_alert", action: "created", repository, alert });
  return alert;
}

export function dismissDependabotAlert(world: World, { actor, alert, reason, comment = null }: Dependabot & { readonly reason: NonNullable<E.DependabotAlert["dismissedReason"]>; readonly comment?: string | null }): void {
  world.journal.assign<E.DependabotAlert>(alert, { state: "dismissed", dismissedAt: world.now(), dismissedBy: actor, dismissedReason: reason, dismissedComment: comment });
  tellOld(world, { actor, alert }, "dismiss");
  tellDependabot(world, { actor, alert }, "dismissed");
}

export function reopenDependabotAlert(world: World, { actor, alert }: Dependabot): void {
  world.journal.assign<E.DependabotAlert>(alert, { state: "open", ...NOT_DISMISSED });
  tellDependabot(world, { actor, alert }, "reopened");
}

export function fixDependabotAlert(world: World, { actor, alert }: Dependabot): void {
  world.journal.assign<E.DependabotAlert>(alert, { state: "fixed", fixedAt: world.now() });
  tellOld(world, { actor, alert }, "resolve");
  tellDependabot(world, { actor, alert }, "fixed");
}

/** The vulnerable version came back. */
export function reintroduceDependabotAlert(world: World, { actor, alert }: Dependabot): void {
  world.journal.assign<E.DependabotAlert>(alert, { state: "open", fixedAt: null });
  tellDependabot(world, { actor, alert }, "reintroduced");
}

export function autoDismissDependabotAlert(world: World, { actor, alert }: Dependabot): void {
  world.journal.set(alert, "state", "auto_dismissed");
  tellDependabot(world, { actor, alert }, "auto_dismissed");
}

export function autoReopenDependabotAlert(world: World, { actor, alert }: Dependabot): void {
  world.journal.set(alert, "state", "open");
  tellDependabot(world, { actor, alert }, "auto_reopened");
}

function tellOld(world: World, { actor, alert }: Dependabot, action: "dismiss" | "resolve"): void {
  touch(world, alert);
  world.emit({ at: world.now(), actor, event: "repository_vulnerability_alert", action, repository: alert.repository, alert });
}

function tellDependabot(world: World, { actor, alert }: Dependabot, action: "dismissed" | "reopened" | "fixed" | "reintroduced" | "auto_dismissed" | "auto_reopened"): void {
  touch(world, alert);
  world.emit({ at: world.now(), actor, event: "dependabot_alert", action, repository: alert.repository, alert });
}

// Code scanning

type CodeScanning = By & { readonly alert: E.CodeScanningAlert };
type NewCodeScanning = By & Pick<E.CodeScanningAlert, "repository" | "ruleId" | "ruleName" | "ruleDescription" | "severity" | "securitySeverity" | "path" | "line" | "commitSha"> & Partial<Pick<E.CodeScanningAlert, "toolName" | "toolVersion" | "ref">>;

export function raiseCodeScanningAlert(world: World, { actor, repository, toolName = "CodeQL", toolVersion = "2.23.3", ref = `refs/heads/${repository.defaultBranch}`, ...found }: NewCodeScanning): E.CodeScanningAlert {
  const now = world.now();
  const alert: E.CodeScanningAlert = { number: repository.codeScanningAlerts.length + 1, repository, state: "open", ...found, toolName, toolVersion, ref, createdAt: now, updatedAt: now, fixedAt: null, ...NOT_DISMISSED };
  world.journal.push(repository, "codeScanningAlerts", alert);
  world.emit({ at: now, actor, event: "code_scanning_alert", action: "created", repository, alert });
  return alert;
}

export function dismissCodeScanningAlert(world: World, { actor, alert, reason, comment = null }: CodeScanning & { readonly reason: NonNullable<E.CodeScanningAlert["dismissedReason"]>; readonly comment?: string | null }): void {
  world.journal.assign<E.CodeScanningAlert>(alert, { state: "dismissed", dismissedAt: world.now(), dismissedBy: actor, dismissedReason: reason, dismissedComment: comment });
  tellCodeScanning(world, { actor, alert }, "closed_by_user");
}

export function reopenCodeScanningAlert(world: World, { actor, alert }: CodeScanning): void {
  world.journal.assign<E.CodeScanningAlert>(alert, { state: "open", ...NOT_DISMISSED });
  tellCodeScanning(world, { actor, alert }, "reopened_by_user");
}

export function fixCodeScanningAlert(world: World, { actor, alert, commitSha = alert.commitSha }: CodeScanning & { readonly commitSha?: string }): void {
  world.journal.assign<E.CodeScanningAlert>(alert, { state: "fixed", fixedAt: world.now(), commitSha });
  tellCodeScanning(world, { actor, alert }, "fixed");
}

/** Found again after it was fixed. */
export function findCodeScanningAlertAgain(world: World, { actor, alert, commitSha = alert.commitSha }: CodeScanning & { readonly commitSha?: string }): void {
  world.journal.assign<E.CodeScanningAlert>(alert, { state: "open", fixedAt: null, commitSha });
  tellCodeScanning(world, { actor, alert }, "reopened");
}

/** On another branch: only told. */
export function findCodeScanningAlertInBranch(world: World, { actor, alert }: CodeScanning): void {
  tellCodeScanning(world, { actor, alert }, "appeared_in_branch");
}

function tellCodeScanning(world: World, { actor, alert }: CodeScanning, action: "closed_by_user" | "reopened_by_user" | "fixed" | "reopened" | "appeared_in_branch"): void {
  touch(world, alert);
  world.emit({ at: world.now(), actor, event: "code_scanning_alert", action, repository: alert.repository, alert });
}

// Secret scanning

type SecretScanning = By & { readonly alert: E.SecretScanningAlert };
type NewSecret = By & Pick<E.SecretScanningAlert, "repository" | "secretType" | "secretTypeDisplayName" | "secret" | "path" | "commitSha"> & { readonly bypassedBy?: E.User | null };

/** Where it was found is an event of its own. */
export function raiseSecretScanningAlert(world: World, { actor, repository, bypassedBy = null, ...found }: NewSecret): E.SecretScanningAlert {
  const now = world.now();
  const alert: E.SecretScanningAlert = {
    number: repository.secretScanningAlerts.length + 1, repository, state: "open", ...found, validity: "unknown", resolution: null, resolvedAt: null, resolvedBy: null, resolutionComment: null,
    pushProtectionBypassed: bypassedBy !== null, pushProtectionBypassedBy: bypassedBy, pushProtectionBypassedAt: bypassedBy === null ? null : now, createdAt: now, updatedAt: now,
  };
  world.journal.push(repository, "secretScanningAlerts", alert);
  world.emit({ at: now, actor, event: "secret_scanning_alert", action: "created", repository, alert });
  world.emit({ at: now, actor, event: "secret_scanning_alert_location", action: "created", repository, alert });
  return alert;
}

export function resolveSecretScanningAlert(world: World, { actor, alert, resolution, comment = null }: SecretScanning & { readonly resolution: NonNullable<E.SecretScanningAlert["resolution"]>; readonly comment?: string | null }): void {
  world.journal.assign<E.SecretScanningAlert>(alert, { state: "resolved", resolution, resolvedAt: world.now(), resolvedBy: actor, resolutionComment: comment });
  tellSecret(world, { actor, alert }, "resolved");
}

export function reopenSecretScanningAlert(world: World, { actor, alert }: SecretScanning): void {
  world.journal.assign<E.SecretScanningAlert>(alert, { state: "open", resolution: null, resolvedAt: null, resolvedBy: null, resolutionComment: null });
  tellSecret(world, { actor, alert }, "reopened");
}

export function validateSecret(world: World, { actor, alert, validity }: SecretScanning & Pick<E.SecretScanningAlert, "validity">): void {
  world.journal.set(alert, "validity", validity);
  tellSecret(world, { actor, alert }, "validated");
}

export function leakSecret(world: World, { actor, alert }: SecretScanning): void {
  tellSecret(world, { actor, alert }, "publicly_leaked");
}

function tellSecret(world: World, { actor, alert }: SecretScanning, action: "resolved" | "reopened" | "validated" | "publicly_leaked"): void {
  touch(world, alert);
  world.emit({ at: world.now(), actor, event: "secret_scanning_alert", action, repository: alert.repository, alert });
}
