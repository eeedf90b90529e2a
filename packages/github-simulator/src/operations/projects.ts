/** An organisation's projects and what is on them. */
import { NONE } from "../world/entities.ts";
import type * as E from "../world/entities.ts";
import type { World } from "../world/world.ts";
import { freshId } from "./first-ids.ts";
import { touch } from "./touch.ts";

type By = { readonly actor: E.User };
type Of = By & { readonly project: E.Project };
type OfItem = By & { readonly item: E.ProjectItem };

export function createProject(world: World, { actor, organization, title, shortDescription = null, isPublic = false }: By & { readonly organization: E.Organization; readonly title: string; readonly shortDescription?: string | null; readonly isPublic?: boolean }): E.Project {
  const now = world.now();
  const number = world.nextId(`project of ${organization.id}`);
  const project: E.Project = { id: freshId(world, "project"), organization, number, title, shortDescription, readme: null, public: isPublic, closedAt: null, creator: actor, createdAt: now, updatedAt: now, items: NONE };
  world.journal.push(organization, "projects", project);
  world.register("ProjectV2", project.id, project);
  world.emit({ at: now, actor, event: "projects_v2", action: "created", organization, project });
  return project;
}

export function editProject(world: World, { actor, project, title, shortDescription, readme, isPublic }: Of & Partial<Pick<E.Project, "title" | "shortDescription" | "readme">> & { readonly isPublic?: boolean }): void {
  const changes: Record<string, { readonly from: string | null; readonly to: string | null }> = {};
  const change = <K extends "title" | "shortDescription" | "readme" | "public">(key: K, name: string, to: E.Project[K] | undefined): void => {
    const from = project[key];
    if (to === undefined || to === from) return;
    changes[name] = { from: from === null ? null : String(from), to: to === null ? null : String(to) };
    world.journal.set(project, key, to);
  };
  change("title", "title", title);
  change("shortDescription", "short_description", shortDescription);
  change("readme", "readme", readme);
  change("public", "public", isPublic);
  if (Object.keys(changes).length === 0) return;
  touch(world, project);
  world.emit({ at: world.now(), actor, event: "projects_v2", action: "edited", organization: project.organization, project, changes });
}

export function closeProject(world: World, { actor, project }: Of): void {
  world.journal.set(project, "closedAt", world.now());
  touch(world, project);
  world.emit({ at: world.now(), actor, event: "projects_v2", action: "closed", organization: project.organization, project });
}

export function reopenProject(world: World, { actor, project }: Of): void {
  world.journal.set(project, "closedAt", null);
  touch(world, project);
  world.emit({ at: world.now(), actor, event: "projects_v2", action: "reopened", organization: project.organization, project });
}

export function deleteProject(world: World, { actor, project }: Of): void {
  world.journal.remove(project.organization, "projects", project);
  world.forget("ProjectV2", project.id);
  for (const { id } of project.items) world.forget("ProjectV2Item", id);
  world.emit({ at: world.now(), actor, event: "projects_v2", action: "deleted", organization: project.organization, project });
}

export function addProjectItem(world: World, { actor, project, content }: Of & { readonly content: E.ProjectItem["content"] }): E.ProjectItem {
  const now = world.now();
  const item: E.ProjectItem = { id: freshId(world, "projectItem"), project, content, creator: actor, archivedAt: null, status: null, createdAt: now, updatedAt: now };
  world.journal.push(project, "items", item);
  world.register("ProjectV2Item", item.id, item);
  touch(world, project);
  world.emit({ at: now, actor, event: "projects_v2_item", action: "created", organization: project.organization, item });
  return item;
}

export function addDraftIssue(world: World, { actor, project, title, body = null }: Of & { readonly title: string; readonly body?: string | null }): E.ProjectItem {
  const now = world.now();
  const content: E.DraftIssue = { type: "draft-issue", id: freshId(world, "draftIssue"), title, body, creator: actor, createdAt: now, updatedAt: now };
  world.register("DraftIssue", content.id, content);
  return addProjectItem(world, { actor, project, content });
}

/** The draft becomes the issue, which was opened just before. */
export function convertDraftIssue(world: World, { actor, item, issue }: OfItem & { readonly issue: E.Issue }): void {
  const draft = item.content;
  world.journal.set(item, "content", issue);
  if (draft.type === "draft-issue") world.forget("DraftIssue", draft.id);
  tellItem(world, { actor, item }, "converted");
}

export function setItemStatus(world: World, { actor, item, status }: OfItem & Pick<E.ProjectItem, "status">): void {
  const from = item.status;
  if (from === status) return;
  world.journal.set(item, "status", status);
  touch(world, item, item.project);
  world.emit({ at: world.now(), actor, event: "projects_v2_item", action: "edited", organization: item.project.organization, item, status: { from, to: status } });
}

export function archiveItem(world: World, { actor, item }: OfItem): void {
  world.journal.set(item, "archivedAt", world.now());
  tellItem(world, { actor, item }, "archived");
}

export function restoreItem(world: World, { actor, item }: OfItem): void {
  world.journal.set(item, "archivedAt", null);
  tellItem(world, { actor, item }, "restored");
}

/** To the place after another one, or to the top. */
export function reorderItem(world: World, { actor, item, after = null }: OfItem & { readonly after?: E.ProjectItem | null }): void {
  const others = item.project.items.filter((other) => other !== item);
  const at = after === null ? 0 : others.indexOf(after) + 1;
  world.journal.set(item.project, "items", others.toSpliced(at, 0, item));
  tellItem(world, { actor, item }, "reordered");
}

export function deleteItem(world: World, { actor, item }: OfItem): void {
  world.journal.remove(item.project, "items", item);
  world.forget("ProjectV2Item", item.id);
  if (item.content.type === "draft-issue") world.forget("DraftIssue", item.content.id);
  tellItem(world, { actor, item }, "deleted");
}

function tellItem(world: World, { actor, item }: OfItem, action: "converted" | "archived" | "restored" | "reordered" | "deleted"): void {
  touch(world, item, item.project);
  world.emit({ at: world.now(), actor, event: "projects_v2_item", action, organization: item.project.organization, item });
}

/** With an issue, or with a repository and all that was in it, its items go, and nobody is told. */
export function takeFromProjects(world: World, isGone: (content: E.ProjectItem["content"]) => boolean): void {
  // Projects also hold what is in others' repositories.
  for (const project of [...world.organizations.values()].flatMap(({ projects }) => projects)) {
    for (const item of project.items.filter(({ content }) => isGone(content))) {
      world.journal.remove(project, "items", item);
      world.forget("ProjectV2Item", item.id);
    }
  }
}
