import { expect, test } from "@jest/globals";
import { hasCredentials, toHandlerEnvironment } from "./handler-environment.ts";
import { planInstance } from "./instance-plan.ts";
import { localConfig } from "./settings.ts";

const { addresses } = planInstance(localConfig.parse({}), "/home/octally");

test("the handlers get the names they have when deployed, all of them local", () => {
  expect(toHandlerEnvironment({ PATH: "/bin", GITHUB_WEBHOOK_SECRET_PREVIOUS: "old", NOTHING: undefined }, addresses, "s3cret")).toEqual({
    PATH: "/bin",
    GITHUB_WEBHOOK_SECRET: "s3cret",
    GITHUB_WEBHOOK_SECRET_PREVIOUS: "old",
    DELIVERIES_QUEUE_URL: "http://127.0.0.1:9324/000000000000/octally-deliveries",
    DELIVERIES_DEAD_LETTER_QUEUE_URL: "http://127.0.0.1:9324/000000000000/octally-deliveries-dead-letters",
    SYNC_JOBS_QUEUE_URL: "http://127.0.0.1:9324/000000000000/octally-sync-jobs",
    SYNC_JOBS_DEAD_LETTER_QUEUE_URL: "http://127.0.0.1:9324/000000000000/octally-sync-jobs-dead-letters",
    BACKFILL_JOBS_QUEUE_URL: "http://127.0.0.1:9324/000000000000/octally-backfill-jobs",
    ARCHIVE_BUCKET: "octally-archive",
    OPENSEARCH_URL: "http://127.0.0.1:9201",
    AWS_ENDPOINT_URL: "http://127.0.0.1:9324",
    AWS_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: "local",
    AWS_SECRET_ACCESS_KEY: "local",
    AWS_CONFIG_FILE: "/dev/null",
    AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
    AWS_EC2_METADATA_DISABLED: "true",
  });
});

test("in the demonstration they reach the simulated GitHub, with nothing of the user's own", () => {
  const { addresses: ofDemo } = planInstance(localConfig.parse({}), "/home/octally", 4100);
  const user = { GITHUB_TOKEN: "ghp_mine", GITHUB_APP_ID: "1", GITHUB_APP_PRIVATE_KEY: "pem", GITHUB_API_URL: "https://api.github.com", OCTALLY_SOURCES: "octokit" };
  expect(toHandlerEnvironment(user, ofDemo, "s3cret")).toMatchObject({ GITHUB_API_URL: "http://127.0.0.1:4100", GITHUB_TOKEN: ofDemo.demo?.token, GITHUB_APP_ID: "", GITHUB_APP_PRIVATE_KEY: "", OCTALLY_SOURCES: "octo-demo", OCTALLY_WEBHOOK_URL: ofDemo.webhook_url });
  expect([hasCredentials({}), hasCredentials({ GITHUB_TOKEN: "" }), hasCredentials({ GITHUB_APP_ID: "1" }), hasCredentials(toHandlerEnvironment({}, ofDemo, "s"))]).toEqual([false, false, true, true]);
});

test("nothing of the user's own AWS account gets through", () => {
  const user = { AWS_PROFILE: "production", AWS_SESSION_TOKEN: "t", AWS_ACCESS_KEY_ID: "AKIA", AWS_ENDPOINT_URL_SQS: "https://sqs.example", AWS_REGION: "eu-central-1", OPENSEARCH_SIGNING_SERVICE: "es", GITHUB_WEBHOOK_SECRET_PARAMETER: "/a" };
  const environment = toHandlerEnvironment(user, addresses, "s3cret");
  expect(Object.values(environment)).not.toContain("production");
  expect(environment).not.toHaveProperty("AWS_SESSION_TOKEN");
  expect(environment).not.toHaveProperty("AWS_ENDPOINT_URL_SQS");
  expect(environment).not.toHaveProperty("OPENSEARCH_SIGNING_SERVICE");
  expect(environment).not.toHaveProperty("GITHUB_WEBHOOK_SECRET_PARAMETER");
  expect(environment).toMatchObject({ AWS_ACCESS_KEY_ID: "local", AWS_REGION: "us-east-1" });
});
