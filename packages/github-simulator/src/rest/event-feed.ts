/**
 * The events that `…/events` give: at most 300 of the last 30 days, some seconds late. Kept per repository; what an event says about an issue or a pull
 * request is little, and told as it is when it is asked for.
 */
import type { Repository } from "../world/entities.ts";
import type { EventName, Happening } from "../world/happening.ts";
import type { World } from "../world/world.ts";

export const MOST_EVENTS = 300;
const KEPT_MS = 30 * 86_400_000;
const LATENCY_MS = 30_000;
const FIRST_ID = 40_000_000_000;

export type FeedEvent = { readonly id: number; readonly happening: Happening & { readonly repository: Repository } };

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
    if (!isTold(happening) || !("repository" in happening) || happening.repository === undefined) return;
    const { repository } = happening;
    let events = this.#byRepository.get(repository);
    if (events === undefined) this.#byRepository.set(repository, (events = []));
    events.push({ id: this.#world.nextId("event", FIRST_ID), happening: { ...happening, repository } });
    if (events.length >= MOST_EVENTS * 2) events.splice(0, MOST_EVENTS);
  }
}

const CONVERSATION_ACTIONS = ["opened", "closed", "reopened", "assigned", "unassigned", "labeled", "unlabeled"];

/** What is in the feed, and of which actions; null: of all. Its form is in shapes/event.ts. */
const TOLD: { readonly [E in EventName]?: readonly string[] | null } = {
  push: null, create: null, delete: null, fork: null, watch: null, public: null, gollum: null, commit_comment: null, pull_request_review: null,
  issue_comment: ["created"], pull_request_review_comment: ["created"], member: ["added"], release: ["published"], discussion: ["created"], repository: ["created"],
  issues: CONVERSATION_ACTIONS, pull_request: CONVERSATION_ACTIONS,
};

function isTold(happening: Happening): boolean {
  const { event, action } = happening;
  // A push that only makes or ends a branch is told by that.
  if (event === "push" && (!happening.ref.startsWith("refs/heads/") || happening.deleted || (happening.created && happening.commits.length === 0))) return false;
  const actions = TOLD[event];
  return actions !== undefined && (actions === null || (action !== null && actions.includes(action)));
}
