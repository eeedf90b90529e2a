import { part, textAt, type JsonObject } from "@octally/shared/json";
import { defineKind } from "../define-kind.ts";
import { account, keyword } from "../field.ts";
import { permissionOfRole, type Permission } from "../permission.ts";
import { notYet } from "../sources.ts";

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
  sources: notYet,
});

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
