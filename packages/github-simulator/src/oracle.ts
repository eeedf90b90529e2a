/**
 * The whole truth about the world, for tests: everything that exists now, by the kinds and keys that Octally knows, and what is
 * gone. Records are the world's own: shapes/ give them the form in which GitHub would send them.
 */
import { IN_ORGANIZATION, IN_REPOSITORY, IN_WORLD, ORACLE_KINDS, type Found, type OracleKind, type Records } from "./oracle-kinds.ts";
import type * as E from "./world/entities.ts";
import { canSee, mayUse, type Permission, type Viewer } from "./world/viewer.ts";
import type { World } from "./world/world.ts";

export type Truth<K extends OracleKind = OracleKind> = {
  readonly kind: K;
  /** Octally's identity of it: its id, or the ends of a relation joined by ":". Unique in its kind. */
  readonly key: string;
  readonly record: Records[K];
  readonly repository: E.Repository | null;
  readonly organization: E.Organization | null;
  /** The key of what it hangs below: the pull request of a review, the run of a job. */
  readonly parent: string | null;
  readonly updatedAt: E.Millis | null;
};

/** Something that was there when it was looked for before. */
export type Gone = { readonly kind: OracleKind; readonly key: string; readonly repository: E.Repository | null; readonly noticedAt: E.Millis };

export class Oracle {
  readonly #world: World;
  #known = new Map<OracleKind, Map<string, E.Repository | null>>();
  #gone = new Map<string, Gone>();

  constructor(world: World) {
    this.#world = world;
  }

  /** Repositories that exist. */
  repositories(): E.Repository[] {
    return [...this.#world.repositories.values()].filter(({ deleted }) => !deleted);
  }

  /** Everything of a kind, in the order in which GitHub holds it; of one repository only, if it is named. */
  *things<K extends OracleKind>(kind: K, only?: E.Repository): Generator<Truth<K>> {
    for (const repository of only === undefined ? this.repositories() : [only]) {
      const organization = repository.owner.type === "Organization" ? repository.owner : null;
      for (const found of IN_REPOSITORY[kind]?.(repository) ?? []) yield truth(kind, found, repository, organization);
    }
    if (only !== undefined) return;
    for (const organization of this.#world.organizations.values()) for (const found of IN_ORGANIZATION[kind]?.(organization) ?? []) yield truth(kind, found, null, organization);
    for (const found of IN_WORLD[kind]?.(this.#world) ?? []) yield truth(kind, found, null, null);
  }

  /** How many there are. */
  count(kind: OracleKind, only?: E.Repository): number {
    let count = 0;
    for (const _ of this.things(kind, only)) count += 1;
    return count;
  }

  /** Of each kind that repositories have. */
  counts(repository: E.Repository): Readonly<Record<string, number>> {
    return Object.fromEntries(ORACLE_KINDS.filter((kind) => kind in IN_REPOSITORY).map((kind) => [kind, this.count(kind, repository)]));
  }

  /** Those of a kind that this viewer may read: the repository is visible and the permission granted. */
  *visible<K extends OracleKind>(kind: K, viewer: Viewer): Generator<Truth<K>> {
    const needed = PERMISSION_OF[kind];
    for (const thing of this.things(kind)) if (sees(viewer, thing, needed)) yield thing;
  }

  /**
   * Looks at everything, and remembers what is no longer there since the last look; the first look finds nothing gone. What came and
   * went between two looks was never seen.
   */
  look(): readonly Gone[] {
    const now = this.#world.now();
    const known = new Map<OracleKind, Map<string, E.Repository | null>>();
    for (const kind of ORACLE_KINDS) {
      const keys = new Map<string, E.Repository | null>();
      for (const { key, repository } of this.things(kind)) keys.set(key, repository);
      known.set(kind, keys);
      for (const key of keys.keys()) this.#gone.delete(`${kind} ${key}`);
      for (const [key, repository] of this.#known.get(kind) ?? []) if (!keys.has(key)) this.#gone.set(`${kind} ${key}`, { kind, key, repository, noticedAt: now });
    }
    this.#known = known;
    return this.gone();
  }

  /** All that was noticed by `look`, and did not come back. */
  gone(): readonly Gone[] {
    return [...this.#gone.values()];
  }
}

/**
 * A commit that GitHub still names: of the default branch, of a pull request, or the last one before a forced push. What earlier pushes
 * brought and a forced one took away is nowhere to be found any more.
 */
export function isNamed({ commits, pullRequests }: E.Repository, sha: string): boolean {
  const isBefore = ({ subject }: E.TimelineEvent): boolean => subject?.is === "force-push" && subject.before === sha;
  return commits.some((commit) => commit.sha === sha) || pullRequests.some((on) => on.commits.some((commit) => commit.sha === sha) || on.timeline.some(isBefore));
}

/** Not a member of the organisation that owns the repository. */
export function isOutside({ owner }: E.Repository, user: E.User): boolean {
  return owner.type === "Organization" && !owner.members.some((member) => member.user === user);
}

function truth<K extends OracleKind>(kind: K, { key, record, parent }: Found<Records[K]>, repository: E.Repository | null, organization: E.Organization | null): Truth<K> {
  return { kind, key, record, repository, organization, parent: parent ?? null, updatedAt: "updatedAt" in record ? record.updatedAt : null };
}

/** What an app needs to read a kind, where it is not what everybody may. */
const PERMISSION_OF: Readonly<Partial<Record<OracleKind, Permission>>> = {
  issue: "issues", "issue-comment": "issues", "timeline-event": "issues", milestone: "issues", label: "issues",
  "pull-request": "pull_requests", review: "pull_requests", "review-comment": "pull_requests", "review-thread": "pull_requests",
  "commit-comment": "contents", commit: "contents", branch: "contents", tag: "contents", release: "contents", "release-asset": "contents",
  discussion: "discussions", "discussion-comment": "discussions", workflow: "actions", "workflow-run": "actions", "workflow-job": "actions", "check-suite": "checks", "check-run": "checks",
  status: "statuses", deployment: "deployments", "deployment-status": "deployments", traffic: "administration",
  "dependabot-alert": "vulnerability_alerts", "code-scanning-alert": "security_events", "secret-scanning-alert": "secret_scanning_alerts", "security-advisory": "repository_advisories",
  member: "members", team: "members", "team-member": "members", "team-repository": "members", project: "organization_projects", "project-item": "organization_projects",
};

/** What even of a public repository only those see who were granted it. */
const NEVER_PUBLIC: ReadonlySet<OracleKind> = new Set(["traffic", "collaborator", "dependabot-alert", "code-scanning-alert", "secret-scanning-alert"]);

function sees(viewer: Viewer, { kind, repository, organization, record }: Truth, needed: Permission = "metadata"): boolean {
  if (repository === null) return organization === null || (viewer.is !== "anonymous" && mayUse(viewer, needed)) || isForEverybody(kind, record);
  if (!canSee(viewer, repository)) return false;
  if (NEVER_PUBLIC.has(kind)) return viewer.is !== "anonymous" && mayUse(viewer, needed);
  return repository.visibility === "public" || mayUse(viewer, needed);
}

/** Public members and projects, without any permission. */
function isForEverybody(kind: OracleKind, record: Records[OracleKind]): boolean {
  if (kind === "project-item") return "project" in record && record.project.public;
  return (kind === "member" || kind === "project") && "public" in record && record.public;
}
