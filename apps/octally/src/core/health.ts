/** What the local system says about itself. */
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
};

/** Ready means that every part is up; once it has been ready, a part that is not makes it degraded. */
export function decideState(components: readonly Component[], phase: "starting" | "started" | "stopping"): SystemState {
  if (phase !== "started") return phase;
  return components.every(({ state }) => state === "up") ? "ready" : "degraded";
}
