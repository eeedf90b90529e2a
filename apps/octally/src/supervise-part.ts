/** Keeps one process of the system alive: starts it, says what state it is in, starts it again when it dies. */
import { setTimeout as delay } from "node:timers/promises";
import type { Clock } from "@octally/shared/clock";
import { messageOf } from "@octally/shared/errors";
import type { Component, ComponentState } from "./core/health.ts";
import { restartDelayMs } from "./core/restart-policy.ts";
import type { Child } from "./edges/child-process.ts";

export type Launched = { readonly child: Child; /** Rejects when the process ends, or takes too long, before it is ready. */ readonly ready: Promise<unknown> };

export type PartOptions = {
  readonly name: string;
  readonly launch: () => Promise<Launched>;
  /** Time for a clean end before it is killed. */
  readonly graceMs: number;
  readonly clock: Clock;
  /** After each change of state; `problem` is there when it died or would not start. */
  readonly onChange: (component: Component, problem?: string) => void;
};

export type Part = {
  readonly component: () => Component;
  /** Resolves when it is ready. @throws when the first start fails; later ones are tried for ever. */
  readonly start: () => Promise<void>;
  /** Ends it for good. Harmless at any time. */
  readonly stop: () => Promise<void>;
  readonly kill: () => void;
  readonly send: (message: object) => void;
};

export function supervisePart({ name, launch, graceMs, clock, onChange }: PartOptions): Part {
  const stopped = new AbortController();
  const deathsAtMs: number[] = [];
  let child: Child | undefined;
  let component: Component = { name, state: "waiting", restarts: 0, since: clock().toISOString() };

  function become(state: ComponentState, problem?: string): void {
    const running = child?.isRunning() === true ? { pid: child.pid } : {};
    component = { name, state, ...running, restarts: component.restarts, since: clock().toISOString() };
    onChange(component, problem);
  }

  async function begin(): Promise<void> {
    const launched = await launch();
    launched.ready.catch(() => undefined);
    child = launched.child;
    if (stopped.signal.aborted) return void (await child.stop(graceMs));
    become("starting");
    try {
      await launched.ready;
    } catch (failure) {
      await child.stop(graceMs);
      throw failure;
    }
    if (stopped.signal.aborted) return;
    become("up");
    void keepAlive(launched.child);
  }

  async function keepAlive(running: Child): Promise<void> {
    const { code, signal } = await running.exited;
    let problem = signal === null ? `ended with exit code ${code}` : `was ended by ${signal}`;
    while (!stopped.signal.aborted) {
      deathsAtMs.push(clock().getTime());
      become("down", problem);
      const pause = restartDelayMs(deathsAtMs, clock().getTime());
      await delay(pause, undefined, { signal: stopped.signal }).catch(() => undefined);
      if (stopped.signal.aborted) return;
      component = { ...component, restarts: component.restarts + 1 };
      try {
        await begin();
        return;
      } catch (failure) {
        problem = messageOf(failure);
      }
    }
  }

  return {
    component: () => component,
    start: begin,
    stop: async () => {
      stopped.abort();
      await child?.stop(graceMs);
      become("stopped");
    },
    kill: () => child?.kill(),
    send: (message) => child?.send(message),
  };
}
