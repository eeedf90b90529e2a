import * as z from "zod";

/** The environment of the worker. */
const variables = z.object({
  DELIVERIES_QUEUE_URL: z.url(),
  DELIVERIES_DEAD_LETTER_QUEUE_URL: z.url(),
  SYNC_JOBS_QUEUE_URL: z.url(),
  ARCHIVE_BUCKET: z.string().min(1),
  OPENSEARCH_URL: z.url(),
  /** Sign requests with the function's role: `es` for a domain of AWS, `aoss` for a serverless collection. */
  OPENSEARCH_SIGNING_SERVICE: z.enum(["es", "aoss"]).optional(),
  /** Where the domain is, if not where the function is. */
  OPENSEARCH_SIGNING_REGION: z.string().optional(),
  /** The name of an SSM parameter (SecureString) that holds `user:password`. */
  OPENSEARCH_CREDENTIALS_PARAMETER: z.string().optional(),
  /** Set by Lambda. */
  AWS_REGION: z.string().optional(),
  /** Before every index and alias name; only tests change it. */
  OCTALLY_INDEX_PREFIX: z.string().min(1).default("octally"),
  LOG_LEVEL: z.enum(["debug", "info", "warn", "error", "silent"]).default("info"),
});

type Access = Partial<z.output<typeof variables>>;

/** Also when another variable is wrong: all that is wrong is told at once. */
const always = { when: () => true };

export const workerConfig = variables
  .refine((set: Access) => set.OPENSEARCH_SIGNING_SERVICE === undefined || set.OPENSEARCH_CREDENTIALS_PARAMETER === undefined, {
    ...always,
    path: ["OPENSEARCH_CREDENTIALS_PARAMETER"],
    error: "set this or OPENSEARCH_SIGNING_SERVICE, not both.",
  })
  .refine((set: Access) => set.OPENSEARCH_SIGNING_SERVICE === undefined || (set.OPENSEARCH_SIGNING_REGION ?? set.AWS_REGION) !== undefined, {
    ...always,
    path: ["OPENSEARCH_SIGNING_REGION"],
    error: "requests are signed for a region: set this, or AWS_REGION.",
  });

export type WorkerConfig = z.output<typeof workerConfig>;
