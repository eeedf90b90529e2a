/** What GitHub writes into the timeline of an issue or pull request, beside the comments, reviews and commits themselves. */
import type * as E from "../world/entities.ts";
import type { World } from "../world/world.ts";
import { freshId } from "./first-ids.ts";
import { touch } from "./touch.ts";

type Entry = { readonly on: E.Issue | E.PullRequest; readonly type: E.TimelineEventType; readonly actor: E.User; readonly subject?: E.TimelineSubject };

/** What the timeline shows and the list of issue events does not. */
const ONLY_IN_TIMELINE: ReadonlySet<E.TimelineEventType> = new Set(["cross-referenced"]);

export function record(world: World, { on, type, actor, subject }: Entry): E.TimelineEvent {
  const event: E.TimelineEvent = { id: freshId(world, "timelineEvent"), type, on, actor, createdAt: world.now(), subject: subject ?? null };
  world.journal.push(on, "timeline", event);
  if (!ONLY_IN_TIMELINE.has(type)) world.journal.push(on.repository, "issueEvents", event);
  world.register("TimelineEvent", event.id, event);
  return event;
}

/** Ends of words that GitHub takes for references: `#12`, `owner/name#12`. */
const REFERENCE = /(?<![\w/])(?:([\w.-]+\/[\w.-]+))?#(\d+)\b/g;
const CLOSING = /\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?):?\s+((?:[\w.-]+\/[\w.-]+)?#\d+)\b/gi;
const MENTION = /(?<![\w/])@([a-z\d](?:[a-z\d-]{0,38}))/gi;

/** What a text says about others: whom it mentions, and what it refers to, which is told there and touches it, without a webhook. */
export function recordReferences(world: World, { on, actor, text }: { readonly on: E.Issue | E.PullRequest; readonly actor: E.User; readonly text: string | null }): void {
  if (text === null || !/[#@]/.test(text)) return;
  for (const [, login = ""] of text.matchAll(MENTION)) {
    const user = world.accountsByLogin.get(login.toLowerCase());
    if (user === undefined || user.type === "Organization" || on.timeline.some((event) => event.type === "mentioned" && event.actor === user)) continue;
    record(world, { on, type: "mentioned", actor: user });
    record(world, { on, type: "subscribed", actor: user });
  }
  for (const target of referencesIn(world, on.repository, text, REFERENCE)) {
    if (target === on || target.timeline.some(({ subject }) => subject?.is === "source" && subject.source === on)) continue;
    record(world, { on: target, type: "cross-referenced", actor, subject: { is: "source", source: on } });
    touch(world, target);
  }
}

/** Issues that a text closes once it reaches the default branch ("Fixes #12"). */
export function issuesClosedBy(world: World, repository: E.Repository, text: string | null): E.Issue[] {
  if (text === null || !text.includes("#")) return [];
  const closing = [...text.matchAll(CLOSING)].map(([, reference]) => reference ?? "").join(" ");
  return referencesIn(world, repository, closing, REFERENCE).filter((target) => target.type === "issue");
}

/** Commits refer too; the pull request they belong to is not told of its own. */
export function referencesOfCommit(world: World, repository: E.Repository, message: string): (E.Issue | E.PullRequest)[] {
  return message.includes("#") ? referencesIn(world, repository, message, REFERENCE) : [];
}

function referencesIn(world: World, from: E.Repository, text: string, pattern: RegExp): (E.Issue | E.PullRequest)[] {
  const found = new Set<E.Issue | E.PullRequest>();
  for (const [, name, number] of text.matchAll(pattern)) {
    const repository = name === undefined ? from : world.repositoriesByName.get(name.toLowerCase());
    const target = repository?.numbered[Number(number) - 1];
    if (target !== undefined && target.type !== "discussion") found.add(target);
  }
  return [...found];
}
