import type { Reaction, Repository } from "../world/entities.ts";
import { toUser } from "./account.ts";
import { iso, type Json, type Shaping } from "./shaping.ts";

export function toReaction(s: Shaping, reaction: Reaction, repository: Repository): Json {
  return { id: reaction.id, node_id: s.nodeId("Reaction", repository.id, reaction.id), user: toUser(s, reaction.user), content: reaction.content, created_at: iso(reaction.createdAt) };
}

/** The roll-up that stands inside what was reacted to, at whose address `of` the reactions are. */
export function toReactions(of: string, reactions: readonly Reaction[]): Json {
  const counts = { "+1": 0, "-1": 0, laugh: 0, hooray: 0, confused: 0, heart: 0, rocket: 0, eyes: 0 };
  for (const { content } of reactions) counts[content]++;
  return { url: `${of}/reactions`, total_count: reactions.length, ...counts };
}
