import { part, textAt } from "@octally/shared/json";
import { defineKind } from "../define-kind.ts";
import { addedLater, count, date, flag, keyword, link, orNothing, prose, title } from "../field.ts";
import { nodeId } from "../references.ts";
import { noWay, type Sources } from "../sources.ts";

const sources: Sources = {
  graphql: noWay("REST gives the one organisation in one request."),
  rest: { toInput: (found) => found },
  list: noWay("An organisation is fetched by its login."),
  one: [{ by: "rest", path: "/orgs/{key}", key: "login" }],
  count: noWay("There is one."),
  inventory: noWay("There is one."),
  deletion: { events: ["organization.deleted"], answers410: false, listing: false },
  permission: noWay("Everybody may read it."),
};

export const organization = defineKind({
  name: "organization",
  description: "The organisation: its names and when it was made.",
  scope: "organization",
  identity: ["id"],
  updatedAt: "updated_at",
  fields: {
    id: count,
    node_id: nodeId,
    login: keyword,
    name: orNothing(title),
    description: prose,
    company: orNothing(keyword),
    blog: orNothing(link),
    location: orNothing(keyword),
    email: orNothing(keyword),
    is_verified: addedLater(flag, false),
    html_url: link,
    created_at: date,
    updated_at: date,
  },
  fromWebhook: {
    organization: (payload, { action }) => {
      const input = part(payload, "organization");
      if (input === undefined || (action !== "renamed" && action !== "deleted")) return [];
      return action === "deleted" ? [{ is: "deleted", input }] : [{ is: "changed", key: textAt(input, "login") }];
    },
  },
  sources,
});
