import { execFileSync, spawnSync } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "@jest/globals";

/** A process that logs, goes on, and logs again. */
const program = `
  const { makeLogger } = await import(${JSON.stringify(new URL("./log.ts", import.meta.url).href)});
  const logger = makeLogger("test");
  logger.info({ token: "t" }, "first");
  await new Promise((resolve) => setTimeout(resolve, 10));
  logger.error({}, "second");
  console.error("done");
`;
const args = ["--disable-warning=ExperimentalWarning", "--input-type=module", "--eval", program];

test("one line each, at once, without secrets", () => {
  const lines = execFileSync(process.execPath, args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim().split("\n");
  expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([{ level: "info", token: "[Redacted]", msg: "first" }, { level: "error", msg: "second" }]);
});

test("an output that takes nothing, as on a full disk, neither ends the process nor keeps it", () => {
  const output = openSync(fileURLToPath(import.meta.url), "r");
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: "utf8", stdio: ["ignore", output, "pipe"], timeout: 30_000, killSignal: "SIGKILL" });
  closeSync(output);
  expect([status, stderr]).toEqual([0, "done\n"]);
});
