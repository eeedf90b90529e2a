import { part, textAt, type JsonObject } from "@octally/shared/json";
import type { RelocateRepositoryJob } from "@octally/shared/sync-job";
import { defineKind, type DeliveryContext, type Sighting } from "../define-kind.ts";
import { account, addedLater, count, date, flag, keyword, link, lowerKeyword, nullable, object, orNothing, prose, setOf, title } from "../field.ts";
import { ownerOf, placeOf, toRepositoryRef } from "../place.ts";
import { nodeId } from "../references.ts";
import { toKey } from "../graphql-parts.ts";
import { noWay, type Sources } from "../sources.ts";

/** GitHub's lists of an owner's repositories. */
export const REPOSITORIES_OF = { organization: "/orgs/{org}/repos?type=all", user: "/users/{org}/repos?type=owner" } as const;

const sources: Sources = {
  graphql: {
    type: "Repository",
    key: "id databaseId nameWithOwner updatedAt",
    toKey: (node) => ({ ...toKey(node), full_name: textAt(node, "nameWithOwner") }),
    whole: noWay("In GraphQL an empty repository has no default branch, and the forks counted are those of the whole network."),
    children: [],
  },
  rest: { toInput: (found) => found, place: placeOf },
  list: [{ by: "rest", of: "organization", path: REPOSITORIES_OF.organization, ofUser: REPOSITORIES_OF.user, load: "sort=created&direction=desc", changed: { query: "sort=updated&direction=desc", reads: "to the watermark" }, items: "whole" }],
  one: [{ by: "rest", path: "/repos/{+key}", key: "full_name" }],
  count: { by: "graphql", of: "organization", field: "repositories" },
  // Its counts change without its time: the list has them, and is as cheap as the keys.
  inventory: { by: "list" },
  deletion: { events: ["repository.deleted"], answers410: false, listing: true },
  permission: { on: "repository", name: "metadata", access: "read", scope: "repo" },
};

/** Whether there are pages, subscribers, custom properties, a parent: not every source can say, so it is not here. */
export const repository = defineKind({
  name: "repository",
  description: "A repository: what it is, its settings, its counts.",
  scope: "repository",
  identity: ["id"],
  updatedAt: "updated_at",
  fields: {
    id: count,
    node_id: nodeId,
    name: title,
    full_name: title,
    owner: account,
    html_url: link,
    description: prose,
    homepage: orNothing(link),
    private: flag,
    visibility: lowerKeyword,
    fork: flag,
    archived: addedLater(flag, false),
    disabled: addedLater(flag, false),
    is_template: addedLater(flag, false),
    topics: addedLater(setOf(keyword), []),
    language: nullable(keyword),
    license: addedLater(nullable(object({ key: keyword, name: keyword, spdx_id: addedLater(nullable(keyword), null) })), null),
    default_branch: keyword,
    size: count,
    stargazers_count: count,
    forks_count: count,
    open_issues_count: count,
    has_issues: flag,
    has_projects: addedLater(flag, false),
    has_wiki: flag,
    has_discussions: addedLater(flag, false),
    web_commit_signoff_required: addedLater(flag, false),
    created_at: date,
    updated_at: date,
    pushed_at: nullable(date),
  },
  prepare: (input) => ({ ...input, owner: withLogin(input), visibility: input["visibility"] ?? (input["private"] === true ? "private" : "public") }),
  fromWebhook: {
    // Nearly every event carries its repository whole: that keeps the counts fresh.
    "*": (payload, context) => {
      const input = part(payload, "repository");
      if (input === undefined || belongsToAnother(input, payload)) return [];
      if (context.event !== "repository") return [{ is: "present", input, inPassing: true }];
      return [{ is: context.action === "deleted" ? "deleted" : "present", input }, ...relocation(input, payload, context)];
    },
    // A fork within the organisation is a repository of it; anybody else's is not ours to mirror.
    fork: (payload, context) => {
      const input = part(payload, "forkee");
      const own = input !== undefined && context.org !== null && ownerOf(input) === context.org;
      return own ? [{ is: "present", input, place: placeOf(input), inPassing: true }] : [];
    },
  },
  sources,
});

function withLogin(input: JsonObject): JsonObject[string] {
  const owner = part(input, "owner");
  return owner === undefined ? input["owner"] : { ...owner, login: textAt(owner, "login") ?? textAt(owner, "name") };
}

function belongsToAnother(input: JsonObject, payload: JsonObject): boolean {
  const organization = textAt(part(payload, "organization"), "login");
  return organization !== undefined && organization.toLowerCase() !== ownerOf(input)?.toLowerCase();
}

const RELOCATIONS: readonly RelocateRepositoryJob["change"][] = ["renamed", "transferred", "deleted"];

function relocation(input: JsonObject, payload: JsonObject, context: DeliveryContext): Sighting[] {
  const change = RELOCATIONS.find((known) => known === context.action);
  const ref = toRepositoryRef(input);
  if (change === undefined || ref === undefined) return [];
  const from = formerName(input, payload);
  return [{ is: "job", job: { type: "relocate-repository", org: context.org, repository: ref, ...(from === undefined ? {} : { from }), change, at: context.observedAt } }];
}

/** Owner and name before the event; undefined where it does not say. */
function formerName(input: JsonObject, payload: JsonObject): string | undefined {
  const changes = part(payload, "changes");
  const formerOwner = part(part(changes, "owner"), "from");
  const owner = textAt(part(formerOwner, "organization"), "login") ?? textAt(part(formerOwner, "user"), "login");
  const name = textAt(part(part(changes, "repository"), "name"), "from");
  return owner === undefined && name === undefined ? undefined : `${owner ?? ownerOf(input) ?? ""}/${name ?? textAt(input, "name") ?? ""}`;
}
