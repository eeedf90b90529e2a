/** What the local system says about itself. */
import { silentOnes, type WebhookHealth } from "./checker-news.ts";
import type { StoredTotal } from "./completeness-report.ts";

export type ComponentState = "waiting" | "starting" | "up" | "down" | "stopped";

export type Component = {
  readonly name: string;
  readonly state: ComponentState;
  readonly pid?: number;
  readonly restarts: number;
  /** When it came into this state, ISO 8601. */
  readonly since: string;
};

export type SystemState = "starting" | "ready" | "degraded" | "stopping";

export type Health = {
  readonly state: SystemState;
  readonly opensearch_url: string;
  readonly components: readonly Component[];
  /** Whether what GitHub delivers arrives, hook by hook; empty: not known, or not yet. */
  readonly webhooks: readonly WebhookHealth[];
  /** As the last counts since the start found it, one of each owner. */
  readonly completeness: readonly StoredTotal[];
};

/** Ready means that every part is up, and webhooks are not silent; once it has been ready, a part that is not up makes it degraded. */
export function decideState(components: readonly Component[], phase: "starting" | "started" | "stopping", webhooks: readonly WebhookHealth[]): SystemState {
  if (phase !== "started") return phase;
  return components.every(({ state }) => state === "up") && silentOnes(webhooks).length === 0 ? "ready" : "degraded";
}
