/** The qualifiers of a search for issues and pull requests. */
import type * as E from "../world/entities.ts";
import { stateOf } from "./objects/conversations.ts";
import { closes } from "./objects/timeline.ts";
import { inRange, type Term } from "./search-query.ts";

type Conversation = E.Issue | E.PullRequest;
type Test = (item: Conversation) => boolean;

const IS: Readonly<Record<string, Test>> = {
  issue: ({ type }) => type === "issue",
  pr: ({ type }) => type === "pull-request",
  "pull-request": ({ type }) => type === "pull-request",
  open: ({ state }) => state === "open",
  closed: ({ state }) => state === "closed",
  merged: (item) => stateOf(item) === "MERGED",
  unmerged: (item) => item.type === "pull-request" && item.mergedAt === null,
  draft: (item) => item.type === "pull-request" && item.draft,
  locked: ({ locked }) => locked,
  public: ({ repository: { visibility } }) => visibility === "public",
  private: ({ repository: { visibility } }) => visibility === "private",
  archived: ({ repository: { archived } }) => archived,
};

function by(login: string): (user: E.User) => boolean {
  const wanted = login.startsWith("app/") ? `${login.slice(4)}[bot]` : login;
  return ({ login: its, deleted }) => !deleted && its.toLowerCase() === wanted;
}

export function conversationTest({ qualifier, value }: Term): Test {
  switch (qualifier) {
    case "repo": return ({ repository: { owner, name } }) => `${owner.login}/${name}`.toLowerCase() === value;
    case "org": case "user": return ({ repository: { owner } }) => owner.login.toLowerCase() === value;
    case "is": case "type": case "state": return IS[value] ?? (() => true);
    case "draft": return (item) => item.type === "pull-request" && String(item.draft) === value;
    case "archived": return ({ repository: { archived } }) => String(archived) === value;
    case "author": return ({ author }) => by(value)(author);
    case "assignee": return ({ assignees }) => (value === "*" ? assignees.length > 0 : assignees.some(by(value)));
    case "commenter": return ({ comments }) => comments.some(({ author }) => by(value)(author));
    case "involves": return ({ author, assignees, comments, body }) => by(value)(author) || assignees.some(by(value)) || comments.some((comment) => by(value)(comment.author)) || body?.toLowerCase().includes(`@${value}`) === true;
    case "mentions": return ({ body, comments }) => [body ?? "", ...comments.map((comment) => comment.body)].some((text) => text.toLowerCase().includes(`@${value}`));
    case "reviewed-by": return (item) => item.type === "pull-request" && item.reviews.some(({ author }) => by(value)(author));
    case "review-requested": return (item) => item.type === "pull-request" && item.requestedReviewers.some(by(value));
    case "label": return ({ labels }) => value.split(",").some((wanted) => labels.some(({ name }) => name.toLowerCase() === wanted));
    case "milestone": return ({ milestone }) => (value === "*" ? milestone !== null : milestone?.title.toLowerCase() === value);
    case "no": return ({ labels, assignees, milestone }) => (value === "label" ? labels.length === 0 : value === "assignee" ? assignees.length === 0 : value === "milestone" ? milestone === null : true);
    case "reason": return (item) => item.type === "issue" && item.stateReason?.replace("_", " ") === value.replace("_", " ");
    case "linked": return (item) => (value === "pr") === item.timeline.some(({ subject }) => subject?.is === "source" && closes(subject.source, item));
    case "base": return (item) => item.type === "pull-request" && item.baseRef.toLowerCase() === value;
    case "head": return (item) => item.type === "pull-request" && item.headRef.toLowerCase().startsWith(value);
    case "comments": return ({ comments }) => inRange(value, comments.length);
    case "created": return ({ createdAt }) => inRange(value, createdAt);
    case "updated": return ({ updatedAt }) => inRange(value, updatedAt);
    case "closed": return ({ closedAt }) => closedAt !== null && inRange(value, closedAt);
    case "merged": return (item) => item.type === "pull-request" && item.mergedAt !== null && inRange(value, item.mergedAt);
    case null: return ({ title, body }) => title.toLowerCase().includes(value) || body?.toLowerCase().includes(value) === true;
    default: return () => true;
  }
}
