/** Discussions. */
import type { User } from "./accounts.ts";
import type { Association, Millis } from "./basics.ts";
import type { LockReason, Reaction } from "./conversation.ts";
import type { Label, Repository } from "./repository.ts";

export type DiscussionCategory = { readonly id: number; readonly repository: Repository; readonly name: string; readonly slug: string; readonly emoji: string; readonly description: string; readonly isAnswerable: boolean; readonly createdAt: Millis };
export type Discussion = {
  readonly type: "discussion";
  readonly id: number;
  repository: Repository;
  number: number;
  title: string;
  body: string;
  readonly author: User;
  authorAssociation: Association;
  category: DiscussionCategory;
  state: "open" | "closed";
  stateReason: "resolved" | "outdated" | "duplicate" | null;
  locked: boolean;
  lockReason: LockReason | null;
  labels: readonly Label[];
  answer: DiscussionComment | null;
  answerChosenAt: Millis | null;
  answerChosenBy: User | null;
  /** Top-level comments; replies are with their comment. */
  comments: readonly DiscussionComment[];
  reactions: readonly Reaction[];
  readonly createdAt: Millis;
  updatedAt: Millis;
  closedAt: Millis | null;
};
export type DiscussionComment = { readonly id: number; readonly discussion: Discussion; readonly replyTo: DiscussionComment | null; replies: readonly DiscussionComment[]; readonly author: User; authorAssociation: Association; body: string; readonly createdAt: Millis; updatedAt: Millis; reactions: readonly Reaction[] };
