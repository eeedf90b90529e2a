import { expect, test } from "@jest/globals";
import { makeRefusedCredentials } from "./refused-credentials.ts";

test("two refusals in a row are enough for a minute; a single one is not", () => {
  let nowMs = 0;
  const credentials = makeRefusedCredentials(() => nowMs);
  expect(credentials.refused("Bad credentials")).toMatchObject({ code: "github-unauthorized", retryable: false });
  expect(() => credentials.mayAsk()).not.toThrow();
  credentials.accepted();
  credentials.refused("Bad credentials");
  expect(() => credentials.mayAsk()).not.toThrow();
  credentials.refused("Bad credentials");
  expect(() => credentials.mayAsk()).toThrow("Bad credentials");
  nowMs = 59_999;
  expect(() => credentials.mayAsk()).toThrow("Bad credentials");
  nowMs = 60_000;
  expect(() => credentials.mayAsk()).not.toThrow();
  // Asked once more in vain: another minute.
  credentials.refused("Bad credentials");
  expect(() => credentials.mayAsk()).toThrow("Bad credentials");
  credentials.accepted();
  expect(() => credentials.mayAsk()).not.toThrow();
});
