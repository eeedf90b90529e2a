import { oneAccess, signedSomewhere, storeVariables } from "@octally/store/store-config";
import * as z from "zod";

/** The environment of the worker. */
const variables = z.object({
  DELIVERIES_QUEUE_URL: z.url(),
  DELIVERIES_DEAD_LETTER_QUEUE_URL: z.url(),
  SYNC_JOBS_QUEUE_URL: z.url(),
  ARCHIVE_BUCKET: z.string().min(1),
  ...storeVariables,
  LOG_LEVEL: z.enum(["debug", "info", "warn", "error", "silent"]).default("info"),
});

export const workerConfig = variables.refine(...oneAccess).refine(...signedSomewhere);

export type WorkerConfig = z.output<typeof workerConfig>;
