/** Dependabot alerts and GitHub's database of advisories. */
import type * as E from "../../world/entities.ts";
import { connection, type OrderArg, type PageArgs } from "../connection.ts";
import type { Context } from "../context.ts";
import { globalId, madeUpId } from "../global-ids.ts";
import { dateTime, enumName, type Fields, maybeDateTime, maybeEnumName, userOnly } from "../resolver.ts";

type Info = Parameters<typeof connection>[3];

const SEVERITIES = { low: "LOW", medium: "MODERATE", high: "HIGH", critical: "CRITICAL" } as const;
const VULNERABILITY_SEVERITIES: Readonly<Record<string, string>> = SEVERITIES;

export const vulnerabilityAlert: Fields<E.DependabotAlert> = {
  id: ({ number, repository, createdAt }, _, context) => globalId(context, "RepositoryVulnerabilityAlert", repository.id, number, createdAt),
  number: ({ number }) => number,
  state: ({ state }) => enumName(state),
  createdAt: ({ createdAt }) => dateTime(createdAt),
  fixedAt: ({ fixedAt }) => maybeDateTime(fixedAt),
  dismissedAt: ({ dismissedAt }) => maybeDateTime(dismissedAt),
  dismisser: ({ dismissedBy }) => userOnly(dismissedBy),
  dismissReason: ({ dismissedReason }) => dismissedReason,
  dismissComment: ({ dismissedComment }) => dismissedComment,
  autoDismissedAt: ({ state, updatedAt }) => (state === "auto_dismissed" ? dateTime(updatedAt) : null),
  dependabotUpdate: () => null,
  dependencyScope: ({ scope }) => maybeEnumName(scope),
  repository: ({ repository }) => repository,
  securityAdvisory: ({ advisory }) => advisory,
  securityVulnerability: ({ advisory }) => advisory,
  vulnerableManifestPath: ({ manifestPath }) => manifestPath,
  vulnerableManifestFilename: ({ manifestPath }) => manifestPath.split("/").at(-1) ?? manifestPath,
  vulnerableRequirements: ({ advisory }) => advisory.vulnerableRange,
};

export const securityAdvisory: Fields<E.GlobalAdvisory> = {
  id: ({ ghsaId, publishedAt }, _, context) => globalId(context, "SecurityAdvisory", 0, ghsaId, publishedAt),
  databaseId: () => null,
  ghsaId: ({ ghsaId }) => ghsaId,
  summary: ({ summary }) => summary,
  description: ({ description }) => description,
  severity: ({ severity }) => SEVERITIES[severity],
  classification: () => "GENERAL",
  origin: () => "UNSPECIFIED",
  cvss: ({ cvssScore, cvssVector }) => ({ score: cvssScore, vectorString: cvssVector }),
  cvssSeverities: ({ cvssScore, cvssVector }) => ({ cvssV3: { score: cvssScore, vectorString: cvssVector }, cvssV4: null }),
  cwes: ({ cwes }, args: PageArgs, context, info) => connection({ items: cwes, id: ({ id }) => id, node: ({ id, name }) => ({ id: madeUpId("CWE", id), cweId: id, name, description: name }) }, args, context, info),
  epss: () => null,
  identifiers: ({ ghsaId, cveId }) => [{ type: "GHSA", value: ghsaId }, ...(cveId === null ? [] : [{ type: "CVE", value: cveId }])],
  references: ({ ghsaId }, _, { urls }) => [{ url: urls.url(`/advisories/${ghsaId}`) }],
  permalink: ({ ghsaId }, _, { urls }) => urls.url(`/advisories/${ghsaId}`),
  notificationsPermalink: ({ ghsaId }, _, { urls }) => urls.url(`/advisories/${ghsaId}/dependabot`),
  publishedAt: ({ publishedAt }) => dateTime(publishedAt),
  updatedAt: ({ updatedAt }) => dateTime(updatedAt),
  withdrawnAt: ({ withdrawnAt }) => maybeDateTime(withdrawnAt),
  vulnerabilities: (source, args: VulnerabilityArgs, context, info) => vulnerabilities([source], args, context, info),
};

/** Each advisory of this world is about one package, so that it is its only vulnerability as well. */
export const securityVulnerability: Fields<E.GlobalAdvisory> = {
  advisory: (source) => source,
  package: ({ ecosystem, packageName }) => ({ ecosystem: enumName(ecosystem), name: packageName }),
  severity: ({ severity }) => SEVERITIES[severity],
  vulnerableVersionRange: ({ vulnerableRange }) => vulnerableRange,
  firstPatchedVersion: ({ patchedVersion }) => (patchedVersion === null ? null : { identifier: patchedVersion }),
  updatedAt: ({ updatedAt }) => dateTime(updatedAt),
};

type VulnerabilityArgs = PageArgs & { readonly ecosystem?: string | null; readonly package?: string | null; readonly severities?: readonly string[] | null; readonly orderBy?: OrderArg | null };
type AdvisoryArgs = PageArgs & { readonly identifier?: { readonly type: string; readonly value: string } | null; readonly publishedSince?: string | null; readonly updatedSince?: string | null; readonly orderBy?: OrderArg | null };

export function vulnerabilities(items: readonly E.GlobalAdvisory[], args: VulnerabilityArgs, context: Context, info: Info): unknown {
  const { ecosystem, package: name, severities, orderBy } = args;
  const filter = (of: E.GlobalAdvisory): boolean =>
    (ecosystem === undefined || ecosystem === null || enumName(of.ecosystem) === ecosystem) && (name === undefined || name === null || of.packageName === name) &&
    (severities === undefined || severities === null || severities.includes(String(VULNERABILITY_SEVERITIES[of.severity])));
  return connection({ items, filter, id: ({ ghsaId }) => ghsaId, key: ({ updatedAt }) => updatedAt, descending: orderBy?.direction !== "ASC" }, args, context, info);
}

export function advisories(items: readonly E.GlobalAdvisory[], args: AdvisoryArgs, context: Context, info: Info): unknown {
  const { identifier, publishedSince, updatedSince, orderBy } = args;
  const filter = ({ ghsaId, cveId, publishedAt, updatedAt }: E.GlobalAdvisory): boolean =>
    (identifier === undefined || identifier === null || (identifier.type === "CVE" ? cveId : ghsaId) === identifier.value) &&
    (publishedSince === undefined || publishedSince === null || publishedAt >= Date.parse(publishedSince)) && (updatedSince === undefined || updatedSince === null || updatedAt >= Date.parse(updatedSince));
  const key = orderBy?.field === "PUBLISHED_AT" ? ({ publishedAt }: E.GlobalAdvisory) => publishedAt : ({ updatedAt }: E.GlobalAdvisory) => updatedAt;
  return connection({ items, filter, id: ({ ghsaId }) => ghsaId, key, descending: orderBy?.direction !== "ASC" }, args, context, info);
}

