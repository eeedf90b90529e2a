import { describe, expect, test } from "@jest/globals";
import { ConfigError } from "@octally/shared/errors";
import { makeIntake } from "./make-intake.ts";
import { parseConfig } from "@octally/shared/config";
import { intakeConfig } from "./config.ts";

const complete = { GITHUB_WEBHOOK_SECRET: "s", DELIVERIES_QUEUE_URL: "http://localhost/q", ARCHIVE_BUCKET: "b" };

describe("the configuration", () => {
  test("has defaults", () => {
    expect(parseConfig(intakeConfig, complete)).toEqual({ ...complete, WEBHOOK_MAX_BYTES: 26_214_400, LOG_LEVEL: "info" });
  });

  test("that is missing names every variable and what it is, at the start", () => {
    expect(() => makeIntake({ GITHUB_WEBHOOK_SECRET: "" })).toThrow(ConfigError);
    expect(() => makeIntake({})).toThrow(
      [
        "The configuration is not complete or not valid:",
        "  DELIVERIES_QUEUE_URL is not set: the URL of the SQS queue that takes the deliveries.",
        "  ARCHIVE_BUCKET is not set: the S3 bucket for bodies that are too large for the queue.",
        "  GITHUB_WEBHOOK_SECRET is not set: the secret that was entered in the webhook's settings at GitHub; deliveries are checked against it. Or set GITHUB_WEBHOOK_SECRET_PARAMETER, the name of the SSM parameter that holds it.",
      ].join("\n"),
    );
  });

  test("takes the names of SSM parameters instead of the secrets", () => {
    const { GITHUB_WEBHOOK_SECRET: _, ...rest } = complete;
    const named = { ...rest, GITHUB_WEBHOOK_SECRET_PARAMETER: "/a", GITHUB_WEBHOOK_SECRET_PREVIOUS_PARAMETER: "/b" };
    expect(parseConfig(intakeConfig, named)).toMatchObject(named);
  });

  test("refuses a secret and its parameter together", () => {
    expect(() => parseConfig(intakeConfig, { ...complete, GITHUB_WEBHOOK_SECRET_PARAMETER: "/a" })).toThrow("GITHUB_WEBHOOK_SECRET_PARAMETER: set this or GITHUB_WEBHOOK_SECRET, not both.");
    expect(() => parseConfig(intakeConfig, { ...complete, GITHUB_WEBHOOK_SECRET_PREVIOUS: "o", GITHUB_WEBHOOK_SECRET_PREVIOUS_PARAMETER: "/b" })).toThrow("GITHUB_WEBHOOK_SECRET_PREVIOUS_PARAMETER: set this or");
  });

  test.each(["x", "0", "-1", "1.5"])("refuses WEBHOOK_MAX_BYTES=%s", (value) => {
    expect(() => parseConfig(intakeConfig, { ...complete, WEBHOOK_MAX_BYTES: value })).toThrow("WEBHOOK_MAX_BYTES");
  });
});
