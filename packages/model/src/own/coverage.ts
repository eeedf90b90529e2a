import { defineKind } from "../define-kind.ts";
import { count, date, keyword, nullable, prose } from "../field.ts";
import { neverAsked } from "../sources.ts";

/** What GitHub says there is, and what the store holds, of one kind in one repository or in the organisation. */
export const coverage = defineKind({
  name: "coverage",
  description: "How complete the mirror of one kind in one repository is, and why it is not.",
  scope: "either",
  identity: ["id"],
  fields: {
    /** The repository's id or the organisation's login, and the kind; for the history also the day. */
    id: keyword,
    kind: keyword,
    /** Of the history; null in the present. */
    day: nullable(date),
    /** Null where GitHub does not count them. */
    expected: nullable(count),
    stored: count,
    missing: nullable(count),
    surplus: nullable(count),
    stale: nullable(count),
    /** `complete`, `settling`, `repairing`, `cannot-see`, `stuck` or `unknown`. */
    status: keyword,
    reason: prose,
    /** What the token lacks, as GitHub names it: `issues=read`. */
    permission: nullable(keyword),
    /** Since when it has not been complete. */
    incomplete_since: nullable(date),
    checked_at: date,
    /** When ids and times were compared one by one, the last time. */
    audited_at: nullable(date),
  },
  fromWebhook: {},
  sources: neverAsked("Octally writes it itself."),
});
