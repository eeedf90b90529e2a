import { defineKind } from "../define-kind.ts";
import { count, date, keyword, nullable, object, prose } from "../field.ts";
import { neverAsked } from "../sources.ts";

/** What GitHub says there is, and what the store holds, of one kind in one repository or in the organisation; and the sum of these. */
export const coverage = defineKind({
  name: "coverage",
  description: "How complete the mirror of one kind in one repository is, and why it is not.",
  scope: "either",
  identity: ["id"],
  fields: {
    /** The repository's id or the organisation's login, and the kind; for the history also the day. */
    id: keyword,
    /** `*` in the total of all kinds. */
    kind: keyword,
    /** `repository` and `organization`: one place. `total`: the sum of an organisation's places, by kind. */
    level: keyword,
    /** Of the history; null in the present. */
    day: nullable(date),
    /** Null where GitHub does not count them. */
    expected: nullable(count),
    stored: count,
    missing: nullable(count),
    surplus: nullable(count),
    stale: nullable(count),
    /** `complete`, `settling`, `repairing`, `cannot-see`, `stuck`, `not-countable` or `unknown`. Of a total: the worst of its places. */
    status: keyword,
    reason: prose,
    /** What the token lacks, as GitHub names it: `issues=read`. */
    permission: nullable(keyword),
    /** Since when it has not been complete. */
    incomplete_since: nullable(date),
    checked_at: date,
    /** When ids and times were compared one by one, the last time. */
    audited_at: nullable(date),
    /** Repairs of this difference so far: after three it is stuck. */
    attempts: count,
    /** When the last one was ordered. */
    repaired_at: nullable(date),
    /** The inventory whose end is waited for: its run, why and when it was ordered. */
    repair: nullable(object({ run: keyword, purpose: keyword, ordered_at: date })),
    /** Of a total: how many places are complete, and how many there are that can be counted. */
    places: nullable(object({ complete: count, countable: count, all: count })),
  },
  fromWebhook: {},
  sources: neverAsked("Octally writes it itself."),
});
