/** Projects of an organisation and what is on them. */
import type { Project, ProjectItem } from "../world/entities.ts";
import { toUser } from "./account.ts";
import { toIssue } from "./issue.ts";
import { toPullRequestItem } from "./pull-request.ts";
import { iso, isoOrNull, type Json, type Shaping } from "./shaping.ts";

/** In REST and in `projects_v2` events. */
export function toProject(s: Shaping, project: Project): Json {
  return {
    id: project.id,
    node_id: projectNodeId(s, project),
    owner: toUser(s, project.organization),
    creator: toUser(s, project.creator),
    title: project.title,
    description: project.readme,
    public: project.public,
    closed_at: isoOrNull(project.closedAt),
    created_at: iso(project.createdAt),
    updated_at: iso(project.updatedAt),
    number: project.number,
    short_description: project.shortDescription,
    deleted_at: null,
    deleted_by: null,
    state: project.closedAt === null ? "open" : "closed",
    latest_status_update: null,
    is_template: false,
  };
}

/** REST's form, with the content. */
export function toProjectItem(s: Shaping, item: ProjectItem): Json {
  const { project, content } = item;
  const url = `${s.base.api}/orgs/${project.organization.login}/projectsV2/${project.number}`;
  return {
    id: item.id,
    node_id: s.nodeId("ProjectV2Item", project.organization.id, item.id),
    content: toContent(s, item),
    content_type: contentType(content),
    creator: toUser(s, item.creator),
    created_at: iso(item.createdAt),
    updated_at: iso(item.updatedAt),
    archived_at: isoOrNull(item.archivedAt),
    project_url: url,
    item_url: `${url}/items/${item.id}`,
  };
}

/** In `projects_v2_item` events: only node ids lead to the project and the content. */
export function toWebhookProjectItem(s: Shaping, item: ProjectItem): Json {
  const { project, content } = item;
  return {
    id: item.id,
    node_id: s.nodeId("ProjectV2Item", project.organization.id, item.id),
    project_node_id: projectNodeId(s, project),
    content_node_id: contentNodeId(s, item),
    content_type: contentType(content),
    creator: toUser(s, item.creator),
    created_at: iso(item.createdAt),
    updated_at: iso(item.updatedAt),
    archived_at: isoOrNull(item.archivedAt),
  };
}

export function projectNodeId(s: Shaping, project: Project): string {
  return s.nodeId("ProjectV2", project.organization.id, project.id);
}

function contentType(content: ProjectItem["content"]): "Issue" | "PullRequest" | "DraftIssue" {
  return content.type === "issue" ? "Issue" : content.type === "pull-request" ? "PullRequest" : "DraftIssue";
}

function contentNodeId(s: Shaping, { content }: ProjectItem): string {
  return content.type === "draft-issue" ? s.nodeId("DraftIssue", 0, content.id) : s.nodeId(content.type === "issue" ? "Issue" : "PullRequest", content.repository.id, content.id);
}

function toContent(s: Shaping, item: ProjectItem): Json {
  const { content } = item;
  if (content.type === "issue") return toIssue(s, content);
  if (content.type === "pull-request") return toPullRequestItem(s, content);
  return {
    id: content.id,
    node_id: contentNodeId(s, item),
    title: content.title,
    body: content.body,
    user: toUser(s, content.creator),
    created_at: iso(content.createdAt),
    updated_at: iso(content.updatedAt),
  };
}
