/** Alerts of Dependabot, code scanning and secret scanning; advisories of repositories and GitHub's own. */
import type * as E from "../../world/entities.ts";
import { toAdvisory, toGlobalAdvisory } from "../../shapes/advisory.ts";
import { toCodeScanningAlert, toDependabotAlert, toInstance, toSecretLocation, toSecretScanningAlert, withRepository } from "../../shapes/alert.ts";
import type { Json } from "../../shapes/shaping.ts";
import { ApiError } from "../../server/api-error.ts";
import { ok, type Answer, type Call, type Endpoint, type Need } from "../call.ts";
import { directionIn, found, guarded, numberIn, onOrganization, onRepository, plain, reads } from "../define.ts";
import { sortBy } from "../derived.ts";
import { cursorPage, page, type Order } from "../paging.ts";
import { ownedBy } from "./users.ts";

const DEPENDABOT = guarded("vulnerability_alerts", "push", "You are not authorized to perform this operation.");
const CODE_SCANNING = guarded("security_events", "push", "You are not authorized to read code scanning alerts.");
const SECRETS = guarded("secret_scanning_alerts", "admin");
const OF_ORGANIZATION = (permission: Need["permission"]): Need => ({ permission, always: true });

type Alert = { readonly number: number; readonly repository: E.Repository; readonly createdAt: E.Millis; readonly updatedAt: E.Millis; readonly state: string };
type Kind<A extends Alert> = { readonly of: (repository: E.Repository) => readonly A[]; readonly shape: (call: Call, alert: A) => Json; readonly filters: Readonly<Record<string, (alert: A) => readonly string[]>> };

const dependabot: Kind<E.DependabotAlert> = {
  of: ({ dependabotAlerts }) => dependabotAlerts,
  shape: ({ s }, alert) => toDependabotAlert(s, alert),
  filters: { state: ({ state }) => [state], severity: ({ advisory }) => [advisory.severity], ecosystem: ({ ecosystem }) => [ecosystem], package: ({ packageName }) => [packageName], manifest: ({ manifestPath }) => [manifestPath], scope: ({ scope }) => [scope] },
};
const codeScanning: Kind<E.CodeScanningAlert> = {
  of: ({ codeScanningAlerts }) => codeScanningAlerts,
  shape: ({ s }, alert) => toCodeScanningAlert(s, alert, false),
  filters: { state: ({ state }) => [state], severity: ({ severity, securitySeverity }) => [severity, securitySeverity ?? ""], tool_name: ({ toolName }) => [toolName], ref: ({ ref }) => [ref, ref.replace("refs/heads/", "")] },
};
const secrets: Kind<E.SecretScanningAlert> = {
  of: ({ secretScanningAlerts }) => secretScanningAlerts,
  shape: (call, alert) => toSecretScanningAlert(call.s, alert, call.query.get("hide_secret") === "true" ? null : alert.secret),
  filters: { state: ({ state }) => [state], secret_type: ({ secretType }) => [secretType], resolution: ({ resolution }) => [resolution ?? ""], validity: ({ validity }) => [validity] },
};

export const SECURITY: readonly Endpoint[] = [
  onRepository("/dependabot/alerts", "dependabot/alerts#list-dependabot-alerts-for-a-repository", DEPENDABOT, (call, repository) => byCursorOnly(call, dependabot, [repository], false)),
  onRepository("/dependabot/alerts/:alert", "dependabot/alerts#get-a-dependabot-alert", DEPENDABOT, (call, repository) => ok(toDependabotAlert(call.s, alertIn(call, repository.dependabotAlerts)))),
  onRepository("/code-scanning/alerts", "code-scanning/code-scanning#list-code-scanning-alerts-for-a-repository", CODE_SCANNING, (call, repository) => alerts(call, codeScanning, [repository], false, true)),
  onRepository("/code-scanning/alerts/:alert", "code-scanning/code-scanning#get-a-code-scanning-alert", CODE_SCANNING, (call, repository) => ok(toCodeScanningAlert(call.s, alertIn(call, repository.codeScanningAlerts)))),
  onRepository("/code-scanning/alerts/:alert/instances", "code-scanning/code-scanning#list-instances-of-a-code-scanning-alert", CODE_SCANNING, (call, repository) => page(call, [alertIn(call, repository.codeScanningAlerts)], toInstance)),
  onRepository("/secret-scanning/alerts", "secret-scanning/secret-scanning#list-secret-scanning-alerts-for-a-repository", SECRETS, (call, repository) => alerts(call, secrets, [repository], false, true)),
  onRepository("/secret-scanning/alerts/:alert", "secret-scanning/secret-scanning#get-a-secret-scanning-alert", SECRETS, (call, repository) => ok(secrets.shape(call, alertIn(call, repository.secretScanningAlerts)))),
  onRepository("/secret-scanning/alerts/:alert/locations", "secret-scanning/secret-scanning#list-locations-for-a-secret-scanning-alert", SECRETS, (call, repository) => page(call, [alertIn(call, repository.secretScanningAlerts)], (alert) => toSecretLocation(call.s, alert))),
  onRepository("/security-advisories", "security-advisories/repository-advisories#list-repository-security-advisories", reads("repository_advisories"), (call, repository) => advisories(call, repository.advisories)),
  onRepository("/security-advisories/:ghsa", "security-advisories/repository-advisories#get-a-repository-security-advisory", reads("repository_advisories"), (call, repository) => ok(toAdvisory(call.s, found(seen(call, repository.advisories).find(({ ghsaId }) => ghsaId === call.params["ghsa"]))))),
  onOrganization("/dependabot/alerts", "dependabot/alerts#list-dependabot-alerts-for-an-organization", OF_ORGANIZATION("vulnerability_alerts"), "admin", (call, organization) => byCursorOnly(call, dependabot, ownedBy(call, organization), true)),
  onOrganization("/code-scanning/alerts", "code-scanning/code-scanning#list-code-scanning-alerts-for-an-organization", OF_ORGANIZATION("security_events"), "admin", (call, organization) => alerts(call, codeScanning, ownedBy(call, organization), true, true)),
  onOrganization("/secret-scanning/alerts", "secret-scanning/secret-scanning#list-secret-scanning-alerts-for-an-organization", OF_ORGANIZATION("secret_scanning_alerts"), "admin", (call, organization) => alerts(call, secrets, ownedBy(call, organization), true, true)),
  onOrganization("/security-advisories", "security-advisories/repository-advisories#list-repository-security-advisories-for-an-organization", OF_ORGANIZATION("repository_advisories"), "admin", (call, organization) => advisories(call, ownedBy(call, organization).flatMap((repository) => repository.advisories))),
  plain("GET", "/advisories", "security-advisories/global-advisories#list-global-security-advisories", (call) => {
    const { query } = call;
    const is = (name: string, value: string | null): boolean => query.get(name) === null || query.get(name) === value;
    const wanted = [...call.world.advisories.values()].filter((advisory) => is("ghsa_id", advisory.ghsaId) && is("cve_id", advisory.cveId) && is("ecosystem", advisory.ecosystem) && is("severity", advisory.severity) && (query.get("is_withdrawn") === "true") === (advisory.withdrawnAt !== null));
    const order: Order<E.GlobalAdvisory> = { key: (advisory) => (query.get("sort") === "updated" ? advisory.updatedAt : advisory.publishedAt), id: ({ ghsaId }) => numberOf(ghsaId), direction: directionIn(call, "desc") };
    return cursorPage(call, sortBy(wanted, order), order, (advisory) => toGlobalAdvisory(call.s, advisory));
  }),
  plain("GET", "/advisories/:ghsa", "security-advisories/global-advisories#get-a-global-security-advisory", (call) => ok(toGlobalAdvisory(call.s, found(call.world.advisories.get(call.params["ghsa"] ?? ""))))),
];

function alertIn<A extends Alert>(call: Call, all: readonly A[]): A {
  return found(all.find(({ number }) => number === numberIn(call, "alert")));
}

function byCursorOnly<A extends Alert>(call: Call, kind: Kind<A>, repositories: readonly E.Repository[], withPlace: boolean): Answer {
  if (call.query.has("page")) throw new ApiError(400, "Pagination using the `page` parameter is not supported.");
  return alerts(call, kind, repositories, withPlace, false);
}

function alerts<A extends Alert>(call: Call, kind: Kind<A>, repositories: readonly E.Repository[], withPlace: boolean, alsoPages: boolean): Answer {
  const tests = Object.entries(kind.filters).flatMap(([name, valuesOf]) => {
    const wanted = (call.query.get(name) ?? "").split(",").filter((value) => value !== "");
    return wanted.length === 0 ? [] : [(alert: A) => valuesOf(alert).some((value) => wanted.includes(value))];
  });
  const all = repositories.flatMap(kind.of).filter((alert) => tests.every((test) => test(alert)));
  const order: Order<A> = { key: (alert) => (call.query.get("sort") === "updated" ? alert.updatedAt : alert.createdAt), id: (alert) => alert.repository.id * 100_000 + alert.number, direction: directionIn(call, "desc") };
  return cursorPage(call, sortBy(all, order), order, (alert) => (withPlace ? withRepository(call.s, kind.shape(call, alert), alert.repository) : kind.shape(call, alert)), { alsoPages });
}

/** What is not published is seen by those who may write advisories there. */
function seen(call: Call, all: readonly E.Advisory[]): readonly E.Advisory[] {
  return all.filter(({ state, repository }) => state === "published" || state === "withdrawn" || mayManage(call, repository));
}

function mayManage({ viewer }: Call, { owner, collaborators }: E.Repository): boolean {
  if (viewer.is !== "user") return viewer.is === "installation";
  if (owner === viewer.user || collaborators.some(({ user, permission }) => user === viewer.user && permission === "admin")) return true;
  return owner.type === "Organization" && owner.members.some(({ user, role }) => user === viewer.user && role === "admin");
}

function advisories(call: Call, all: readonly E.Advisory[]): Answer {
  const [sort, state] = [call.query.get("sort"), call.query.get("state")];
  const key = (advisory: E.Advisory): number => (sort === "updated" ? advisory.updatedAt : sort === "published" ? (advisory.publishedAt ?? 0) : advisory.createdAt);
  const order: Order<E.Advisory> = { key, id: ({ ghsaId }) => numberOf(ghsaId), direction: directionIn(call, "desc") };
  return cursorPage(call, sortBy(seen(call, all).filter((advisory) => state === null || advisory.state === state), order), order, (advisory) => toAdvisory(call.s, advisory));
}

/** An advisory has no numeric id; its letters make one, to sort by. */
function numberOf(ghsaId: string): number {
  let value = 0;
  for (const letter of ghsaId.slice(5, 14).replaceAll("-", "")) value = value * 36 + Number.parseInt(letter, 36);
  return Number.isNaN(value) ? 0 : value;
}
