import type { Milestone } from "../world/entities.ts";
import { toUser } from "./account.ts";
import { iso, isoOrNull, type Json, once, repoApi, repoHtml, type Shaping } from "./shaping.ts";

export function toMilestone(s: Shaping, milestone: Milestone): Json {
  return once(s, "milestone", milestone, () => {
    const url = `${repoApi(s, milestone.repository)}/milestones/${milestone.number}`;
    return {
      url,
      html_url: `${repoHtml(s, milestone.repository)}/milestone/${milestone.number}`,
      labels_url: `${url}/labels`,
      id: milestone.id,
      node_id: s.nodeId("Milestone", milestone.repository.id, milestone.id),
      number: milestone.number,
      title: milestone.title,
      description: milestone.description,
      creator: toUser(s, milestone.creator),
      open_issues: milestone.openIssues,
      closed_issues: milestone.closedIssues,
      state: milestone.state,
      created_at: iso(milestone.createdAt),
      updated_at: iso(milestone.updatedAt),
      due_on: isoOrNull(milestone.dueOn),
      closed_at: isoOrNull(milestone.closedAt),
    };
  });
}

export function toMilestoneOrNull(s: Shaping, milestone: Milestone | null): Json | null {
  return milestone === null ? null : toMilestone(s, milestone);
}
