import { execFile } from "node:child_process";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { toHandlerEnvironment } from "@octally/octally/core/handler-environment";
import { planInstance } from "@octally/octally/core/instance-plan";
import { localConfig } from "@octally/octally/core/settings";

export type ImportTime = {
  /** The `import()` alone, by the process's own clock. */
  readonly importMs: number;
  /** From the start of the process to its end. */
  readonly processMs: number;
};

/** What the local system gives its handlers when they are imported; none of it is reached. */
const ENVIRONMENT = toHandlerEnvironment({ GITHUB_TOKEN: "none", OCTALLY_SOURCES: "octo-demo" }, planInstance(localConfig.parse({}), "nowhere").addresses, "bench-secret");
const PROGRAM = "const t = performance.now(); await import(process.argv[1]); process.stdout.write(String(performance.now() - t), () => process.exit());";

/** @throws when the module cannot be imported */
export async function importInFreshProcess(file: string): Promise<ImportTime> {
  const startedAt = performance.now();
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", PROGRAM, pathToFileURL(file).href], { env: ENVIRONMENT });
  return { importMs: Number(stdout), processMs: performance.now() - startedAt };
}
