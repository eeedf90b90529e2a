import { objectsAt, part, textAt, type JsonObject } from "@octally/shared/json";
import { defineKind, type WebhookReader } from "../define-kind.ts";
import { addedLater, date, decimal, keyword, link, lowerKeyword, nullable, object, orNothing, prose, setOf, title } from "../field.ts";
import { noWay, type Sources } from "../sources.ts";

/** A repository's own are listed. GitHub's are the world's, told by events and asked for one by one. */
const sources: Sources = {
  graphql: noWay("GraphQL knows GitHub's own advisories only, and not which of them concern anybody here."),
  rest: { toInput: (found, { repository }) => ({ ...found, published_by: repository === null ? "github" : "repository" }) },
  list: [
    {
      by: "rest",
      of: "repository",
      path: "/repos/{owner}/{repo}/security-advisories",
      load: "sort=created&direction=desc",
      changed: { query: "sort=updated&direction=desc", reads: "to the watermark" },
      items: "whole",
    },
  ],
  one: [
    { by: "rest", path: "/repos/{owner}/{repo}/security-advisories/{key}", key: "ghsa_id" },
    { by: "rest", path: "/advisories/{key}", key: "ghsa_id" },
  ],
  count: noWay("GitHub does not count a repository's advisories."),
  inventory: { by: "list" },
  deletion: { never: "An advisory is closed or withdrawn, not deleted." },
  permission: { on: "repository", name: "repository_advisories", access: "read", scope: "repo" },
};

/**
 * A repository's advisory and the one that GitHub publishes of it to the world have one GHSA id, and differ: they are two
 * documents.
 */
export const securityAdvisory = defineKind({
  name: "security-advisory",
  description: "A vulnerability described: by a repository of its own software, or by GitHub to the world.",
  scope: "either",
  identity: ["published_by", "ghsa_id"],
  updatedAt: "updated_at",
  fields: {
    /** `repository` or `github`. */
    published_by: keyword,
    ghsa_id: keyword,
    cve_id: orNothing(keyword),
    summary: title,
    description: prose,
    severity: orNothing(lowerKeyword),
    cvss: nullable(object({ score: nullable(decimal), vector_string: keyword })),
    cwe_ids: setOf(keyword),
    vulnerabilities: setOf(
      object({
        package: nullable(object({ ecosystem: lowerKeyword, name: orNothing(keyword) })),
        vulnerable_version_range: orNothing(keyword),
        patched_versions: orNothing(keyword),
      }),
    ),
    /** GitHub's own: `published` or `withdrawn`; a repository's may be `triage`, `draft` and `closed` too. */
    state: lowerKeyword,
    published_at: nullable(date),
    updated_at: date,
    closed_at: addedLater(nullable(date), null),
    withdrawn_at: nullable(date),
    html_url: link,
  },
  prepare: (input) => ({
    ...input,
    cve_id: input["cve_id"] ?? identifier(input, "CVE"),
    // Events say "moderate" where REST says "medium".
    severity: textAt(input, "severity")?.toLowerCase() === "moderate" ? "medium" : input["severity"],
    // Without a vector nobody has scored it: a 0 is none.
    cvss: textAt(part(input, "cvss"), "vector_string") === undefined ? null : input["cvss"],
    cwe_ids: objectsAt(input, "cwes").flatMap((cwe) => textAt(cwe, "cwe_id") ?? []),
    vulnerabilities: Array.isArray(input["vulnerabilities"]) ? objectsAt(input, "vulnerabilities").map(withPatchedVersions) : input["vulnerabilities"],
    state: input["state"] ?? ((input["withdrawn_at"] ?? null) === null ? "published" : "withdrawn"),
    updated_at: input["updated_at"] ?? input["created_at"],
    html_url: input["html_url"] ?? `https://github.com/advisories/${textAt(input, "ghsa_id") ?? ""}`,
  }),
  fromWebhook: { security_advisory: advisoryAt("security_advisory", "github"), repository_advisory: advisoryAt("repository_advisory", "repository") },
  sources,
});

function advisoryAt(key: string, publishedBy: "github" | "repository"): WebhookReader {
  return (payload) => {
    const input = part(payload, key);
    return input === undefined ? [] : [{ is: "present", input: { ...input, published_by: publishedBy }, key: textAt(input, "ghsa_id") }];
  };
}

function identifier(input: JsonObject, type: string): string | null {
  return textAt(objectsAt(input, "identifiers").find((candidate) => candidate["type"] === type), "value") ?? null;
}

/** GitHub's own name the first patched version, a repository's may name several. */
function withPatchedVersions(vulnerability: JsonObject): JsonObject {
  return { ...vulnerability, patched_versions: vulnerability["patched_versions"] ?? (part(vulnerability, "first_patched_version") ?? {})["identifier"] ?? vulnerability["first_patched_version"] };
}
