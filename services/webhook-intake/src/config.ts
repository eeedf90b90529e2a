import * as z from "zod";

/** GitHub never delivers more than 25 MB (docs: "payload cap"); API Gateway and Lambda cut at 10 MB and 6 MB before that. */
const GITHUB_PAYLOAD_CAP_BYTES = 25 * 1024 * 1024;

function required(meaning: string): z.ZodString {
  return z.string({ error: meaning });
}

const SECRET = "the secret that was entered in the webhook's settings at GitHub; deliveries are checked against it. Or set GITHUB_WEBHOOK_SECRET_PARAMETER, the name of the SSM parameter that holds it.";

const variables = z.object({
  GITHUB_WEBHOOK_SECRET: z.string().optional(),
  /** The name of an SSM parameter (SecureString), which is read at the start. */
  GITHUB_WEBHOOK_SECRET_PARAMETER: z.string().optional(),
  /** While a secret is being changed: the old one, until GitHub's settings have the new one. */
  GITHUB_WEBHOOK_SECRET_PREVIOUS: z.string().optional(),
  GITHUB_WEBHOOK_SECRET_PREVIOUS_PARAMETER: z.string().optional(),
  DELIVERIES_QUEUE_URL: required("the URL of the SQS queue that takes the deliveries."),
  ARCHIVE_BUCKET: required("the S3 bucket for bodies that are too large for the queue."),
  WEBHOOK_MAX_BYTES: z.coerce.number({ error: "must be a number of bytes." }).int().positive().default(GITHUB_PAYLOAD_CAP_BYTES),
  LOG_LEVEL: z.enum(["debug", "info", "warn", "error", "silent"]).default("info"),
});

type Secrets = Partial<z.output<typeof variables>>;

/** Also when another variable is wrong: all that is wrong is told at once. */
const always = { when: () => true };

export const intakeConfig = variables
  .refine((set: Secrets) => set.GITHUB_WEBHOOK_SECRET !== undefined || set.GITHUB_WEBHOOK_SECRET_PARAMETER !== undefined, { ...always, path: ["GITHUB_WEBHOOK_SECRET"], error: SECRET })
  .refine((set: Secrets) => set.GITHUB_WEBHOOK_SECRET === undefined || set.GITHUB_WEBHOOK_SECRET_PARAMETER === undefined, {
    ...always,
    path: ["GITHUB_WEBHOOK_SECRET_PARAMETER"],
    error: "set this or GITHUB_WEBHOOK_SECRET, not both.",
  })
  .refine((set: Secrets) => set.GITHUB_WEBHOOK_SECRET_PREVIOUS === undefined || set.GITHUB_WEBHOOK_SECRET_PREVIOUS_PARAMETER === undefined, {
    ...always,
    path: ["GITHUB_WEBHOOK_SECRET_PREVIOUS_PARAMETER"],
    error: "set this or GITHUB_WEBHOOK_SECRET_PREVIOUS, not both.",
  });

export type IntakeConfig = z.output<typeof intakeConfig>;
