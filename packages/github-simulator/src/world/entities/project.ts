/** Projects and what stands on them. */
import type { Organization, User } from "./accounts.ts";
import type { Millis } from "./basics.ts";
import type { Issue, PullRequest } from "./conversation.ts";

export type Project = { readonly id: number; readonly organization: Organization; readonly number: number; title: string; shortDescription: string | null; readme: string | null; public: boolean; closedAt: Millis | null; readonly creator: User; readonly createdAt: Millis; updatedAt: Millis; items: readonly ProjectItem[] };
export type ProjectItem = { readonly id: number; readonly project: Project; content: Issue | PullRequest | DraftIssue; readonly creator: User; archivedAt: Millis | null; status: "Todo" | "In Progress" | "Done" | null; readonly createdAt: Millis; updatedAt: Millis };
export type DraftIssue = { readonly type: "draft-issue"; readonly id: number; title: string; body: string | null; readonly creator: User; readonly createdAt: Millis; updatedAt: Millis };
