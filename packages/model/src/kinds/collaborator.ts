import { objectsAt, part, textAt, type JsonObject } from "@octally/shared/json";
import { defineKind } from "../define-kind.ts";
import { account, keyword } from "../field.ts";
import { toUser } from "../graphql-parts.ts";
import { permissionOfRole, type Permission } from "../permission.ts";
import { noWay, type Sources } from "../sources.ts";

/**
 * Whom the repository itself lets in, and as what. Who comes by a team or as a member of the organisation is told by those kinds: one
 * document for each member and repository would say the same again, and change without an event.
 */
const sources: Sources = {
  graphql: {
    type: "RepositoryCollaboratorEdge",
    key: "node { ...actor }",
    toKey: (edge) => ({ user: toUser(edge["node"]) }),
    whole: { fields: "permissionSources { permission roleName source { __typename } }", lists: [], toInput: ofEdge },
    children: [],
  },
  rest: noWay("REST tells what somebody may do by all ways together, not what the repository granted."),
  list: [{ by: "graphql", of: "repository", connection: { field: "collaborators", args: "affiliation: DIRECT", first: 100, edges: true }, changed: null, with: [] }],
  one: [{ by: "list" }],
  count: { by: "graphql", of: "repository", field: "collaborators", args: "affiliation: DIRECT" },
  inventory: { by: "list" },
  deletion: { events: ["member.removed"], answers410: false, listing: true },
  permission: { on: "repository", name: "administration", access: "read", scope: "repo" },
};

export const collaborator = defineKind({
  name: "collaborator",
  description: "What a repository granted to somebody from inside or outside of the organisation.",
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
      const [permission, key] = [newPermission(part(payload, "changes")), textAt(user, "login")];
      return permission === undefined ? [{ is: "changed", key }] : [{ is: "present", input: { user, permission }, key }];
    },
  },
  sources,
});

/** The sources are told to those who may administer the repository: for others it is not whole. */
function ofEdge(edge: JsonObject): JsonObject | null {
  const told = Array.isArray(edge["permissionSources"]);
  const own = objectsAt(edge, "permissionSources").find((granted) => part(granted, "source")?.["__typename"] === "Repository");
  if (told && own === undefined) return null;
  return { user: toUser(edge["node"]), permission: permissionOfRole(textAt(own, "roleName") ?? "") ?? permissionOfRole(textAt(own, "permission") ?? "") };
}

/**
 * GitHub's schema of `member.added`: `permission` is kept for old readers, "maintain is mapped to write and triage to
 * read", and `role_name` is right. An edit has no `role_name`. So those two say nothing certain where they stand alone.
 */
function newPermission(changes: JsonObject | undefined): Permission | undefined {
  const role = textAt(part(changes, "role_name"), "to");
  if (role !== undefined) return permissionOfRole(role);
  const told = permissionOfRole(textAt(part(changes, "permission"), "to") ?? "");
  return told === "pull" || told === "push" ? undefined : told;
}
