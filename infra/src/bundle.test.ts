import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { unzipSync } from "fflate";
import { fakeBundles, inFolder } from "../test/stack-json.ts";
import { writeBundle } from "./bundle.ts";

test("the same files give the same zip, which holds the handler and its chunks and nothing else", () => {
  inFolder((folder) => {
    fakeBundles(folder);
    const first = writeBundle(folder, "webhook-intake", "handler.mjs", join(folder, "a"));
    const bytes = readFileSync(join(folder, "a", first.file));
    expect(Object.keys(unzipSync(bytes))).toEqual(["chunks/part.mjs", "handler.mjs"]);
    expect(writeBundle(folder, "webhook-intake", "handler.mjs", join(folder, "b"))).toEqual(first);
    expect(readFileSync(join(folder, "b", first.file)).equals(bytes)).toBe(true);

    writeFileSync(join(folder, "webhook-intake", "chunks/part.mjs"), "export const other = 1;\n");
    expect(writeBundle(folder, "webhook-intake", "handler.mjs", join(folder, "c")).hash).not.toBe(first.hash);
  });
});

test("what is not built is said", () => {
  inFolder((folder) => {
    expect(() => writeBundle(folder, "webhook-intake", "handler.mjs", folder)).toThrow("build the bundles first (pnpm bundle)");
  });
});
