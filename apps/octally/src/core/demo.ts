/** The demonstration: a simulated GitHub with a made-up organisation, for who has not named a GitHub of their own yet. */
import { join } from "node:path";
import type { Environment } from "@octally/shared/config";

export const DEMO_ORGANISATION = "octo-demo";
/** The lowest of the ports it takes by itself; `octally simulate` listens there, too. */
export const DEMO_PORT = 4100;
/** Nobody outside this machine can reach what it opens. */
export const DEMO_TOKEN = "ghp_octallydemonstration0000000000000000";
/** One every two seconds; most of them come in bursts, as on GitHub. */
export const DEMO_EVENTS_PER_MINUTE = 30;

/** Who has set one of these means a GitHub, or a store, of their own: made-up documents have no place there. */
const OWN_SETTINGS = ["GITHUB_TOKEN", "GITHUB_APP_ID", "GITHUB_API_URL", "GITHUB_WEBHOOK_SECRET", "OCTALLY_SOURCES", "OPENSEARCH_URL"] as const;

/** As instance.json and the ready line say it. */
export type Demo = { readonly organisation: string; readonly api_url: string; readonly token: string; /** Its queue, its state and, but with OPENSEARCH_URL, its store. */ readonly folder: string; /** Its documents lie in a store of the user's own. */ readonly in_own_store: boolean };

export type DemoChoice = { readonly on: boolean; readonly because: string };

/** `asked`: by `--demo` or `--no-demo`, which have the last word; then OCTALLY_DEMO; then what else is set. */
export function decideDemo(environment: Environment, asked?: boolean): DemoChoice {
  if (asked !== undefined) return { on: asked, because: asked ? "--demo" : "--no-demo" };
  const setting = environment["OCTALLY_DEMO"];
  if (setting === "on" || setting === "off") return { on: setting === "on", because: `OCTALLY_DEMO=${setting}` };
  const own = OWN_SETTINGS.find((name) => (environment[name] ?? "") !== "");
  return own === undefined ? { on: true, because: "no GitHub of your own is named" } : { on: false, because: `${own} is set` };
}

/** Of these the commands that read GitHub take the demonstration's own while it runs. */
const READING_SETTINGS = ["GITHUB_TOKEN", "GITHUB_APP_ID", "GITHUB_API_URL", "OCTALLY_SOURCES"] as const;

/** What to say to whoever set a GitHub of their own and meets a running demonstration; undefined where there is nothing to say. */
export function unusedSettings(demo: Demo | null, environment: Environment): string | undefined {
  const unused = READING_SETTINGS.filter((name) => (environment[name] ?? "") !== "");
  if (demo === null || unused.length === 0) return undefined;
  return `Not used: ${unused.join(", ")}. What runs here is the demonstration, which has a GitHub of its own; to read yours, stop it and start "./octally up" with ${unused.length === 1 ? "this setting" : "these settings"}.`;
}

export function planDemo(home: string, port: number, inOwnStore: boolean): Demo {
  return { organisation: DEMO_ORGANISATION, api_url: `http://127.0.0.1:${port}`, token: DEMO_TOKEN, folder: join(home, "demo"), in_own_store: inOwnStore };
}
