/** What `octally up` says: to a person, or as one JSON object a line to a program. */
import type { Component } from "./core/health.ts";
import { toReadyScreen } from "./core/ready-screen.ts";
import { withoutCredentials } from "./core/settings.ts";
import type { Instance } from "./instance.ts";

export type UpOutput = {
  /** The renderer of the start's progress: lines where there is no terminal, nothing for programs. */
  readonly progress: "default" | "simple" | "silent";
  readonly ready: (instance: Instance, secretFile: string | undefined) => void;
  readonly changed: (component: Component, problem?: string) => void;
  readonly stopping: () => void;
  readonly stopped: () => void;
};

/** The first line comes when everything is ready; failures go to standard error. */
export function makeJsonOutput(write: (line: string) => void): UpOutput {
  const say = (value: object): void => write(JSON.stringify(value));
  return {
    progress: "silent",
    ready: (instance, secretFile) =>
      say({ event: "ready", ...instance, opensearch_url: withoutCredentials(instance.opensearch_url), webhook_secret_file: secretFile ?? null }),
    changed: (component, problem) => say({ event: "component", ...component, ...(problem === undefined ? {} : { problem }) }),
    stopping: () => say({ event: "stopping" }),
    stopped: () => say({ event: "stopped" }),
  };
}

export function makePersonOutput(write: (line: string) => void, isTerminal: boolean): UpOutput {
  return {
    progress: isTerminal ? "default" : "simple",
    ready: (instance, secretFile) => write(toReadyScreen({ addresses: instance, secretFile })),
    changed: ({ name, state, pid, since }, problem) => {
      const time = since.slice(11, 19);
      if (state === "down") write(`${time}  ${name} ${problem ?? "is down"}; trying again`);
      if (state === "up") write(`${time}  ${name} is up again${pid === undefined ? "" : ` (process ${pid})`}`);
    },
    stopping: () => write("Stopping: what is being worked on is finished first. Ctrl-C again ends everything at once."),
    stopped: () => write("Stopped."),
  };
}
