/** What must be there because something else names it. Pure. */
import type { Kind } from "@octally/model/define-kind";
import type { Place } from "./place.ts";
import type { InventoryJob, RefreshJob } from "@octally/shared/sync-job";
import { MAX_REFRESH_SUBJECTS } from "@octally/shared/sync-job";
import type { FieldValue, Where } from "@octally/store/reader";

export type Reference = {
  readonly child: string;
  readonly parent: string;
  /** Where the child names it, and where the parent says so itself. Numbers are a repository's own, ids everybody's. */
  readonly names: string;
  readonly is: string;
  readonly within: "repository" | "org";
  readonly where?: Where;
  /** When the child was written, where it only says what was so then: nothing of the time before the store knew any of the parents. */
  readonly writtenAt?: string;
  /** What a refresh of the parent is asked for by: a path in the child; null: only its inventory finds it. */
  readonly key: string | null;
};

const inRepository = (child: string, parent: string, names: string, is: string, key: string | null = names): Reference => ({ child, parent, names, is, within: "repository", key });
const inOrganization = (child: string, parent: string, names: string, is: string, key: string | null): Reference => ({ child, parent, names, is, within: "org", key });
const onSubject = (child: string, kindField: string, names: string, parent: "issue" | "pull-request"): Reference => ({ ...inRepository(child, parent, names, "number"), where: { is: { [kindField]: [parent] } } });

/** Who left before the first load is no document: only who wrote since must be one, gone or not. */
const WRITTEN_BY_MEMBERS: Where = { is: { author_association: ["MEMBER", "OWNER"] } };

export const REFERENCES: readonly Reference[] = [
  inRepository("review", "pull-request", "pull_request.number", "number"),
  inRepository("review-comment", "pull-request", "pull_request.number", "number"),
  inRepository("review-comment", "review", "pull_request_review_id", "id", null),
  inRepository("review-thread", "pull-request", "pull_request.number", "number"),
  inRepository("pull-request-commit", "pull-request", "pull_request.number", "number"),
  inRepository("pull-request-files", "pull-request", "pull_request.number", "number"),
  onSubject("issue-comment", "subject_kind", "issue.number", "issue"),
  onSubject("issue-comment", "subject_kind", "issue.number", "pull-request"),
  onSubject("timeline-event", "subject_kind", "subject.number", "issue"),
  onSubject("timeline-event", "subject_kind", "subject.number", "pull-request"),
  inRepository("discussion-comment", "discussion", "discussion.number", "number", null),
  inRepository("deployment-status", "deployment", "deployment.id", "id"),
  inRepository("workflow-job", "workflow-run", "run_id", "id"),
  inOrganization("team-member", "team", "team.id", "id", "team.slug"),
  inOrganization("team-repository", "team", "team.id", "id", "team.slug"),
  inOrganization("pull-request", "team", "requested_teams.id", "id", null),
  inOrganization("timeline-event", "team", "requested_team.id", "id", null),
  inOrganization("team-member", "member", "user.id", "user.id", "user.login"),
  { ...inOrganization("review", "member", "user.id", "user.id", "user.login"), where: WRITTEN_BY_MEMBERS, writtenAt: "submitted_at" },
  { ...inOrganization("pull-request", "member", "user.id", "user.id", "user.login"), where: WRITTEN_BY_MEMBERS, writtenAt: "created_at" },
  inOrganization("project-item", "project", "project_node_id", "node_id", null),
];

/** Something named that the store does not have, not even as gone. */
export type Dangling = { readonly parent: string; readonly place: Place; /** The number, id or node id by which it is named. */ readonly named: FieldValue; readonly key: string | null; readonly namedBy: string };

export function danglingKey({ parent, place, named }: Dangling): string {
  return `${parent} ${place.repository?.id ?? place.org ?? ""} ${named}`;
}

/** How often it was asked for, by `danglingKey`. */
export type Asked = Readonly<Record<string, number>>;

export type ReferencePlan = { readonly jobs: readonly (RefreshJob | InventoryJob)[]; readonly asked: Asked; /** GitHub does not give them either: deleted, or hidden. */ readonly givenUp: number };

/**
 * Each is asked for so many times: what GitHub does not give cannot be refreshed for ever. `isOnItsWay`: such things are just coming in there: then
 * one that was not seen dangling before is only remembered.
 */
export function planReferences(kinds: readonly Kind[], dangling: readonly Dangling[], asked: Asked, isOnItsWay: (dangling: Dangling) => boolean = () => false, attempts = 3): ReferencePlan {
  const unique = [...new Map(dangling.map((one) => [danglingKey(one), one])).values()].filter(({ parent }) => kinds.some(({ name }) => name === parent));
  const waiting = new Set(unique.filter((one) => asked[danglingKey(one)] === undefined && isOnItsWay(one)));
  const open = unique.filter((one) => (asked[danglingKey(one)] ?? 0) < attempts && !waiting.has(one));
  const groups = Map.groupBy(open, ({ parent, place, key }) => `${parent} ${place.repository?.id ?? place.org ?? ""} ${key === null}`);
  return {
    jobs: [...groups.values()].flatMap((group) => jobsOf(group)),
    // What no longer dangles is forgotten.
    asked: Object.fromEntries(unique.map((one) => [danglingKey(one), waiting.has(one) ? 0 : Math.min(attempts, (asked[danglingKey(one)] ?? 0) + 1)])),
    givenUp: unique.length - open.length - waiting.size,
  };
}

function jobsOf(group: readonly Dangling[]): readonly (RefreshJob | InventoryJob)[] {
  const [first] = group;
  if (first === undefined) return [];
  const { parent: kind, place } = first;
  const reason = `named by ${[...new Set(group.map(({ namedBy }) => namedBy))].toSorted().join(", ")}, and not in the store`;
  const keys = [...new Set(group.flatMap(({ key }) => key ?? []))];
  if (keys.length === 0) return [{ type: "inventory", kind, ...place, reason }];
  return Array.from({ length: Math.ceil(keys.length / MAX_REFRESH_SUBJECTS) }, (_, page) => ({
    type: "refresh" as const,
    kind,
    ...place,
    subjects: keys.slice(page * MAX_REFRESH_SUBJECTS, (page + 1) * MAX_REFRESH_SUBJECTS).map((key) => ({ key })),
    reason,
  }));
}
