import { defineKind } from "../define-kind.ts";
import { addedLater, count, date, keyword, listOf, nullable, prose, raw } from "../field.ts";
import { neverAsked } from "../sources.ts";

/** One for each backfill, poll or repair. */
export const syncRun = defineKind({
  name: "sync-run",
  description: "A backfill, a poll or a repair: how far it is, what it cost, how it ended.",
  scope: "either",
  identity: ["id"],
  fields: {
    id: keyword,
    /** `backfill`, `poll`, `inventory`, `repair`, `audit` … */
    type: keyword,
    kind: nullable(keyword),
    /** Organisations, users and `owner/name` that it is of, and the kinds; empty: what is its parent's. */
    sources: listOf(keyword),
    kinds: listOf(keyword),
    /** The run that it is a part of. */
    parent_id: nullable(keyword),
    /** `waiting`, `running`, `done`, `failed`, `cannot-see` or `stopped`. */
    state: keyword,
    /** Why it was begun, or why it ended so. */
    reason: prose,
    started_at: date,
    updated_at: date,
    finished_at: nullable(date),
    /** It waits for GitHub's budget until then. */
    waiting_until: nullable(date),
    /** By GitHub's count; null where GitHub does not count. */
    expected: nullable(count),
    /** Things seen. */
    done: count,
    written: count,
    /** The store had it as new or newer. */
    unchanged: count,
    deleted: count,
    /** Of an inventory: what GitHub listed and the store lacked, what the store held and GitHub did not list, what was older than GitHub's. */
    missing: addedLater(nullable(count), null),
    surplus: addedLater(nullable(count), null),
    stale: addedLater(nullable(count), null),
    /** What the token lacks, as GitHub names it. */
    missing_permission: addedLater(nullable(keyword), null),
    /** Could not be read whole, by any way. */
    failed: count,
    requests: count,
    points: count,
    /** `since` and `until` of a load in chunks. */
    since: nullable(date),
    until: nullable(date),
    /** Where it goes on. */
    cursor: raw,
  },
  fromWebhook: {},
  sources: neverAsked("Octally writes it itself."),
});
