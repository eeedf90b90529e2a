import * as z from "zod";
import { workerConfig } from "./config.ts";

/** The environment of the jobs' worker; which GitHub, and as whom, says `githubConfig` (packages/github). */
export const jobsConfig = workerConfig.and(
  z.object({
    BACKFILL_JOBS_QUEUE_URL: z.url(),
    /** Of both queues of jobs. */
    SYNC_JOBS_DEAD_LETTER_QUEUE_URL: z.url(),
  }),
);

export type JobsConfig = z.output<typeof jobsConfig>;
