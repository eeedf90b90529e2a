import { execFile } from "node:child_process";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";

export type ImportTime = {
  /** The `import()` alone, by the process's own clock. */
  readonly importMs: number;
  /** From the start of the process to its end. */
  readonly processMs: number;
};

/** What the handlers ask for when they are imported; none of it is reached. */
const ENVIRONMENT = {
  GITHUB_WEBHOOK_SECRET: "bench-secret",
  DELIVERIES_QUEUE_URL: "http://127.0.0.1:9/000000000000/deliveries",
  DELIVERIES_DEAD_LETTER_QUEUE_URL: "http://127.0.0.1:9/000000000000/dead",
  SYNC_JOBS_QUEUE_URL: "http://127.0.0.1:9/000000000000/jobs",
  SYNC_JOBS_DEAD_LETTER_QUEUE_URL: "http://127.0.0.1:9/000000000000/jobs-dead",
  ARCHIVE_BUCKET: "archive",
  OPENSEARCH_URL: "http://127.0.0.1:9",
  OCTALLY_SOURCES: "octo-demo",
  GITHUB_TOKEN: "none",
  AWS_REGION: "us-east-1",
  AWS_ACCESS_KEY_ID: "local",
  AWS_SECRET_ACCESS_KEY: "local",
};
const PROGRAM = "const t = performance.now(); await import(process.argv[1]); process.stdout.write(String(performance.now() - t), () => process.exit());";

/** @throws when the module cannot be imported */
export async function importInFreshProcess(file: string): Promise<ImportTime> {
  const startedAt = performance.now();
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", PROGRAM, pathToFileURL(file).href], { env: ENVIRONMENT });
  return { importMs: Number(stdout), processMs: performance.now() - startedAt };
}
