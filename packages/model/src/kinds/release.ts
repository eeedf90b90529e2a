import { defineKind } from "../define-kind.ts";
import { actor, count, date, flag, keyword, link, nullable, object, orNothing, prose, setOf, title } from "../field.ts";
import { objectAt } from "../object-at.ts";
import { nodeId } from "../references.ts";
import { notYet } from "../sources.ts";

/** Downloads are counted without an event, and GraphQL does not know the target branch: neither is here. */
export const release = defineKind({
  name: "release",
  description: "A release, also a draft of one, with its files.",
  scope: "repository",
  identity: ["id"],
  fields: {
    id: count,
    node_id: nodeId,
    tag_name: keyword,
    name: orNothing(title),
    body: prose,
    draft: flag,
    prerelease: flag,
    author: actor,
    assets: setOf(object({ name: keyword, content_type: keyword, size: count })),
    created_at: date,
    published_at: nullable(date),
    html_url: link,
  },
  fromWebhook: { release: objectAt("release") },
  sources: notYet,
});
