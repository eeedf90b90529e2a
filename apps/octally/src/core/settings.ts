/** Every environment variable of the local system, with what `octally config` says about it. */
import { areSources } from "@octally/shared/sources";
import * as z from "zod";

export type Setting = {
  readonly name: string;
  readonly meaning: string;
  /** What applies when it is not set, in words. */
  readonly fallback: string;
  /** Never shown. */
  readonly secret?: boolean;
};

export const settings: readonly Setting[] = [
  { name: "OCTALLY_SOURCES", meaning: "organisations, users or owner/name repositories to mirror, comma-separated", fallback: "none: only webhooks are taken in" },
  { name: "GITHUB_TOKEN", meaning: "a token to read GitHub with", fallback: "none", secret: true },
  { name: "GITHUB_APP_ID", meaning: "the id of a GitHub App to read with, instead of a token", fallback: "none" },
  { name: "GITHUB_APP_PRIVATE_KEY", meaning: "the private key of that App (PEM)", fallback: "none", secret: true },
  { name: "GITHUB_API_URL", meaning: "the API of GitHub, or of your GitHub Enterprise Server", fallback: "https://api.github.com" },
  { name: "GITHUB_WEBHOOK_SECRET", meaning: "the secret that webhooks are signed with", fallback: "made at the first start, in OCTALLY_HOME/webhook-secret", secret: true },
  { name: "GITHUB_WEBHOOK_SECRET_PREVIOUS", meaning: "the old secret, while it is being changed", fallback: "none", secret: true },
  { name: "OCTALLY_WEBHOOK_URL", meaning: "the address that GitHub delivers webhooks to: finds hooks that have never delivered", fallback: "hooks are known by what they delivered" },
  { name: "OCTALLY_AUDIT_DAYS", meaning: "in so many days everything is compared with GitHub one by one", fallback: "30" },
  { name: "OCTALLY_MOST_REPAIRS", meaning: "repairs that one check may order", fallback: "500" },
  { name: "OCTALLY_CHECK_MINUTES", meaning: "how often what GitHub has and what the store holds is counted, in minutes; 0: only by octally check", fallback: "60" },
  { name: "OCTALLY_CANARY_MINUTES", meaning: "how often it is looked whether webhooks still come, in minutes; GitHub is asked for a ping once an hour; 0: never", fallback: "2" },
  { name: "OPENSEARCH_URL", meaning: "an existing OpenSearch", fallback: "the embedded one is started" },
  { name: "OCTALLY_HOME", meaning: "folder of everything the local system keeps", fallback: ".octally in the repository" },
  { name: "OCTALLY_PORT", meaning: "port of webhooks, health and the page, on 127.0.0.1", fallback: "4000" },
  { name: "OCTALLY_OPENSEARCH_PORT", meaning: "port of the embedded OpenSearch, on 127.0.0.1, at most 9299", fallback: "9201" },
  { name: "OCTALLY_QUEUE_PORT", meaning: "port of the local queue and archive, on 127.0.0.1", fallback: "9324" },
  { name: "OCTALLY_DEMO", meaning: "on or off: a simulated GitHub with a made-up organisation, and a store of its own for it", fallback: "on, as long as no token, App, GITHUB_API_URL, GITHUB_WEBHOOK_SECRET, OCTALLY_SOURCES or OPENSEARCH_URL is set" },
  { name: "OCTALLY_GITHUB_PORT", meaning: "port of that simulated GitHub, on 127.0.0.1", fallback: "4100, or the next free one" },
  { name: "JAVA_HOME", meaning: "the Java that runs the embedded OpenSearch, 11 or later", fallback: "java on the PATH" },
];

const HIGHEST_OPENSEARCH_PORT = 9299;

function port(highest = 65_535): z.ZodCoercedNumber {
  const error = `must be a port number from 1024 to ${highest}.`;
  return z.coerce.number({ error }).int({ error }).min(1024, { error }).max(highest, { error });
}

function minutes(most: number): z.ZodCoercedNumber {
  const error = `must be a whole number of minutes from 0 to ${most}.`;
  return z.coerce.number({ error }).int({ error }).min(0, { error }).max(most, { error });
}

const httpUrl = z.url({ protocol: /^https?$/u, error: "must be a URL that begins with http:// or https://." });

export const localConfig = z.object({
  OCTALLY_SOURCES: z.string().refine(areSources, { error: "must be organisations, users or owner/name repositories, comma-separated." }).optional(),
  GITHUB_TOKEN: z.string().optional(),
  GITHUB_APP_ID: z.string().optional(),
  GITHUB_APP_PRIVATE_KEY: z.string().optional(),
  GITHUB_API_URL: httpUrl.default("https://api.github.com"),
  GITHUB_WEBHOOK_SECRET: z.string().optional(),
  GITHUB_WEBHOOK_SECRET_PREVIOUS: z.string().optional(),
  OCTALLY_WEBHOOK_URL: httpUrl.optional(),
  OCTALLY_AUDIT_DAYS: z.coerce.number().int().min(1).optional(),
  OCTALLY_MOST_REPAIRS: z.coerce.number().int().min(1).optional(),
  OCTALLY_CHECK_MINUTES: minutes(1440).default(60),
  OCTALLY_CANARY_MINUTES: minutes(10).default(2),
  OPENSEARCH_URL: httpUrl.optional(),
  OCTALLY_HOME: z.string().optional(),
  OCTALLY_PORT: port().default(4000),
  OCTALLY_OPENSEARCH_PORT: port(HIGHEST_OPENSEARCH_PORT).default(9201),
  OCTALLY_QUEUE_PORT: port().default(9324),
  OCTALLY_DEMO: z.enum(["on", "off"], { error: "must be on or off." }).optional(),
  OCTALLY_GITHUB_PORT: port().optional(),
  JAVA_HOME: z.string().optional(),
});

export type LocalConfig = z.output<typeof localConfig>;

/** A value as it may be shown: secrets never, and a URL without its user and password. */
export function shownValue(setting: Setting, value: string | undefined): string | undefined {
  if (value === undefined || value === "") return undefined;
  if (setting.secret === true) return `(set, ${value.length} characters)`;
  return withoutCredentials(value);
}

export function withoutCredentials(value: string): string {
  return value.replace(/^(?<scheme>https?:\/\/)[^/@]*@/u, "$<scheme>***@");
}
