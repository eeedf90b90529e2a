import { DEMO_PORT } from "../core/demo.ts";
import { claimedPorts } from "../core/instance-plan.ts";
import type { LocalConfig } from "../core/settings.ts";
import { isPortFree } from "./ports.ts";

const TRIED = 100;

/** The one that was asked for, free or not; else the first free one: nobody needs to know it beforehand. */
export async function chooseDemoPort(config: LocalConfig): Promise<number> {
  if (config.OCTALLY_GITHUB_PORT !== undefined) return config.OCTALLY_GITHUB_PORT;
  const claimed = claimedPorts(config);
  for (let port = DEMO_PORT; port < DEMO_PORT + TRIED; port += 1) if (!claimed.includes(port) && (await isPortFree(port))) return port;
  return DEMO_PORT;
}
