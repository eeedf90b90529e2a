/** What the run of an inventory says of it. Pure. */
import * as z from "zod";
import type { Report } from "./decide-coverage.ts";

const runDocument = z.object({
  state: z.string(),
  reason: z.string().nullish(),
  updated_at: z.string(),
  finished_at: z.string().nullish(),
  done: z.number().nullish(),
  missing: z.number().nullish(),
  surplus: z.number().nullish(),
  stale: z.number().nullish(),
  missing_permission: z.string().nullish(),
});

/** Undefined: nothing that can be read; then it is as if nobody had been heard. */
export function toReport(document: unknown): Report | undefined {
  const parsed = runDocument.safeParse(document);
  if (!parsed.success) return undefined;
  const { state, reason, updated_at: updatedAt, finished_at: finishedAt, done: listed, missing, surplus, stale, missing_permission: permission } = parsed.data;
  const at = finishedAt ?? updatedAt;
  if (state === "waiting" || state === "running") return { is: "running", at: updatedAt };
  if (state === "cannot-see" || (permission !== null && permission !== undefined)) return { is: "blind", at, permission: permission ?? null, reason: reason ?? "The token may not list them." };
  if (state === "done") return { is: "done", at, missing: missing ?? 0, surplus: surplus ?? 0, stale: stale ?? 0, ...(listed === null || listed === undefined ? {} : { listed }) };
  return { is: "failed", at, reason: reason ?? `The inventory ended as "${state}".` };
}
