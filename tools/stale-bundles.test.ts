import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { isStale } from "./stale-bundles.ts";

const ENTRY = "services/a/src/handler.ts";
let root: string;

function put(path: string, atSeconds: number, content = ""): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
  utimesSync(join(root, path), atSeconds, atSeconds);
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "octally-stale-"));
  for (const path of [ENTRY, "packages/b/src/b.ts", "pnpm-lock.yaml", "tools/build-bundles.ts"]) put(path, 100);
  put("node_modules/c/index.js", 900);
  const inputs = Object.fromEntries([ENTRY, "packages/b/src/b.ts", "node_modules/c/index.js"].map((path) => [path, {}]));
  put("dist/a/meta.json", 200, JSON.stringify({ inputs, outputs: { "dist/a/handler.mjs": { entryPoint: ENTRY } } }));
});
afterEach(() => rmSync(root, { recursive: true }));

const stale = (entries = [ENTRY]): boolean => isStale(root, join(root, "dist/a"), entries);

test("a bundle newer than all its sources is not built again", () => {
  expect(stale()).toBe(false);
});

test.each([ENTRY, "packages/b/src/b.ts", "pnpm-lock.yaml", "tools/build-bundles.ts"])("a later change of %s makes it stale", (path) => {
  put(path, 300);
  expect(stale()).toBe(true);
});

test("a source that is gone, a new handler, and a bundle that was never built make it stale", () => {
  rmSync(join(root, "packages/b/src/b.ts"));
  expect(stale()).toBe(true);
  put("packages/b/src/b.ts", 100);
  expect(stale([ENTRY, "services/a/src/other-handler.ts"])).toBe(true);
  rmSync(join(root, "dist"), { recursive: true });
  expect(stale()).toBe(true);
});
