import { globSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { bundleService, findEntries } from "./build-bundles.ts";

test("nothing in a bundle asks at its start where in the sources it is: Node would take the whole map apart", async () => {
  const folder = mkdtempSync(join(tmpdir(), "octally-bundles-"));
  try {
    for (const [service, entries] of findEntries()) await bundleService(service, entries, folder);
    const files = globSync("**/*.mjs", { cwd: folder });
    expect(files).toEqual(expect.arrayContaining([join("sync-worker", "deliveries-handler.mjs"), join("webhook-intake", "handler.mjs")]));
    expect(files.filter((file) => readFileSync(join(folder, file), "utf8").includes("getCallSite"))).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}, 30_000);
