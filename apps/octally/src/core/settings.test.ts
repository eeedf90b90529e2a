import { expect, test } from "@jest/globals";
import { parseConfig } from "@octally/shared/config";
import { planInstance } from "./instance-plan.ts";
import { toSettingRows } from "./setting-rows.ts";
import { localConfig, settings, withoutCredentials } from "./settings.ts";

test("every variable that is parsed is explained, and the other way round", () => {
  expect(settings.map(({ name }) => name).toSorted()).toEqual(Object.keys(localConfig.shape).toSorted());
});

test("without any, the defaults of the documentation apply", () => {
  expect(parseConfig(localConfig, {})).toEqual({ GITHUB_API_URL: "https://api.github.com", OCTALLY_PORT: 4000, OCTALLY_OPENSEARCH_PORT: 9201, OCTALLY_QUEUE_PORT: 9324, OCTALLY_CHECK_MINUTES: 60, OCTALLY_CANARY_MINUTES: 2 });
});

test.each([
  ["OCTALLY_PORT", "abc"],
  ["OCTALLY_PORT", "99999"],
  ["OCTALLY_PORT", "40.5"],
  // The runner of the embedded OpenSearch ends without a word above this.
  ["OCTALLY_OPENSEARCH_PORT", "9300"],
  ["OCTALLY_QUEUE_PORT", "-1"],
  ["OPENSEARCH_URL", "localhost:9200"],
  ["GITHUB_API_URL", "ftp://github"],
  ["OCTALLY_DEMO", "yes"],
  ["OCTALLY_GITHUB_PORT", "80"],
  ["OCTALLY_CHECK_MINUTES", "-1"],
  // Who looks less often than every quarter of an hour cannot tell silence from having been away.
  ["OCTALLY_CANARY_MINUTES", "20"],
  ["OCTALLY_SOURCES", "octo-org, https://github.com/octocat"],
])("%s=%s is refused, and named", (name, value) => {
  expect(() => parseConfig(localConfig, { [name]: value })).toThrow(name);
  expect(toSettingRows({ [name]: value }).find((row) => row.name === name)?.problem).toEqual(expect.any(String));
});

test("secrets are never shown, nor the password in a URL", () => {
  const rows = toSettingRows({ GITHUB_TOKEN: "ghp_secret", GITHUB_WEBHOOK_SECRET: "hush", GITHUB_APP_PRIVATE_KEY: "pem", OPENSEARCH_URL: "https://admin:pass@store.example:9200/x" });
  expect(JSON.stringify(rows)).not.toMatch(/ghp_secret|hush|pem"|pass@/u);
  expect(rows.find(({ name }) => name === "OPENSEARCH_URL")?.value).toBe("https://***@store.example:9200/x");
  expect(withoutCredentials("http://127.0.0.1:9201")).toBe("http://127.0.0.1:9201");
});

test("two listeners cannot share a port", () => {
  expect(() => planInstance(localConfig.parse({ OCTALLY_PORT: "9324" }), "/h")).toThrow("must differ");
});

test("the simulated GitHub has a port of its own, and its store lies apart", () => {
  expect(() => planInstance(localConfig.parse({}), "/h", 4000)).toThrow("OCTALLY_GITHUB_PORT (4000)");
  expect(planInstance(localConfig.parse({}), "/h", 4100).folders).toEqual({ logs: "/h/logs", openSearch: "/h/demo/opensearch-data", queue: "/h/demo/queue-data" });
});

test("with an OpenSearch of one's own, its port is not ours to claim", () => {
  const plan = planInstance(localConfig.parse({ OPENSEARCH_URL: "https://store.example/", OCTALLY_PORT: "9201" }), "/h");
  expect(plan.ports.openSearch).toBeUndefined();
  expect(plan.addresses.opensearch_url).toBe("https://store.example");
});
