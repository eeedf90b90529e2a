import { defineKind } from "../define-kind.ts";
import { date, keyword, nullable, raw } from "../field.ts";
import { neverAsked } from "../sources.ts";

/** What a job must know of the last time. */
export const syncState = defineKind({
  name: "sync-state",
  description: "How far a poll or a load came: its watermark, the ETags of its pages, its cursor.",
  scope: "either",
  identity: ["id"],
  fields: {
    /** What it is of, and of which repository, kind or page. */
    id: keyword,
    /** `poll`, `backfill`, `page` or another word of the job's. */
    type: keyword,
    kind: nullable(keyword),
    /** Everything up to here is stored. */
    watermark: nullable(date),
    etag: nullable(keyword),
    last_modified: nullable(keyword),
    /** As GitHub gave it, or whatever the job goes on with. */
    cursor: raw,
    updated_at: date,
  },
  fromWebhook: {},
  sources: neverAsked("Octally writes it itself."),
});
