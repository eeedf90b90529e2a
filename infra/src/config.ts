/** What can be chosen of a deployment: one schema, read from `infra/octally.config.json`. It holds names of secrets, never secrets. */
import { readFileSync } from "node:fs";
import * as z from "zod";
import { httpsUrl, parameterName } from "./config-fields.ts";
import { containerConfig } from "./container-config.ts";
import { githubSettings } from "./github-config.ts";

/** The file is missing, cannot be read, or says something that cannot be; the message says which line and what to do. */
export class ConfigurationError extends Error {
  override readonly name = "ConfigurationError";
}

const domainArn = z.string().regex(/^arn:aws[a-z-]*:es:[a-z0-9-]+:\d{12}:domain\/[a-z][a-z0-9-]{2,27}$/, "must be the ARN of an OpenSearch domain: arn:aws:es:REGION:ACCOUNT:domain/NAME");

const managedStore = z.strictObject({
  kind: z.literal("managed"),
  /** `small`: one node, for trying out and up to some millions of documents. `production`: three zones, dedicated managers. */
  size: z.enum(["small", "production"]).default("small"),
  /** Disk of each data node. */
  gigabytes: z.int().min(10).max(3000).optional(),
});

/** An OpenSearch that is there already: a domain of this account (SigV4), or any other with a user and a password. */
const existingStore = z.strictObject({
  kind: z.literal("existing"),
  endpoint: httpsUrl,
  domainArn: domainArn.optional(),
  credentialsParameter: parameterName.optional(),
});

const store = z.discriminatedUnion("kind", [managedStore, existingStore], { error: 'must be { "kind": "managed", … } or { "kind": "existing", … }' }).superRefine((value, context) => {
  if (value.kind !== "existing") return;
  if ((value.domainArn === undefined) === (value.credentialsParameter === undefined)) {
    context.addIssue({ code: "custom", message: 'needs either "domainArn" (a domain of AWS, reached by SigV4) or "credentialsParameter" (an SSM parameter that holds user:password)' });
  }
});

/** CloudWatch keeps logs for exactly one of these numbers of days. */
const RETENTION_DAYS = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653] as const;

export const infraConfig = z.strictObject({
  /** Terraform refuses to touch any other account. */
  account: z.string({ error: "is missing: the 12 digits of the AWS account (aws sts get-caller-identity)" }).regex(/^\d{12}$/, "must be the 12 digits of the AWS account, in quotes"),
  region: z.string({ error: "is missing: the AWS region, as eu-central-1" }).regex(/^[a-z]{2}(-[a-z]+)+-\d$/, "must be an AWS region, as eu-central-1"),
  /** Begins the name of every resource; two deployments in one account need two. */
  name: z.string().regex(/^[a-z][a-z0-9-]{2,15}$/, "must be 3 to 16 lower-case letters, digits and hyphens").default("octally"),
  store: store.default({ kind: "managed", size: "small" }),
  webhook: z
    .strictObject({
      secretParameter: parameterName.default("/octally/github-webhook-secret"),
      /** Only while the secret is being changed. */
      previousSecretParameter: parameterName.optional(),
      /** The route is open to the world: what is beyond these is answered 429, and bounds what a flood costs (docs/deploy.md). */
      requestsPerSecond: z.int().min(1).max(1000).default(25),
      burst: z.int().min(1).max(2000).default(250),
      concurrency: z.int().min(1).max(500).default(10),
    })
    .prefault({}),
  github: githubSettings.optional(),
  /** Of both queues of jobs; only with `github`. */
  jobs: z.strictObject({ concurrency: z.int().min(2, "must be at least 2: what SQS event sources allow").max(20, "must be at most 20: GitHub lets one token do so much, however many ask").default(2) }).prefault({}),
  /** Only with `github`. */
  checks: z
    .strictObject({
      /** In so many days everything is compared with GitHub one by one. */
      auditDays: z.int().min(1).max(365).default(30),
      /** That one check may order. */
      mostRepairs: z.int().min(1).default(500),
      /** Below it for six hours, with nothing on its way that explains it, an alarm rings. */
      completenessPercent: z.number().min(50).max(100).default(99),
    })
    .prefault({}),
  /** The key of the SSM parameters, where they are not under the account's own `aws/ssm`. */
  secretsKeyArn: z.string().regex(/^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[\w-]+$/, "must be the ARN of a KMS key").optional(),
  worker: z
    .strictObject({
      /** Of the function. */
      concurrency: z.int().min(2, "must be at least 2: what SQS event sources allow").max(1000).default(4),
      /** A process on Fargate takes the function's place; without it nothing of Fargate is made. */
      container: containerConfig.optional(),
    })
    .prefault({}),
  /** A new account runs ten functions at once and can reserve none of them (docs/deploy.md): then false, until AWS raised it. */
  reserveConcurrency: z.boolean().default(true),
  alarms: z
    .strictObject({
      emails: z.array(z.email("must be an e-mail address")).default([]),
      /** Before the path of a page in the links of the alarms. */
      runbooks: z.string().default("docs/runbooks"),
    })
    .prefault({}),
  /** Of the whole account: costs are told apart by tags only after somebody activated them in the billing console. */
  budget: z.strictObject({ monthlyDollars: z.number().positive() }).default({ monthlyDollars: 100 }),
  logDays: z.literal(RETENTION_DAYS, { error: `must be one of CloudWatch's: ${RETENTION_DAYS.join(", ")}` }).default(30),
  archive: z.strictObject({ coldAfterDays: z.int().min(1).default(30) }).prefault({}),
  tracing: z.boolean().default(false),
  /** An S3 bucket for Terraform's state; without it the state is a file in `infra/`. */
  state: z.strictObject({ bucket: z.string().min(3), region: z.string().optional(), key: z.string().min(1).default("octally/terraform.tfstate") }).optional(),
});

export type InfraConfig = z.output<typeof infraConfig>;

/** @throws ConfigurationError that names everything that is wrong, one a line */
export function parseInfraConfig(input: unknown, source = "The configuration"): InfraConfig {
  const parsed = infraConfig.safeParse(input);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map(({ path, message }) => `  ${path.length === 0 ? "" : `${path.join(".")}: `}${message}`);
  throw new ConfigurationError(`${source} is not valid:\n${lines.join("\n")}\nEvery setting is described in infra/README.md.`);
}

/** @throws ConfigurationError */
export function readInfraConfig(file: string): InfraConfig {
  return parseInfraConfig(parseJson(readText(file), file), file);
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw new ConfigurationError(`${file} cannot be read. Copy infra/octally.config.example.json there and fill it in, or name another file in OCTALLY_INFRA_CONFIG.`, { cause });
  }
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ConfigurationError(`${file} is not JSON: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}
