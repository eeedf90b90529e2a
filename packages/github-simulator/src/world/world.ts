/** Everything that the simulated GitHub knows, found by id and by name. Changed by the operations alone. */
import { GHOST_ID, GHOST_LOGIN } from "./ghost.ts";
import type * as E from "./entities.ts";
import type { Happening } from "./happening.ts";
import { Journal } from "./journal.ts";

/** What has a numeric id under which it is found. `IssueOfPullRequest`: the id that issue endpoints know a pull request by. */
export type Numbered = {
  Team: E.Team; Issue: E.Issue; PullRequest: E.PullRequest; IssueOfPullRequest: E.PullRequest; PullRequestReview: E.Review; PullRequestReviewThread: E.ReviewThread;
  PullRequestReviewComment: E.ReviewComment; IssueComment: E.IssueComment; CommitComment: E.CommitComment; Discussion: E.Discussion; DiscussionComment: E.DiscussionComment;
  DiscussionCategory: E.DiscussionCategory; Label: E.Label; Milestone: E.Milestone; Release: E.Release; ReleaseAsset: E.ReleaseAsset; Workflow: E.Workflow; WorkflowRun: E.WorkflowRun;
  WorkflowJob: E.WorkflowJob; CheckSuite: E.CheckSuite; CheckRun: E.CheckRun; StatusContext: E.Status; Deployment: E.Deployment; DeploymentStatus: E.DeploymentStatus;
  ProjectV2: E.Project; ProjectV2Item: E.ProjectItem; DraftIssue: E.DraftIssue; TimelineEvent: E.TimelineEvent; BranchProtectionRule: E.BranchProtectionRule; Hook: E.Hook;
};

export type Listener = (happening: Happening) => void;

export class World {
  readonly journal: Journal;
  /** By id; deleted ones stay, marked. */
  readonly users = new Map<number, E.User>();
  readonly organizations = new Map<number, E.Organization>();
  readonly repositories = new Map<number, E.Repository>();
  readonly apps = new Map<number, E.App>();
  /** Accounts that exist, by lower-case login. */
  readonly accountsByLogin = new Map<string, E.Account>();
  /** Repositories that exist, by lower-case `owner/name`; former names lead to where they are now, until somebody takes the name. */
  readonly repositoriesByName = new Map<string, E.Repository>();
  /** Every commit that was ever pushed, by sha; a fork shares those of its origin. */
  readonly commits = new Map<string, E.Commit>();
  /** By `<id of the head repository>:<branch>`, closed ones too. */
  readonly pullRequestsByHead = new Map<string, readonly E.PullRequest[]>();
  /** GitHub's database of advisories, by GHSA id. */
  readonly advisories = new Map<string, E.GlobalAdvisory>();
  readonly ghost: E.User;

  readonly #now: () => E.Millis;
  readonly #byId = new Map<keyof Numbered, Map<number, unknown>>();
  readonly #nextIds = new Map<string, number>();
  readonly #listeners = new Set<Listener>();

  constructor(now: () => E.Millis) {
    this.#now = now;
    this.journal = new Journal(now);
    this.ghost = { type: "User", id: GHOST_ID, login: GHOST_LOGIN, name: "Deleted user", email: null, company: null, location: null, bio: null, createdAt: Date.UTC(2008, 4, 13), updatedAt: Date.UTC(2008, 4, 13), deleted: false, app: null };
    this.users.set(GHOST_ID, this.ghost);
  }

  /** GitHub's clock. */
  now(): E.Millis {
    return this.#now();
  }

  /** A fresh database id: counted for each type apart, as GitHub does, from a start that looks like GitHub's today. */
  nextId(type: string, firstId = 1): number {
    const id = this.#nextIds.get(type) ?? firstId;
    this.#nextIds.set(type, id + 1);
    return id;
  }

  /** Makes a thing with a numeric id reachable by it (`nodes(ids:)`, REST's paths by id). */
  register<T extends keyof Numbered>(type: T, id: number, thing: Numbered[T]): void {
    this.journal.put(this.#indexOf(type), id, thing);
  }

  forget(type: keyof Numbered, id: number): void {
    this.journal.drop(this.#indexOf(type), id);
  }

  /** What was registered, by type and database id. Users, organisations, repositories and apps are in their own maps. */
  find<T extends keyof Numbered>(type: T, id: number): Numbered[T] | undefined {
    return this.#byId.get(type)?.get(id) as Numbered[T] | undefined;
  }

  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  emit(happening: Happening): void {
    for (const listener of this.#listeners) listener(happening);
  }

  #indexOf(type: keyof Numbered): Map<number, unknown> {
    const known = this.#byId.get(type);
    if (known !== undefined) return known;
    const index = new Map<number, unknown>();
    this.#byId.set(type, index);
    return index;
  }
}
