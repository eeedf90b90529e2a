/** Advisories: GitHub's database (in REST, in alerts, in events) and a repository's own. */
import type { Advisory, GlobalAdvisory } from "../world/entities.ts";
import { toUser, toUserOrNull } from "./account.ts";
import { iso, isoOrNull, type Json, repoApi, repoHtml, type Shaping, without } from "./shaping.ts";

/** Inside a Dependabot alert. */
export function toDependabotAdvisory(advisory: GlobalAdvisory): Json {
  return {
    ghsa_id: advisory.ghsaId,
    cve_id: advisory.cveId,
    summary: advisory.summary,
    description: advisory.description,
    vulnerabilities: [toDependabotVulnerability(advisory)],
    severity: advisory.severity,
    classification: "general",
    cvss: cvssOf(advisory),
    cvss_severities: cvssSeveritiesOf(advisory),
    cwes: cwesOf(advisory),
    identifiers: identifiersOf(advisory),
    references: referencesOf(advisory).map((url) => ({ url })),
    published_at: iso(advisory.publishedAt),
    updated_at: iso(advisory.updatedAt),
    withdrawn_at: isoOrNull(advisory.withdrawnAt),
  };
}

export function toDependabotVulnerability(advisory: GlobalAdvisory): Json {
  return {
    package: packageOf(advisory),
    severity: advisory.severity,
    vulnerable_version_range: advisory.vulnerableRange,
    first_patched_version: advisory.patchedVersion === null ? null : { identifier: advisory.patchedVersion },
  };
}

/** `GET /advisories`. */
export function toGlobalAdvisory(s: Shaping, advisory: GlobalAdvisory): Json {
  return {
    ghsa_id: advisory.ghsaId,
    cve_id: advisory.cveId,
    url: `${s.base.api}/advisories/${advisory.ghsaId}`,
    html_url: `${s.base.html}/advisories/${advisory.ghsaId}`,
    summary: advisory.summary,
    description: advisory.description,
    type: "reviewed",
    severity: advisory.severity,
    repository_advisory_url: null,
    source_code_location: null,
    identifiers: identifiersOf(advisory),
    references: referencesOf(advisory),
    published_at: iso(advisory.publishedAt),
    updated_at: iso(advisory.updatedAt),
    github_reviewed_at: iso(advisory.publishedAt),
    nvd_published_at: null,
    withdrawn_at: isoOrNull(advisory.withdrawnAt),
    vulnerabilities: [
      { package: packageOf(advisory), vulnerable_version_range: advisory.vulnerableRange, first_patched_version: advisory.patchedVersion, vulnerable_functions: [] },
    ],
    cvss_severities: cvssSeveritiesOf(advisory),
    cwes: cwesOf(advisory),
    credits: [],
    cvss: cvssOf(advisory),
  };
}

/** In `security_advisory` events. */
export function toWebhookAdvisory(advisory: GlobalAdvisory): Json {
  return without(toDependabotAdvisory(advisory), "classification");
}

/** A repository's own; in `repository_advisory` events too. */
export function toAdvisory(s: Shaping, advisory: Advisory): Json {
  return {
    ghsa_id: advisory.ghsaId,
    cve_id: advisory.cveId,
    url: `${repoApi(s, advisory.repository)}/security-advisories/${advisory.ghsaId}`,
    html_url: `${repoHtml(s, advisory.repository)}/security/advisories/${advisory.ghsaId}`,
    summary: advisory.summary,
    description: advisory.description,
    severity: advisory.severity,
    author: toUser(s, advisory.author),
    publisher: toUserOrNull(s, advisory.publisher),
    identifiers: [{ value: advisory.ghsaId, type: "GHSA" }, ...(advisory.cveId === null ? [] : [{ value: advisory.cveId, type: "CVE" }])],
    state: advisory.state,
    created_at: iso(advisory.createdAt),
    updated_at: iso(advisory.updatedAt),
    published_at: isoOrNull(advisory.publishedAt),
    closed_at: isoOrNull(advisory.closedAt),
    withdrawn_at: isoOrNull(advisory.withdrawnAt),
    submission: null,
    vulnerabilities: [
      { package: packageOf(advisory), vulnerable_version_range: advisory.vulnerableRange, patched_versions: advisory.patchedVersions, vulnerable_functions: [] },
    ],
    cvss_severities: { cvss_v3: { vector_string: null, score: null }, cvss_v4: { vector_string: null, score: null } },
    cwes: [],
    cwe_ids: [],
    credits: [],
    credits_detailed: [],
    collaborating_users: [],
    collaborating_teams: [],
    private_fork: null,
    cvss: { vector_string: null, score: null },
  };
}

function packageOf({ ecosystem, packageName }: GlobalAdvisory | Advisory): Json {
  return { ecosystem, name: packageName };
}

function cvssOf({ cvssVector, cvssScore }: GlobalAdvisory): Json {
  return { vector_string: cvssVector, score: cvssScore };
}

function cvssSeveritiesOf(advisory: GlobalAdvisory): Json {
  return { cvss_v3: cvssOf(advisory), cvss_v4: { vector_string: null, score: 0 } };
}

function cwesOf({ cwes }: GlobalAdvisory): readonly Json[] {
  return cwes.map(({ id, name }) => ({ cwe_id: id, name }));
}

function identifiersOf({ ghsaId, cveId }: GlobalAdvisory): readonly Json[] {
  return [{ value: ghsaId, type: "GHSA" }, ...(cveId === null ? [] : [{ value: cveId, type: "CVE" }])];
}

function referencesOf({ ghsaId, cveId }: GlobalAdvisory): readonly string[] {
  return [...(cveId === null ? [] : [`https://nvd.nist.gov/vuln/detail/${cveId}`]), `https://github.com/advisories/${ghsaId}`];
}
