/**
 * The events that `…/events` give: at most 300 of the last 30 days, some seconds late. Kept per repository; what an event says about an issue or a pull
 * request is little, and told as it is when it is asked for.
 */
import { avatar, iso, type Json, type Shaping } from "../shapes/shaping.ts";
import { toCommitComment } from "../shapes/commit-comment.ts";
import { toDiscussion } from "../shapes/discussion.ts";
import { toIssueComment } from "../shapes/issue-comment.ts";
import { toIssue } from "../shapes/issue.ts";
import { toRelease } from "../shapes/release.ts";
import { toListedRepository } from "../shapes/repository.ts";
import { toReview, toReviewComment } from "../shapes/review.ts";
import { toUser } from "../shapes/account.ts";
import type { PullRequest, Repository } from "../world/entities.ts";
import type { HappeningOf } from "../webhooks/payload-changes.ts";
import type { EventName, Happening } from "../world/happening.ts";
import type { World } from "../world/world.ts";

export const MOST_EVENTS = 300;
const KEPT_MS = 30 * 86_400_000;
const LATENCY_MS = 30_000;
const FIRST_ID = 40_000_000_000;

export type FeedEvent = { readonly id: number; readonly type: string; readonly happening: Happening & { readonly repository: Repository } };

export class EventFeed {
  readonly #world: World;
  readonly #byRepository = new Map<Repository, FeedEvent[]>();

  /** Made before anything happens, so that nothing is missing. */
  constructor(world: World) {
    this.#world = world;
    world.listen((happening) => this.#take(happening));
  }

  /** Newest first. */
  of(repositories: Iterable<Repository>, wanted: (event: FeedEvent) => boolean = () => true): readonly FeedEvent[] {
    const now = this.#world.now();
    const found: FeedEvent[] = [];
    for (const repository of repositories) {
      for (const event of this.#byRepository.get(repository) ?? []) {
        const { at } = event.happening;
        if (at <= now - LATENCY_MS && at > now - KEPT_MS && wanted(event)) found.push(event);
      }
    }
    return found.toSorted((a, b) => b.happening.at - a.happening.at || b.id - a.id).slice(0, MOST_EVENTS);
  }

  #take(happening: Happening): void {
    const type = typeOf(happening);
    if (type === null || !("repository" in happening) || happening.repository === undefined) return;
    const { repository } = happening;
    let events = this.#byRepository.get(repository);
    if (events === undefined) this.#byRepository.set(repository, (events = []));
    events.push({ id: this.#world.nextId("event", FIRST_ID), type, happening: { ...happening, repository }});
    if (events.length >= MOST_EVENTS * 2) events.splice(0, MOST_EVENTS);
  }
}

const CONVERSATION_ACTIONS = ["opened", "closed", "reopened", "assigned", "unassigned", "labeled", "unlabeled"];

/** Which happenings are in the feed, by what name, and of which actions; without a list all. */
const TYPES: { readonly [E in EventName]?: readonly [type: string, actions?: readonly string[]] } = {
  push: ["PushEvent"], create: ["CreateEvent"], delete: ["DeleteEvent"], fork: ["ForkEvent"], watch: ["WatchEvent"], public: ["PublicEvent"], gollum: ["GollumEvent"], commit_comment: ["CommitCommentEvent"],
  issue_comment: ["IssueCommentEvent", ["created"]], pull_request_review: ["PullRequestReviewEvent", ["submitted"]], pull_request_review_comment: ["PullRequestReviewCommentEvent", ["created"]],
  member: ["MemberEvent", ["added"]], release: ["ReleaseEvent", ["published"]], discussion: ["DiscussionEvent", ["created"]],
  issues: ["IssuesEvent", CONVERSATION_ACTIONS], pull_request: ["PullRequestEvent", CONVERSATION_ACTIONS],
};

function typeOf({ event, action }: Happening): string | null {
  const [type, actions] = TYPES[event] ?? [null];
  return type === null || (actions !== undefined && (action === null || !actions.includes(action))) ? null : type;
}

export function toFeedEvent(s: Shaping, { id, type, happening }: FeedEvent): Json {
  const { actor, repository, at } = happening;
  const shown = actor.deleted ? s.world.ghost : actor;
  const { owner } = repository;
  const organization = owner.type === "Organization" ? { org: { id: owner.id, login: owner.login, gravatar_id: "", url: `${s.base.api}/orgs/${owner.login}`, avatar_url: avatar(s, owner) } } : {};
  return {
    id: String(id),
    type,
    actor: { id: shown.id, login: shown.login, display_login: shown.login.replace("[bot]", ""), gravatar_id: "", url: `${s.base.api}/users/${shown.login}`, avatar_url: avatar(s, shown) },
    repo: { id: repository.id, name: `${owner.login}/${repository.name}`, url: `${s.base.api}/repos/${owner.login}/${repository.name}` },
    payload: payloadOf(s, happening),
    public: repository.visibility === "public",
    created_at: iso(at),
    ...organization,
  };
}

const PAYLOADS: { readonly [E in EventName]?: (s: Shaping, happening: HappeningOf<E>) => Json } = {
  push: (_, { repository, after, before, ref }) => ({ repository_id: repository.id, push_id: hashOf(after), ref, head: after, before }),
  create: (_, { ref, refType, repository }) => ({ ref, ref_type: refType, full_ref: fullRef(refType, ref), master_branch: repository.defaultBranch, description: repository.description, pusher_type: "user" }),
  delete: (_, { ref, refType }) => ({ ref, ref_type: refType, full_ref: fullRef(refType, ref), pusher_type: "user" }),
  fork: (s, { fork }) => ({ action: "forked", forkee: toListedRepository(s, fork, null) }),
  watch: (_, { action }) => ({ action }),
  issues: (s, { action, issue, label, assignee }) => ({ action, issue: toIssue(s, issue), ...(label === undefined ? {} : { label: { name: label.name, color: label.color } }), ...(assignee === undefined ? {} : { assignee: toUser(s, assignee) }) }),
  issue_comment: (s, { action, comment }) => ({ action, issue: toIssue(s, comment.on), comment: toIssueComment(s, comment) }),
  pull_request: (s, { action, pullRequest }) => ({ action: action === "closed" && pullRequest.mergedAt !== null ? "merged" : action, number: pullRequest.number, pull_request: toShortPull(s, pullRequest) }),
  pull_request_review: (s, { review }) => ({ action: "created", review: toReview(s, review), pull_request: toShortPull(s, review.pullRequest) }),
  pull_request_review_comment: (s, { action, comment }) => ({ action, comment: toReviewComment(s, comment), pull_request: toShortPull(s, comment.thread.pullRequest) }),
  commit_comment: (s, { action, comment }) => ({ action, comment: toCommitComment(s, comment) }),
  release: (s, { action, release }) => ({ action, release: toRelease(s, release) }),
  member: (s, { action, member }) => ({ action, member: toUser(s, member) }),
  gollum: (s, { pages, repository }) => ({ pages: pages.map(({ name, title, action, sha }) => ({ page_name: name, title, summary: null, action, sha, html_url: `${s.base.html}/${repository.owner.login}/${repository.name}/wiki/${name}` })) }),
  discussion: (s, { action, discussion }) => ({ action, discussion: toDiscussion(s, discussion) }),
};

function payloadOf(s: Shaping, happening: Happening): Json {
  const shape = PAYLOADS[happening.event] as ((shaping: Shaping, of: Happening) => Json) | undefined;
  return shape?.(s, happening) ?? {};
}

function fullRef(refType: "branch" | "tag", ref: string): string {
  return `refs/${refType === "tag" ? "tags" : "heads"}/${ref}`;
}

/** Since October 2025 events name a pull request by this much only. */
function toShortPull(s: Shaping, pull: PullRequest): Json {
  const end = (ref: string, sha: string, repository: Repository | null) => ({ ref, sha, repo: repository === null ? null : { id: repository.id, url: `${s.base.api}/repos/${repository.owner.login}/${repository.name}`, name: repository.name } });
  return { url: `${s.base.api}/repos/${pull.repository.owner.login}/${pull.repository.name}/pulls/${pull.number}`, id: pull.id, number: pull.number, head: end(pull.headRef, pull.headSha, pull.headRepository), base: end(pull.baseRef, pull.baseSha, pull.repository) };
}

function hashOf(sha: string): number {
  return Number.parseInt(sha.slice(0, 8), 16) + 20_000_000_000;
}

