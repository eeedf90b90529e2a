import { defineKind } from "../define-kind.ts";
import { addedLater, count, date, keyword, listOf, nullable, prose, raw } from "../field.ts";
import { neverAsked } from "../sources.ts";

/** Replaced only as it was read (packages/store/src/state.ts): whoever took the lease works on, everybody else leaves it alone. */
export const syncPart = defineKind({
  name: "sync-part",
  description: "One part of a run: one list of one repository or organisation, how far it was read, by whom, at what cost.",
  scope: "either",
  identity: ["id"],
  fields: {
    id: keyword,
    run: keyword,
    /** `discover` or `backfill`. */
    type: keyword,
    source: keyword,
    /** What the list is of; null for the discovery of a source. */
    kind: nullable(keyword),
    /** waiting, running, done, failed, cannot-see, gone. */
    state: keyword,
    /** Nudges of an earlier turn have done what they were sent for. */
    turn: count,
    /** Where to go on. */
    cursor: raw,
    lease_until: nullable(date),
    lease_by: nullable(keyword),
    not_before: nullable(date),
    /** GitHub's own count of the kind. */
    expected: nullable(count),
    /** Of the kind, so far. */
    seen: count,
    /** Documents of all kinds that came with it. */
    written: count,
    /** Something later was there already. */
    superseded: count,
    /** What GitHub gave incompletely, and is asked for again one by one. */
    refreshes: count,
    /** What could not be had or stored at all. */
    gaps: count,
    requests: count,
    /** Of the hourly budgets, REST's requests and GraphQL's points together. */
    points: count,
    /** Failures in a row. */
    failures: count,
    reason: nullable(prose),
    missing_permission: nullable(prose),
    /** What is not there because of it. */
    missing_kinds: addedLater(listOf(keyword), []),
    started_at: nullable(date),
    finished_at: nullable(date),
    /** The job, so that its nudge can be sent again. */
    job: raw,
  },
  fromWebhook: {},
  sources: neverAsked("Octally writes it itself."),
});
