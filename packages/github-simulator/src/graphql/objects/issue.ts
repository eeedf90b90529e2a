import type * as E from "../../world/entities.ts";
import { connection, emptyConnection, type PageArgs } from "../connection.ts";
import type { Context } from "../context.ts";
import { constants, type Fields, maybeEnumName } from "../resolver.ts";
import { conversationPath } from "../urls.ts";
import { conversation, stateOf } from "./conversations.ts";
import { closes } from "./timeline.ts";

type ReferenceArgs = PageArgs & { readonly includeClosedPrs?: boolean | null };

export const issue: Fields<E.Issue> = {
  ...conversation<E.Issue>("issues"),
  state: ({ state }) => (state === "open" ? "OPEN" : "CLOSED"),
  stateReason: ({ stateReason }, { enableDuplicate }: { readonly enableDuplicate?: boolean | null }) => (stateReason === "duplicate" && enableDuplicate !== true ? "NOT_PLANNED" : maybeEnumName(stateReason)),
  isPinned: ({ pinned }) => pinned,
  parent: ({ parentIssue }, _, context) => (parentIssue !== null && context.sees(parentIssue.repository) ? parentIssue : null),
  subIssues: ({ subIssues }, args: PageArgs, context, info) => subIssueConnection(subIssues, args, context, info),
  subIssuesSummary: ({ subIssues }) => {
    const completed = subIssues.filter(({ state }) => state === "closed").length;
    return { total: subIssues.length, completed, percentCompleted: subIssues.length === 0 ? 0 : Math.floor((100 * completed) / subIssues.length) };
  },
  trackedIssues: ({ subIssues }, args: PageArgs, context, info) => subIssueConnection(subIssues, args, context, info),
  trackedIssuesCount: ({ subIssues }, { states }: { readonly states?: readonly string[] | null }) => subIssues.filter((sub) => states === undefined || states === null || states.includes(stateOf(sub))).length,
  trackedInIssues: ({ parentIssue }, args: PageArgs, context, info) => subIssueConnection(parentIssue === null ? [] : [parentIssue], args, context, info),
  closedByPullRequestsReferences: (source, args: ReferenceArgs, context, info) => connection({ items: closersOf(source).filter(({ state }) => args.includeClosedPrs === true || state === "open" || source.state === "closed"), id: ({ id }) => id }, args, context, info),
  bodyResourcePath: (source) => `${conversationPath(source)}#issue-${source.id}`,
  bodyUrl: (source, _, { urls }) => urls.url(`${conversationPath(source)}#issue-${source.id}`),
  linkedBranches: emptyConnection,
  ...constants(null, "viewerThreadSubscriptionFormAction"),
};

function subIssueConnection(items: readonly E.Issue[], args: PageArgs, context: Context, info: Parameters<typeof connection>[3]): unknown {
  return connection({ items, filter: ({ repository }) => context.mayRead(repository, "issues"), id: ({ id }) => id }, args, context, info);
}

function closersOf(source: E.Issue): readonly E.PullRequest[] {
  const closers = source.timeline.flatMap(({ type, subject }) => (subject?.is === "source" && (type === "cross-referenced" || type === "connected" || type === "closed") && subject.source.type === "pull-request" ? [{ type, by: subject.source }] : []));
  return [...new Set(closers.filter(({ type, by }) => type !== "cross-referenced" || closes(by, source)).map(({ by }) => by))];
}
