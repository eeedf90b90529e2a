import { part, textAt, type JsonObject } from "@octally/shared/json";
import { defineKind } from "../define-kind.ts";
import { account, keyword } from "../field.ts";
import { highestPermission, permissionOfRole, type Permission } from "../permission.ts";
import { toUser } from "../graphql-parts.ts";
import type { Sources } from "../sources.ts";

/**
 * Whom the repository itself lets in. Who comes by a team or as a member of the organisation is told by those kinds: one document for
 * each member and repository would say the same again.
 */
const sources: Sources = {
  graphql: {
    type: "RepositoryCollaboratorEdge",
    key: "node { ...actor }",
    toKey: (edge) => ({ user: toUser(edge["node"]) }),
    whole: { fields: "permission", lists: [], toInput: (edge) => ({ user: toUser(edge["node"]), permission: permissionOfRole(textAt(edge, "permission") ?? "") }) },
    children: [],
  },
  rest: { toInput: ofItem },
  list: [
    { by: "graphql", of: "repository", connection: { field: "collaborators", args: "affiliation: DIRECT", first: 100, edges: true }, changed: null, with: [] },
    { by: "rest", of: "repository", path: "/repos/{owner}/{repo}/collaborators?affiliation=direct", changed: null, items: "whole" },
  ],
  one: [{ by: "rest", path: "/repos/{owner}/{repo}/collaborators/{key}/permission", key: "user.login" }],
  count: { by: "graphql", of: "repository", field: "collaborators", args: "affiliation: DIRECT" },
  inventory: { by: "list" },
  deletion: { events: ["member.removed"], answers410: false, listing: true },
  permission: { on: "repository", name: "metadata", access: "read", scope: "repo" },
};

export const collaborator = defineKind({
  name: "collaborator",
  description: "What somebody may do in a repository, from inside or outside of the organisation.",
  scope: "repository",
  identity: ["@repository", "user"],
  fields: {
    user: account,
    /** `pull`, `triage`, `push`, `maintain` or `admin`, as for teams. */
    permission: keyword,
  },
  fromWebhook: {
    member: (payload, { action }) => {
      const user = part(payload, "member");
      if (user === undefined) return [];
      if (action === "removed") return [{ is: "deleted", input: { user } }];
      const [permission, key] = [newPermission(part(payload, "changes"), action), textAt(user, "login")];
      return permission === undefined ? [{ is: "changed", key }] : [{ is: "present", input: { user, permission }, key }];
    },
  },
  sources,
});

/** The list has the person with the role, the question for one of them the role with the person. */
function ofItem(found: JsonObject): JsonObject | null {
  const user = part(found, "user") ?? found;
  const role = textAt(found, "role_name") ?? "";
  if (role === "none") return null;
  return { user, permission: permissionOfRole(role) ?? highestPermission(part(user, "permissions")) };
}

/**
 * GitHub's schema of `member.added`: `permission` is kept for old readers, "maintain is mapped to write and triage to
 * read", and `role_name` is right. So those two say nothing certain where they stand alone.
 */
function newPermission(changes: JsonObject | undefined, action: string | null): Permission | undefined {
  const role = textAt(part(changes, "role_name"), "to");
  if (role !== undefined) return permissionOfRole(role);
  const told = permissionOfRole(textAt(part(changes, "permission"), "to") ?? "");
  return action === "added" && (told === "pull" || told === "push") ? undefined : told;
}
