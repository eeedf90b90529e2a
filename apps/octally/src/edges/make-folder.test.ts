import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "@jest/globals";
import { makeFolder } from "./make-folder.ts";

const base = mkdtempSync(join(tmpdir(), "octally-folder-"));
afterAll(() => rmSync(base, { recursive: true }));

test("makes what is missing, also when several do, and is content with what is there", async () => {
  const path = join(base, "a", "b", "c");
  await Promise.all([makeFolder(path), makeFolder(path), makeFolder(path)]);
  await makeFolder(path);
  expect(statSync(path).isDirectory()).toBe(true);
});

test("fails below a file, and below a folder that takes no children, instead of trying for ever", async () => {
  writeFileSync(join(base, "file"), "");
  await expect(makeFolder(join(base, "file", "x"))).rejects.toThrow(/ENOTDIR|EEXIST/);
  await expect(makeFolder("/proc/nothing/here")).rejects.toThrow();
});
