import { toUser } from "../shapes/account.ts";
import { toProject, toWebhookProjectItem } from "../shapes/project.ts";
import { iso, isoOrNull, type Json, type Shaping, without } from "../shapes/shaping.ts";
import type { ProjectItem } from "../world/entities.ts";
import type { HappeningOf } from "../world/happening.ts";

export function projectBody(s: Shaping, { action, at, actor, project, changes }: HappeningOf<"projects_v2">): Json {
  const gone = action === "deleted" ? { deleted_at: iso(at), deleted_by: toUser(s, actor) } : {};
  return { projects_v2: { ...without(toProject(s, project), "state", "latest_status_update", "is_template"), ...gone }, ...(changes === undefined ? {} : { changes: toProjectChanges(changes) }) };
}

type Changes = NonNullable<HappeningOf<"projects_v2">["changes"]>;

/** The payload calls the readme a description; whether it is public is no text. */
function toProjectChanges({ readme, public: visibility, ...changes }: Changes): Json {
  return {
    ...changes,
    ...(readme === undefined ? {} : { description: readme }),
    ...(visibility === undefined ? {} : { public: { from: visibility.from === "true", to: visibility.to === "true" } }),
  };
}

export function projectItemBody(s: Shaping, { action, item, status, at }: HappeningOf<"projects_v2_item">): Json {
  const changes = changesOf(s, action, item, status, at);
  return { projects_v2_item: toWebhookProjectItem(s, item), ...(changes === null ? {} : { changes }) };
}

/** GitHub names the field by its node id; the status is a choice of one. */
function changesOf(s: Shaping, action: string, item: ProjectItem, status: HappeningOf<"projects_v2_item">["status"], at: number): Json | null {
  switch (action) {
    case "edited":
      return {
        field_value: {
          field_node_id: s.nodeId("ProjectV2", item.project.organization.id, item.project.id).replace("PVT_", "PVTSSF_"),
          field_type: "single_select",
          field_name: "Status",
          project_number: item.project.number,
          from: option(status?.from ?? null),
          to: option(status?.to ?? null),
        },
      };
    case "archived":
      return { archived_at: { from: null, to: isoOrNull(item.archivedAt) } };
    case "restored":
      return { archived_at: { from: isoOrNull(at), to: null } };
    case "converted":
      return { content_type: { from: "DraftIssue", to: "Issue" } };
    case "reordered":
      return { previous_projects_v2_item_node_id: { from: null, to: null } };
    default:
      return null;
  }
}

const OPTIONS = { Todo: { id: "f75ad846", color: "GREEN" }, "In Progress": { id: "47fc9ee4", color: "YELLOW" }, Done: { id: "98236657", color: "PURPLE" } } as const;

function option(name: ProjectItem["status"]): Json | null {
  return name === null ? null : { id: OPTIONS[name].id, name, color: OPTIONS[name].color, description: "" };
}
