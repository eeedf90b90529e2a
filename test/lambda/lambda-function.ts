/** A built bundle as Lambda runs it: a process of its own, a runtime in it, the Runtime API in front of it. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { openRuntimeApi, type Outcome, type RuntimeApi } from "./runtime-api.ts";

export type FunctionOptions = {
  /** The folder of its bundle. */
  readonly taskRoot: string;
  /** As in the stack: `deliveries-handler.handler`. */
  readonly handler: string;
  readonly memoryMegabytes: number;
  readonly environment: Readonly<Record<string, string | undefined>>;
};

export type LambdaFunction = {
  readonly startedAtMs: number;
  readonly initialized: RuntimeApi["initialized"];
  readonly invoke: (event: unknown) => Promise<Outcome>;
  /** The most memory that its process held since its start. Linux only. */
  readonly peakMegabytes: () => Promise<number>;
  /** What it wrote to standard output and error so far. */
  readonly output: () => string;
  readonly stop: () => Promise<void>;
};

/** AWS's own client, where somebody has built it: the path of `aws-lambda-ric/index.mjs`. It compiles libcurl when it is installed, so it is no dependency. */
const runtime = process.env["OCTALLY_TEST_LAMBDA_RIC"];

export async function startFunction({ taskRoot, handler, memoryMegabytes, environment }: FunctionOptions): Promise<LambdaFunction> {
  const api = await openRuntimeApi();
  const startedAtMs = performance.now();
  const program = runtime === undefined ? [join(import.meta.dirname, "runtime-client.mjs")] : [runtime, handler];
  const child = spawn(process.execPath, program, {
    cwd: taskRoot,
    env: {
      AWS_LAMBDA_RUNTIME_API: api.address,
      _HANDLER: handler,
      LAMBDA_TASK_ROOT: taskRoot,
      AWS_LAMBDA_FUNCTION_NAME: "octally-local",
      AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
      AWS_LAMBDA_LOG_GROUP_NAME: "/aws/lambda/octally-local",
      AWS_LAMBDA_LOG_STREAM_NAME: "local",
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMegabytes),
      NODE_OPTIONS: "--enable-source-maps",
      AWS_REGION: "us-east-1",
      AWS_ACCESS_KEY_ID: "local",
      AWS_SECRET_ACCESS_KEY: "local",
      ...environment,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text: string) => output.push(text));
  const ended = once(child, "exit").then(([code]) => {
    throw new Error(`The function's process ended (${String(code)}): ${output.join("")}`);
  });
  ended.catch(() => undefined);
  return {
    startedAtMs,
    initialized: Promise.race([api.initialized, ended]),
    invoke: (event) => Promise.race([api.invoke(event), ended]),
    peakMegabytes: async () => (Number(/^VmHWM:\s+(\d+) kB/mu.exec(await readFile(`/proc/${child.pid}/status`, "utf8"))?.[1]) * 1024) / 1_000_000,
    output: () => output.join(""),
    stop: async () => {
      child.kill("SIGKILL");
      await ended.catch(() => undefined);
      await api.close();
    },
  };
}
