import { defineKind } from "../define-kind.ts";
import { account, count, keyword, object } from "../field.ts";
import { noWay, type Sources } from "../sources.ts";

const sources: Sources = {
  graphql: noWay("GraphQL knows outside collaborators one repository at a time."),
  rest: { toInput: (user, { below }) => ({ organization: below, user }) },
  list: [{ by: "rest", of: "organization", path: "/orgs/{org}/outside_collaborators", changed: null, items: "whole" }],
  one: [{ by: "list" }],
  count: noWay("GitHub does not count outside collaborators."),
  inventory: { by: "list" },
  deletion: { events: [], answers410: false, listing: true },
  permission: { on: "organization", name: "members", access: "read", scope: "read:org" },
};

/** What they may do, and where, is told by the kind collaborator. */
export const outsideCollaborator = defineKind({
  name: "outside-collaborator",
  description: "That somebody has a part in a repository of the organisation without being a member.",
  scope: "organization",
  identity: ["organization", "user"],
  fields: { organization: object({ id: count, login: keyword }), user: account },
  fromWebhook: {},
  sources,
});
