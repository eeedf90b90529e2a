import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { checkCloudConfig } from "./check-cloud-config.ts";
import { isInfraInstalled } from "./edges/infra-package.ts";

let folder = "";
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), "octally-cloud-"))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function configured(config: object): { readonly OCTALLY_INFRA_CONFIG: string } {
  const file = join(folder, "octally.config.json");
  writeFileSync(file, JSON.stringify(config));
  return { OCTALLY_INFRA_CONFIG: file };
}

test("without a configuration there is nothing to say", async () => {
  expect(await checkCloudConfig({ OCTALLY_INFRA_CONFIG: join(folder, "nowhere.json") })).toEqual([]);
});

(isInfraInstalled() ? describe : describe.skip)("of a configuration it says", () => {
  const place = { account: "123456789012", region: "eu-central-1" };

  test("what is read of GitHub", async () => {
    expect(await checkCloudConfig(configured({ ...place, github: { sources: ["octo-org", "octocat"], tokenParameter: "/token" } }))).toMatchObject([{ name: "cloud", ok: true, detail: expect.stringContaining("account 123456789012, eu-central-1, GitHub is read: octo-org, octocat;") }]);
  });

  test("that only webhooks are taken in", async () => {
    expect(await checkCloudConfig(configured(place))).toMatchObject([{ ok: true, detail: expect.stringContaining("webhooks only") }]);
  });

  test("what is wrong with it", async () => {
    expect(await checkCloudConfig(configured({ ...place, github: { sources: ["octo-org"] } }))).toMatchObject([{ name: "cloud", ok: false, problem: expect.stringContaining('github: needs either "app"') }]);
  });
});
