import { githubConfig } from "@octally/github/config";
import { parseConfig, type Environment } from "@octally/shared/config";
import { parseSources } from "@octally/shared/sources";
import { oneAccess, signedSomewhere, storeVariables } from "@octally/store/store-config";
import * as z from "zod";

const whole = (fallback: number): z.ZodDefault<z.ZodCoercedNumber> => z.coerce.number().int().min(1).default(fallback);

/** The environment of the checker, beside GitHub's (packages/github/src/config.ts). */
const checkerVariables = z
  .object({
    ...storeVariables,
    OCTALLY_SOURCES: z.string().default(""),
    SYNC_JOBS_QUEUE_URL: z.url(),
    DELIVERIES_QUEUE_URL: z.url(),
    /** Where GitHub delivers to: finds hooks that have never delivered. */
    OCTALLY_WEBHOOK_URL: z.url().optional(),
    /** In so many days everything is compared one by one. */
    OCTALLY_AUDIT_DAYS: whole(30),
    /** Inventories that one check may order. */
    OCTALLY_MOST_REPAIRS: whole(500),
    LOG_LEVEL: z.enum(["debug", "info", "warn", "error", "silent"]).default("info"),
  })
  .refine(...oneAccess)
  .refine(...signedSomewhere);

export type CheckerConfig = { readonly checker: z.output<typeof checkerVariables>; readonly github: z.output<typeof githubConfig>; readonly sources: readonly string[] };

/** @throws ConfigError that names every variable that is wrong */
export function readCheckerConfig(environment: Environment): CheckerConfig {
  const checker = parseConfig(checkerVariables, environment);
  return { checker, github: parseConfig(githubConfig, environment), sources: parseSources(checker.OCTALLY_SOURCES) };
}
