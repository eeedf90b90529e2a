/** An OpenSearch of the user's own: nothing to start, but its state belongs into the health of the system. */
import { messageOf } from "@octally/shared/errors";
import type { Component, ComponentState } from "./core/health.ts";
import { greetOpenSearch } from "./edges/opensearch-http.ts";
import type { Part, PartOptions } from "./supervise-part.ts";

const PERIOD_MS = 5000;

export function watchOpenSearch(url: string, { clock, onChange }: Pick<PartOptions, "clock" | "onChange">): Part {
  let component: Component = { name: "opensearch", state: "waiting", restarts: 0, since: clock().toISOString() };
  let timer: NodeJS.Timeout | undefined;
  function become(state: ComponentState, problem?: string): void {
    if (component.state === state) return;
    component = { ...component, state, since: clock().toISOString() };
    onChange(component, problem);
  }
  async function look(): Promise<void> {
    try {
      await greetOpenSearch(url);
      if (component.state !== "stopped") become("up");
    } catch (failure) {
      if (component.state !== "stopped") become("down", messageOf(failure));
    }
  }
  return {
    component: () => component,
    start: async () => {
      await greetOpenSearch(url);
      become("up");
      timer = setInterval(() => void look(), PERIOD_MS);
    },
    stop: async () => {
      clearInterval(timer);
      become("stopped");
    },
    kill: () => undefined,
    send: () => undefined,
  };
}
