import { execFileSync } from "node:child_process";
import { createHmac } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { planInstance } from "./instance-plan.ts";
import { toReadyScreen } from "./ready-screen.ts";
import { localConfig } from "./settings.ts";

test("the lines that send a first delivery sign it as GitHub would, also from a folder with spaces and quotes", () => {
  const folder = mkdtempSync(join(tmpdir(), "octally it's "));
  const secretFile = join(folder, "webhook-secret");
  writeFileSync(secretFile, "s3cret\n");
  const screen = toReadyScreen({ addresses: planInstance(localConfig.parse({}), folder).addresses, secretFile });
  const lines = screen.split("\n").filter((line) => /^ {2}(?:body|signature)=/u.test(line));
  const [body, signature] = execFileSync("sh", ["-c", `${lines.join("\n")}\nprintf '%s\\n%s' "$body" "$signature"`], { encoding: "utf8" }).split("\n");
  expect(JSON.parse(body!)).toMatchObject({ action: "created", label: { name: "first" } });
  expect(signature).toBe(createHmac("sha256", "s3cret").update(body!).digest("hex"));
  rmSync(folder, { recursive: true });
});

test("the demonstration says what it is, how it is seen, left and deleted; in an OpenSearch of one's own how its documents are", () => {
  const screen = toReadyScreen({ addresses: planInstance(localConfig.parse({}), "/h", 4100).addresses, secretFile: "/h/webhook-secret" });
  expect(screen).toMatch(/simulated one, with a made-up organisation, octo-demo[\s\S]*curl 'http:\/\/127\.0\.0\.1:9201\/octally-pull-request\/_search\?q=org:octo-demo[\s\S]*GITHUB_TOKEN=[\s\S]*OCTALLY_SOURCES=[\s\S]*--no-demo[\s\S]*\/h\/demo/u);
  expect(screen).not.toContain("_delete_by_query");
  const { addresses } = planInstance(localConfig.parse({ OPENSEARCH_URL: "https://store.example" }), "/h", 4100);
  expect(toReadyScreen({ addresses, secretFile: undefined })).toContain("https://store.example/octally-*/_delete_by_query?q=org:octo-demo");
});

test("the password of an OpenSearch of one's own is not on the screen", () => {
  const { addresses } = planInstance(localConfig.parse({ OPENSEARCH_URL: "https://admin:pass@store.example" }), "/h");
  expect(toReadyScreen({ addresses, secretFile: undefined })).not.toContain("pass@");
});
