/** REST's versions by date (github/docs data/reusables/rest-api/breaking-changes-changelog.md). */
import { ApiError } from "./api-error.ts";

export const API_VERSIONS = ["2022-11-28", "2026-03-10"] as const;
export type ApiVersion = (typeof API_VERSIONS)[number];

export function selectVersion(asked: string | undefined): ApiVersion {
  if (asked === undefined || asked === "") return "2022-11-28";
  const known = API_VERSIONS.find((version) => version === asked);
  if (known === undefined) throw new ApiError(400, `"${asked}" is not a supported version. Supported versions are: ${API_VERSIONS.join(", ")}.`, { doc: "about-the-rest-api/api-versions" });
  return known;
}

/** Keys that 2026-03-10 no longer gives, by a neighbour that tells in what they stood. */
const REMOVED: readonly (readonly [key: string, beside: string])[] = [
  ["merge_commit_sha", "diff_url"], ["assignee", "assignees"], ["has_downloads", "full_name"], ["use_squash_pr_title_as_default", "full_name"], ["rate", "resources"], ["cvss", "cvss_severities"],
];

export function withoutRemoved(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(withoutRemoved);
  const kept = Object.entries(value).filter(([key]) => !REMOVED.some(([removed, beside]) => key === removed && beside in value));
  return Object.fromEntries(kept.map(([key, inner]) => [key, withoutRemoved(inner)]));
}
