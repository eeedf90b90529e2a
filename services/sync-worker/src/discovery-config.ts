import { parseConfig, type Environment } from "@octally/shared/config";
import { parseSources } from "@octally/shared/sources";
import { oneAccess, signedSomewhere, storeVariables } from "@octally/store/store-config";
import * as z from "zod";

/** It asks nothing of GitHub: it begins what the jobs then do. */
const variables = z
  .object({
    ...storeVariables,
    OCTALLY_SOURCES: z.string().default(""),
    BACKFILL_JOBS_QUEUE_URL: z.url(),
    LOG_LEVEL: z.enum(["debug", "info", "warn", "error", "silent"]).default("info"),
  })
  .refine(...oneAccess)
  .refine(...signedSomewhere);

export type DiscoveryConfig = z.output<typeof variables> & { readonly sources: readonly string[] };

/** @throws ConfigError that names every variable that is wrong */
export function readDiscoveryConfig(environment: Environment): DiscoveryConfig {
  const config = parseConfig(variables, environment);
  return { ...config, sources: parseSources(config.OCTALLY_SOURCES) };
}
