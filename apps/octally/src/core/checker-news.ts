/** What the checker tells the rest of the local system. Pure. */
import type { CheckSummary } from "@octally/integrity-checker/handler";
import type { StoredTotal } from "./completeness-report.ts";

/** Whether what GitHub delivers arrives: what became of the last ping of a hook. */
export type WebhookHealth = {
  /** Its place in GitHub's API. */
  readonly hook: string;
  readonly health: "unknown" | "waiting" | "well" | "silent" | "cannot-ask";
  readonly asked_at: string | null;
  readonly seen_at: string | null;
  readonly reason: string | null;
};

export type CheckerNews = {
  /** One of each owner, as the last counts found it. */
  readonly completeness?: readonly StoredTotal[];
  readonly webhooks?: readonly WebhookHealth[];
};

export function newsOf({ totals, canary }: Pick<CheckSummary, "totals" | "canary">): CheckerNews {
  return {
    ...(totals.length === 0 ? {} : { completeness: totals.map(({ org, expected, stored, missing, surplus, stale, status, checked_at }) => ({ org, expected, stored, missing, surplus, stale, status, checked_at })) }),
    ...(canary === undefined ? {} : { webhooks: canary.map(({ hook, state: { health, asked_at, seen_at, reason } }) => ({ hook: hook.path, health, asked_at, seen_at, reason })) }),
  };
}

/** A ping was asked for and has not come: nothing that GitHub delivers arrives. */
export function silentOnes(webhooks: readonly WebhookHealth[]): readonly WebhookHealth[] {
  return webhooks.filter(({ health }) => health === "silent");
}
