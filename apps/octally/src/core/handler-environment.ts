import type { Environment } from "@octally/shared/config";
import type { Demo } from "./demo.ts";
import type { Addresses } from "./instance-plan.ts";

/**
 * The environment of the handlers: the user's, without anything of a real AWS account, plus the names that the deployed functions have.
 * Their clients then reach the local queue and archive, and nothing else.
 */
export function toHandlerEnvironment(user: Environment, addresses: Addresses, webhookSecret: string): Record<string, string> {
  return {
    ...withoutAws(user),
    DELIVERIES_QUEUE_URL: addresses.queue_urls.deliveries,
    DELIVERIES_DEAD_LETTER_QUEUE_URL: addresses.queue_urls.deliveries_dead_letters,
    SYNC_JOBS_QUEUE_URL: addresses.queue_urls.sync_jobs,
    SYNC_JOBS_DEAD_LETTER_QUEUE_URL: addresses.queue_urls.sync_jobs_dead_letters,
    BACKFILL_JOBS_QUEUE_URL: addresses.queue_urls.backfill_jobs,
    ARCHIVE_BUCKET: addresses.bucket,
    OPENSEARCH_URL: addresses.opensearch_url,
    GITHUB_WEBHOOK_SECRET: webhookSecret,
    AWS_ENDPOINT_URL: addresses.queue_endpoint,
    ...(addresses.demo === null ? {} : ofDemo(addresses.demo, addresses.webhook_url)),
  };
}

/** The user's own credentials, where there are some, have no business with a made-up organisation; an empty variable is an unset one. */
function ofDemo({ api_url, token, organisation }: Demo, webhookUrl: string): Record<string, string> {
  return { GITHUB_API_URL: api_url, GITHUB_TOKEN: token, GITHUB_APP_ID: "", GITHUB_APP_PRIVATE_KEY: "", OCTALLY_SOURCES: organisation, OCTALLY_WEBHOOK_URL: webhookUrl };
}

const LOCAL_AWS = {
  AWS_REGION: "us-east-1",
  AWS_ACCESS_KEY_ID: "local",
  AWS_SECRET_ACCESS_KEY: "local",
  // The SDK also reads the user's profiles, which can name another endpoint or region.
  AWS_CONFIG_FILE: "/dev/null",
  AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
  AWS_EC2_METADATA_DISABLED: "true",
} as const;

/** The user's variables with every `AWS_…` replaced by what no real account knows. */
export function withoutAws(user: Environment): Record<string, string> {
  const kept = Object.entries(user).flatMap(([name, value]) => (value === undefined || isOfAws(name) ? [] : [[name, value] as const]));
  return { ...Object.fromEntries(kept), ...LOCAL_AWS };
}

/** Also what a deployed function's environment says of SSM and of signing: nothing of it is on this machine. */
function isOfAws(name: string): boolean {
  return name.startsWith("AWS_") || name === "OPENSEARCH_SIGNING_SERVICE" || /^(?:GITHUB|OPENSEARCH)_\w+_PARAMETER$/u.test(name);
}

/** Whether somebody has said as whom GitHub is to be read. */
export function hasCredentials(environment: Environment): boolean {
  return [environment["GITHUB_TOKEN"], environment["GITHUB_APP_ID"]].some((value) => value !== undefined && value !== "");
}
