/** Projects: items and the fields that the world knows, Title and Status. */
import type * as E from "../../world/entities.ts";
import { mayUse } from "../../world/viewer.ts";
import { connection, emptyConnection, type Listing, type OrderArg, type PageArgs } from "../connection.ts";
import type { Context } from "../context.ts";
import { globalId, madeUpId } from "../global-ids.ts";
import { account, constants, dateTime, type Fields, markdownHtml, maybeDateTime } from "../resolver.ts";
import { projectPath } from "../urls.ts";
import { ProjectField, ProjectValue } from "../views.ts";

export type ProjectArgs = PageArgs & { readonly orderBy?: OrderArg | null; readonly query?: string | null };

const KEYS: Readonly<Record<string, (project: E.Project) => number | string>> = {
  CREATED_AT: ({ createdAt }) => createdAt, NUMBER: ({ number }) => number, TITLE: ({ title }) => title.toLowerCase(), UPDATED_AT: ({ updatedAt }) => updatedAt,
};

export function projectListing(items: readonly E.Project[], { orderBy, query }: ProjectArgs): Listing<E.Project> {
  const filter = ({ title }: E.Project): boolean => query === undefined || query === null || query === "" || title.toLowerCase().includes(query.toLowerCase());
  return { items, filter, id: ({ id }) => id, key: KEYS[orderBy?.field ?? "NUMBER"], descending: orderBy?.direction !== "ASC" };
}

const STATUSES = ["Todo", "In Progress", "Done"] as const;
const OPTIONS = { Todo: { id: "f75ad846", color: "GREEN" }, "In Progress": { id: "47fc9ee4", color: "YELLOW" }, Done: { id: "98236657", color: "PURPLE" } } as const;
const FIELD_NAMES = ["Title", "Assignees", "Status", "Labels", "Repository"] as const;

export const project: Fields<E.Project> = {
  id: ({ id, organization: { id: scope }, createdAt }, _, context) => globalId(context, "ProjectV2", scope, id, createdAt),
  databaseId: ({ id }) => id,
  fullDatabaseId: ({ id }) => String(id),
  number: ({ number }) => number,
  title: ({ title }) => title,
  shortDescription: ({ shortDescription }) => shortDescription,
  readme: ({ readme }) => readme,
  public: (source) => source.public,
  template: () => false,
  closed: ({ closedAt }) => closedAt !== null,
  closedAt: ({ closedAt }) => maybeDateTime(closedAt),
  createdAt: ({ createdAt }) => dateTime(createdAt),
  updatedAt: ({ updatedAt }) => dateTime(updatedAt),
  creator: ({ creator }) => account(creator),
  owner: ({ organization }) => organization,
  resourcePath: (source) => projectPath(source),
  url: (source, _, { urls }) => urls.url(projectPath(source)),
  items: ({ items }, args: PageArgs, context, info) => connection({ items, id: ({ id }) => id }, args, context, info),
  field: (source, { name }: { readonly name: string }) => (FIELD_NAMES as readonly string[]).includes(name) ? new ProjectField(source, name as ProjectField["name"]) : null,
  fields: (source, args: PageArgs, context, info) => connection({ items: FIELD_NAMES.map((name) => new ProjectField(source, name)), id: ({ name }) => name }, args, context, info),
  repositories: ({ items }, args: PageArgs, context, info) => {
    const all = new Set(items.flatMap(({ content }) => (content.type === "draft-issue" ? [] : [content.repository])));
    return connection({ items: [...all], filter: (repository) => context.sees(repository), id: ({ id }) => id }, args, context, info);
  },
  views: emptyConnection, workflows: emptyConnection, teams: emptyConnection, statusUpdates: emptyConnection,
  ...constants(null, "view", "workflow"),
  ...constants(false, "viewerCanClose", "viewerCanReopen", "viewerCanUpdate"),
};

/** Public projects are everybody's. */
export function projectsOf({ viewer }: Context, { projects, members }: E.Organization): readonly E.Project[] {
  const belongs = viewer.is === "installation" || members.some(({ user }) => user === viewer.user);
  return belongs && mayUse(viewer, "organization_projects") ? projects : projects.filter(({ public: open }) => open);
}

/** Items by what they show, of every organisation. */
export function itemsWith(context: Context, content: E.ProjectItem["content"]): readonly E.ProjectItem[] {
  const byContent = context.memo("project items", context.world, () => {
    const known = new Map<object, E.ProjectItem[]>();
    for (const { projects } of context.world.organizations.values()) {
      for (const { items } of projects) for (const item of items) known.set(item.content, [...(known.get(item.content) ?? []), item]);
    }
    return known;
  });
  return byContent.get(content) ?? [];
}

function contentOf(context: Context, { content }: E.ProjectItem): unknown {
  if (content.type === "draft-issue") return content;
  return context.mayRead(content.repository, content.type === "issue" ? "issues" : "pull_requests") ? content : null;
}

export const projectItem: Fields<E.ProjectItem> = {
  id: ({ id, project: { organization }, createdAt }, _, context) => globalId(context, "ProjectV2Item", organization.id, id, createdAt),
  databaseId: ({ id }) => id,
  fullDatabaseId: ({ id }) => String(id),
  content: (source, _, context) => contentOf(context, source),
  type: (source, _, context) => (contentOf(context, source) === null ? "REDACTED" : source.content.type === "draft-issue" ? "DRAFT_ISSUE" : source.content.type === "issue" ? "ISSUE" : "PULL_REQUEST"),
  createdAt: ({ createdAt }) => dateTime(createdAt),
  updatedAt: ({ updatedAt }) => dateTime(updatedAt),
  creator: ({ creator }) => account(creator),
  isArchived: ({ archivedAt }) => archivedAt !== null,
  project: (source) => source.project,
  fieldValues: (source, args: PageArgs, context, info) => connection({ items: valuesOf(source), id: ({ name }) => name }, args, context, info),
  fieldValueByName: (source, { name }: { readonly name: string }) => valuesOf(source).find((value) => value.name === name) ?? null,
};

function valuesOf(item: E.ProjectItem): readonly ProjectValue[] {
  return [new ProjectValue(item, "Title"), ...(item.status === null ? [] : [new ProjectValue(item, "Status")])];
}

const valueFields: Fields<ProjectValue> = {
  id: ({ item, name }) => madeUpId("PVTFV", item.id, name),
  databaseId: () => null,
  createdAt: ({ item }) => dateTime(item.createdAt),
  updatedAt: ({ item }) => dateTime(item.updatedAt),
  creator: ({ item }) => account(item.creator),
  field: ({ item, name }) => new ProjectField(item.project, name),
  item: ({ item }) => item,
};

export const textValue: Fields<ProjectValue> = { ...valueFields, text: ({ item }) => item.content.title };

export const selectValue: Fields<ProjectValue> = {
  ...valueFields,
  name: ({ item }) => item.status,
  nameHTML: ({ item }) => item.status,
  optionId: ({ item: { status } }) => (status === null ? null : OPTIONS[status].id),
  color: ({ item: { status } }) => (status === null ? "GRAY" : OPTIONS[status].color),
  description: () => "",
  descriptionHTML: () => "",
};

const fieldFields: Fields<ProjectField> = {
  id: ({ project: { id }, name }) => madeUpId("PVTF", id, name),
  databaseId: () => null,
  name: ({ name }) => name,
  project: (source) => source.project,
  createdAt: (source) => dateTime(source.project.createdAt),
  updatedAt: (source) => dateTime(source.project.createdAt),
};

export const projectField: Fields<ProjectField> = { ...fieldFields, dataType: ({ name }) => name.toUpperCase() };

export const selectField: Fields<ProjectField> = {
  ...fieldFields,
  dataType: () => "SINGLE_SELECT",
  options: (_source, { names }: { readonly names?: readonly string[] | null }) =>
    STATUSES.filter((name) => names === undefined || names === null || names.includes(name)).map((name) => ({ ...OPTIONS[name], name, nameHTML: name, description: "", descriptionHTML: "" })),
};

export const draftIssue: Fields<E.DraftIssue> = {
  id: ({ id, createdAt }, _, context) => globalId(context, "DraftIssue", 0, id, createdAt),
  title: ({ title }) => title,
  body: ({ body }) => body ?? "",
  bodyText: ({ body }) => body ?? "",
  bodyHTML: ({ body }) => markdownHtml(body),
  createdAt: ({ createdAt }) => dateTime(createdAt),
  updatedAt: ({ updatedAt }) => dateTime(updatedAt),
  creator: ({ creator }) => account(creator),
  assignees: emptyConnection,
  projectV2Items: (source, args: PageArgs, context, info) => connection({ items: itemsWith(context, source), id: ({ id }) => id }, args, context, info),
  projectsV2: (source, args: PageArgs, context, info) => connection({ items: [...new Set(itemsWith(context, source).map((item) => item.project))], id: ({ id }) => id }, args, context, info),
};
