import { part, textAt } from "@octally/shared/json";
import { defineKind } from "../define-kind.ts";
import { account, count, keyword, lowerKeyword, object } from "../field.ts";
import { toUser } from "../graphql-parts.ts";
import type { Sources } from "../sources.ts";

/** The roles are told to members alone: to others each is missing, and no document is written. */
const sources: Sources = {
  graphql: {
    type: "OrganizationMemberEdge",
    key: "node { ...actor }",
    toKey: (edge, { below }) => ({ organization: below, user: toUser(edge["node"]) }),
    whole: { fields: "role", lists: [], toInput: (edge, { below }) => ({ organization: { id: below["id"], login: below["login"] }, user: toUser(edge["node"]), role: edge["role"] }) },
    children: [],
  },
  rest: { toInput: (found) => (found["state"] === "pending" ? null : found) },
  list: [{ by: "graphql", of: "organization", connection: { field: "membersWithRole", first: 100, edges: true }, changed: null, with: [] }],
  one: [{ by: "rest", path: "/orgs/{org}/memberships/{key}", key: "user.login" }],
  count: { by: "graphql", of: "organization", field: "membersWithRole" },
  inventory: { by: "list" },
  deletion: { events: ["organization.member_removed"], answers410: false, listing: true, shown: true },
  permission: { on: "organization", name: "members", access: "read", scope: "read:org" },
};

/** `membership.state` is not here: who is invited is not a member, and recorded `member_added` events still say "pending". */
export const member = defineKind({
  name: "member",
  description: "That somebody is a member of the organisation, and in which role.",
  scope: "organization",
  identity: ["organization", "user"],
  fields: {
    organization: object({ id: count, login: keyword }),
    user: account,
    /** `admin` (an owner) or `member`. */
    role: lowerKeyword,
  },
  fromWebhook: {
    organization: (payload, { action }) => {
      const [membership, organization] = [part(payload, "membership"), part(payload, "organization")];
      if (membership === undefined || action === "member_invited") return [];
      const input = { ...membership, organization };
      if (action === "member_removed") return [{ is: "deleted", input }];
      return [{ is: "present", input, key: textAt(part(membership, "user"), "login") }];
    },
  },
  sources,
});
