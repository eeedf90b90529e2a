import { numberAt, part, textAt, type Json, type JsonObject } from "@octally/shared/json";
import { defineKind, type DeliveryContext, type Sighting } from "../define-kind.ts";
import { actor, count, date, keyword, nullable, object } from "../field.ts";
import { placeOf } from "../place.ts";
import { neverAsked } from "../sources.ts";

type Subject = "issue" | "discussion" | "repository";

/** Octally's own kind: GitHub tells of a transfer in an event, at both ends, and keeps no object of it. */
export const transfer = defineKind({
  name: "transfer",
  description: "That an issue, a discussion or a repository moved, from where to where. Its repository is the new one.",
  scope: "repository",
  identity: ["id"],
  fields: {
    /**
     * An issue or discussion gets a new id by each move, and both ends tell that id. A repository keeps its id, may move
     * back and forth, and tells of each move once: there the second of the delivery is part of it.
     */
    id: keyword,
    subject_kind: keyword,
    /** After the move. */
    subject: object({ id: count, number: nullable(count) }),
    from: object({ id: nullable(count), name_with_owner: keyword }),
    to: object({ id: nullable(count), name_with_owner: keyword }),
    actor,
    at: date,
  },
  fromWebhook: {
    issues: (payload, context) => {
      const changes = part(payload, "changes");
      if (context.action === "transferred") return moved("issue", part(changes, "new_issue"), part(payload, "repository"), part(changes, "new_repository"), payload, context);
      const old = part(changes, "old_repository");
      return context.action === "opened" && old !== undefined ? moved("issue", part(payload, "issue"), old, part(payload, "repository"), payload, context) : [];
    },
    discussion: (payload, context) => {
      const changes = part(payload, "changes");
      if (context.action !== "transferred") return [];
      return moved("discussion", part(changes, "new_discussion"), part(payload, "repository"), part(changes, "new_repository"), payload, context);
    },
    repository: (payload, context) => {
      const repository = part(payload, "repository");
      const from = part(part(part(payload, "changes"), "owner"), "from");
      const owner = textAt(part(from, "organization"), "login") ?? textAt(part(from, "user"), "login");
      if (context.action !== "transferred" || owner === undefined) return [];
      const old = { id: numberAt(repository, "id"), full_name: `${owner}/${textAt(repository, "name") ?? ""}` };
      return moved("repository", repository, old, repository, payload, context);
    },
  },
  sources: neverAsked("GitHub tells of a transfer in an event, and keeps no object of it."),
});

function moved(kind: Subject, subject: JsonObject | undefined, from: JsonObject | undefined, to: JsonObject | undefined, payload: JsonObject, context: DeliveryContext): Sighting[] {
  const [id, place] = [numberAt(subject, "id"), placeOf(to)];
  if (id === undefined || place === undefined) return [];
  const input = {
    id: kind === "repository" ? `${kind}:${id}:${Math.floor(Date.parse(context.observedAt) / 1000)}` : `${kind}:${id}`,
    subject_kind: kind,
    subject: { id, number: numberAt(subject, "number") ?? null },
    from: refOf(from),
    to: refOf(to),
    actor: payload["sender"] ?? null,
    at: context.observedAt,
  };
  return [{ is: "present", input, place }];
}

function refOf(repository: JsonObject | undefined): Json {
  return { id: numberAt(repository, "id") ?? null, name_with_owner: textAt(repository, "full_name") };
}
