import { expect, test } from "@jest/globals";
import { decideDemo, planDemo, unusedSettings } from "./demo.ts";

test.each([
  ["nothing is set", {}, undefined, true],
  ["what is set is empty", { GITHUB_TOKEN: "", OPENSEARCH_URL: "" }, undefined, true],
  ["something else is set", { OCTALLY_PORT: "4001", GITHUB_WEBHOOK_SECRET_PREVIOUS: "x" }, undefined, true],
  ["a token", { GITHUB_TOKEN: "ghp_x" }, undefined, false],
  ["an App", { GITHUB_APP_ID: "1" }, undefined, false],
  ["a GitHub", { GITHUB_API_URL: "https://api.github.com" }, undefined, false],
  ["a secret that a real hook has", { GITHUB_WEBHOOK_SECRET: "s" }, undefined, false],
  ["sources", { OCTALLY_SOURCES: "octokit" }, undefined, false],
  // Nobody's store is filled with made-up documents by accident.
  ["a store", { OPENSEARCH_URL: "https://store.example" }, undefined, false],
  ["a store, and asked for", { OPENSEARCH_URL: "https://store.example" }, true, true],
  ["a store, and set", { OPENSEARCH_URL: "https://store.example", OCTALLY_DEMO: "on" }, undefined, true],
  ["nothing is set, and not wanted", {}, false, false],
  ["nothing is set, and set off", { OCTALLY_DEMO: "off" }, undefined, false],
  ["the option is stronger than the setting", { OCTALLY_DEMO: "off" }, true, true],
] as const)("%s", (_name, environment, asked, on) => {
  expect(decideDemo(environment, asked).on).toBe(on);
});

test("whoever names a GitHub while the demonstration runs is told that it is not used", () => {
  const demo = planDemo("/h", 4100, false);
  expect(unusedSettings(demo, { GITHUB_TOKEN: "ghp_x", GITHUB_API_URL: "", OPENSEARCH_URL: "https://store.example" })).toMatch(/^Not used: GITHUB_TOKEN\. .*with this setting\.$/);
  expect(unusedSettings(demo, { GITHUB_TOKEN: "ghp_x", OCTALLY_SOURCES: "octokit" })).toMatch(/^Not used: GITHUB_TOKEN, OCTALLY_SOURCES\. .*with these settings\.$/);
  expect(unusedSettings(demo, {})).toBeUndefined();
  expect(unusedSettings(null, { GITHUB_TOKEN: "ghp_x" })).toBeUndefined();
});
