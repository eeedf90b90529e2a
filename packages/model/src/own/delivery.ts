import { defineKind } from "../define-kind.ts";
import { count, date, flag, keyword, listOf, nullable, object, actorOrNobody, title, lowerKeyword } from "../field.ts";
import { neverAsked } from "../sources.ts";

/** Every delivery is kept, also of an event or action that no kind knows yet. */
export const delivery = defineKind({
  name: "delivery",
  description: "One webhook delivery: what GitHub sent, when, and what became of it.",
  scope: "organization",
  identity: ["id"],
  indices: "monthly",
  fields: {
    /** Hook id and GUID: several hooks receive the same GUID. */
    id: keyword,
    guid: keyword,
    hook_id: keyword,
    target_type: nullable(lowerKeyword),
    target_id: nullable(keyword),
    event: keyword,
    action: nullable(keyword),
    sender: actorOrNobody,
    /** What the event is about: the object that bears the event's name, where there is one. */
    subject: nullable(object({ type: keyword, id: nullable(keyword), number: nullable(count), title: nullable(title), html_url: nullable(keyword) })),
    installation_id: nullable(count),
    /** By GitHub's clock, where the GUID tells it. */
    sent_at: nullable(date),
    /** By the intake's clock. */
    received_at: date,
    /** Of the raw body. */
    bytes: count,
    /** The archive's object that holds the raw body. */
    archive_key: nullable(keyword),
    /** The kinds of the documents that were derived from it. */
    kinds: listOf(keyword),
    /** The kinds of which something had to be asked for, because the payload does not hold it whole. */
    refreshes: listOf(keyword),
    /** Whether an event or action of this name made any document or job. */
    understood: flag,
  },
  fromWebhook: {},
  sources: neverAsked("GitHub tells it by delivering. What was delivered in the last 3 days stands in the delivery log of the webhook."),
});
