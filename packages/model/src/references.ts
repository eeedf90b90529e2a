/** How documents name what has a document of its own, and what several kinds share. */
import { numberAt, part, textAt, type JsonObject } from "@octally/shared/json";
import { actor, addedLater, count, date, keyword, link, nullable, object, prose, setOf, title, upperKeyword } from "./field.ts";

export const nodeId = addedLater(nullable(keyword), null);
export const authorAssociation = addedLater(nullable(upperKeyword), null);

/** What issues, pull requests and discussions are labelled with: by name, because GraphQL has no number for labels. */
export const labelNames = setOf(object({ name: keyword }));
/** GraphQL has no database id of milestones. */
export const milestoneRef = object({ number: count, title });
export const teamRef = object({ id: count, slug: keyword, name: title });
export const pullRequestRef = object({ id: count, number: count });
export const repositoryRef = object({ id: count, full_name: keyword });

/** What everything that somebody wrote has. */
export const writing = {
  user: actor,
  author_association: authorAssociation,
  body: prose,
  created_at: date,
  updated_at: date,
  html_url: link,
};

/** REST's lists name what something belongs to by the address of it: `https://api.github.com/repos/o/r/issues/7`. */
export function numberInUrl(found: JsonObject, key: string): number | undefined {
  const match = /\/(\d+)$/.exec(textAt(found, key) ?? "");
  return match === null ? undefined : Number(match[1]);
}

/** The key that a refresh of something numbered needs. */
export function numberKey(input: JsonObject | undefined): string | undefined {
  return keyAt(input, "number");
}

export function keyAt(input: JsonObject | undefined, field: string): string | undefined {
  const number = numberAt(input, field);
  // Beyond these a number is no longer the one that GitHub sent.
  return number === undefined ? textAt(input, field) : Number.isSafeInteger(number) ? String(number) : undefined;
}

/** Once there was one assignee at most, under its own key, which is still there. */
export function withAssignees(input: JsonObject): JsonObject {
  const { assignee, assignees } = input;
  return assignees !== undefined || assignee === undefined ? input : { ...input, assignees: assignee === null ? [] : [assignee] };
}

/** GitHub gives pull requests as issues too, with the issue's id: such an object is not an issue's document. */
export function isPullRequest(issue: JsonObject): boolean {
  return part(issue, "pull_request") !== undefined;
}
