/** Discussions and projects. */
import type * as E from "../../world/entities.ts";
import { toDiscussion, toDiscussionComment } from "../../shapes/discussion.ts";
import { toProject, toProjectItem } from "../../shapes/project.ts";
import { ApiError, notFound } from "../../server/api-error.ts";
import { ok, type Call, type Endpoint } from "../call.ts";
import { directionIn, found, numberIn, onOrganization, onRepository, reads } from "../define.ts";
import { sortBy } from "../derived.ts";
import { cursorPage, page, type Order } from "../paging.ts";

const DISCUSSIONS = reads("discussions");
const PROJECTS = reads("organization_projects");

export const PLANNING: readonly Endpoint[] = [
  onRepository("/discussions", "discussions/discussions#list-discussions-for-a-repository", DISCUSSIONS, (call, repository) => {
    if (!repository.hasDiscussions) throw new ApiError(410, "Discussions are disabled for this repo");
    const order: Order<E.Discussion> = { key: ({ createdAt, updatedAt }) => (call.query.get("sort") === "updated" ? updatedAt : createdAt), id: ({ id }) => id, direction: directionIn(call, "desc") };
    const state = call.query.get("state");
    return page(call, sortBy(state === null || state === "all" ? repository.discussions : repository.discussions.filter((discussion) => discussion.state === state), order), (discussion) => toDiscussion(call.s, discussion));
  }),
  onRepository("/discussions/:number", "discussions/discussions#get-a-discussion", DISCUSSIONS, (call, repository) => ok(toDiscussion(call.s, discussionIn(call, repository)))),
  onRepository("/discussions/:number/comments", "discussions/comments#list-discussion-comments", DISCUSSIONS, (call, repository) => {
    const comments = discussionIn(call, repository).comments.flatMap((comment) => [comment, ...comment.replies]);
    return page(call, comments, (comment) => toDiscussionComment(call.s, comment));
  }),
  onOrganization("/projectsV2", "projects/projects#list-projects-for-organization", PROJECTS, "member", (call, organization) => {
    const order: Order<E.Project> = { key: ({ number }) => number, id: ({ id }) => id, direction: "asc" };
    return cursorPage(call, organization.projects, order, (project) => toProject(call.s, project));
  }),
  onOrganization("/projectsV2/:project", "projects/projects#get-project-for-organization", PROJECTS, "member", (call, organization) => ok(toProject(call.s, projectIn(call, organization)))),
  onOrganization("/projectsV2/:project/items", "projects/items#list-items-for-an-organization-owned-project", PROJECTS, "member", (call, organization) => {
    const order: Order<E.ProjectItem> = { key: ({ createdAt }) => createdAt, id: ({ id }) => id, direction: "asc" };
    return cursorPage(call, sortBy(projectIn(call, organization).items, order), order, (item) => toProjectItem(call.s, item));
  }),
  onOrganization("/projectsV2/:project/items/:item", "projects/items#get-an-item-for-an-organization-owned-project", PROJECTS, "member", (call, organization) => ok(toProjectItem(call.s, found(projectIn(call, organization).items.find(({ id }) => id === numberIn(call, "item")))))),
];

function discussionIn(call: Call, repository: E.Repository): E.Discussion {
  const here = repository.numbered[numberIn(call, "number") - 1];
  if (here?.type !== "discussion") throw notFound();
  return here;
}

function projectIn(call: Call, organization: E.Organization): E.Project {
  return found(organization.projects.find(({ number }) => number === numberIn(call, "project")));
}
