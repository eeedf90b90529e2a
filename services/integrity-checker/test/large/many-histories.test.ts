/** Thousands of histories on models, by as many processes as there are cores: `OCTALLY_LIVE_SEEDS=1+3000 ./octally test --large`. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { expect, test } from "@jest/globals";

const MAIN = join(import.meta.dirname, "../histories/main.ts");

test("every one of them comes out as GitHub has it", async () => {
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", MAIN, "--seeds", process.env["OCTALLY_LIVE_SEEDS"] ?? "1+3000", "--jobs", String(availableParallelism())], { stdio: ["ignore", "pipe", "inherit"] });
  let told = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (told += text));
  const [code] = (await once(child, "close")) as [number | null];
  expect({ code, told: told.split("\n").slice(-30) }).toMatchObject({ code: 0 });
}, 4 * 3_600_000);
