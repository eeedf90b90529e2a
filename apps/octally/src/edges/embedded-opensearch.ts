/** A real OpenSearch of this machine: one node in its own Java process, on 127.0.0.1 only. */
import { copyFile, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Environment } from "@octally/shared/config";
import { ConfigError, TransientError } from "@octally/shared/errors";
import { repositoryRoot } from "../repository-root.ts";
import type { Child } from "./child-process.ts";
import { startChild } from "./child-process.ts";
import { definedOnly } from "./defined-environment.ts";

const CONFIGURATION = join(repositoryRoot, "apps", "octally", "opensearch", "opensearch.yml");
/** The runner's own limit: with a higher port it ends without a word. */
export const HIGHEST_OPENSEARCH_PORT = 9299;
const START_TIMEOUT_MS = 120_000;
const STOP_GRACE_MS = 8000;

export type OpenSearchOptions = {
  /** Folder of the jars, from `resolveOpenSearch`. */
  readonly lib: string;
  /** Java's command, from `findJava`. */
  readonly java: string;
  readonly dataDir: string;
  readonly logFile: string;
  /** 1025 to 9299. */
  readonly port: number;
  /** Must be unique on the machine while it runs: it tells our node from another's on the same port. */
  readonly clusterName: string;
  readonly environment: Environment;
  /** A process group of its own; false lets Ctrl-C end it together with its parent. */
  readonly detached: boolean;
};

/**
 * The second compiler and the parallel collector cost more than they give to a node of minutes or hours on two cores: without them a
 * flood of deliveries costs OpenSearch a third of the processor time, and a long bulk load is within a tenth as fast (bench/README.md).
 */
const QUICK_START = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"];

export type RunningOpenSearch = {
  readonly url: string;
  readonly pid: number;
  readonly exited: Child["exited"];
  /** Ends it cleanly (about 1.3 s), by force after 8 s. */
  readonly stop: () => Promise<void>;
};

/** Starts the process; `waitForOpenSearch` tells when it answers. */
export async function spawnOpenSearch(options: OpenSearchOptions): Promise<Child> {
  if (options.port > HIGHEST_OPENSEARCH_PORT) {
    throw new ConfigError(`OCTALLY_OPENSEARCH_PORT is ${options.port}; the embedded OpenSearch can only listen on ports up to ${HIGHEST_OPENSEARCH_PORT}.`);
  }
  const config = join(options.dataDir, "config");
  await mkdir(config, { recursive: true });
  await copyFile(CONFIGURATION, join(config, "opensearch.yml"));
  return startChild({
    command: options.java,
    args: [
      ["-Xms512m", "-Xmx1g", ...QUICK_START, "-cp", join(options.lib, "*"), "org.codelibs.opensearch.runner.OpenSearchRunner"],
      ["-basePath", options.dataDir, "-confPath", config, "-clusterName", options.clusterName],
      // The runner listens one above its base port.
      ["-numOfNode", "1", "-baseHttpPort", String(options.port - 1)],
    ].flat(),
    env: definedOnly(options.environment),
    cwd: options.dataDir,
    logFile: options.logFile,
    ipc: false,
    detached: options.detached,
  });
}

/** @throws TransientError when the process ends first, or two minutes have passed. */
export async function waitForOpenSearch(child: Child, options: Pick<OpenSearchOptions, "port" | "clusterName" | "logFile">): Promise<void> {
  const deadline = performance.now() + START_TIMEOUT_MS;
  while (!(await isReady(`http://127.0.0.1:${options.port}`, options.clusterName))) {
    if (!child.isRunning()) throw new TransientError("opensearch-ended", `The embedded OpenSearch ended while it started. Its log is ${options.logFile}.`);
    if (performance.now() > deadline) {
      throw new TransientError("opensearch-slow", `The embedded OpenSearch does not answer after ${START_TIMEOUT_MS / 1000} s. Its log is ${options.logFile}.`);
    }
    await delay(100);
  }
}

/** For who does not supervise it: started and ready, or ended and thrown. */
export async function startOpenSearch(options: OpenSearchOptions): Promise<RunningOpenSearch> {
  const child = await spawnOpenSearch(options);
  const stop = async (): Promise<void> => void (await child.stop(STOP_GRACE_MS));
  try {
    await waitForOpenSearch(child, options);
  } catch (failure) {
    await stop();
    throw failure;
  }
  return { url: `http://127.0.0.1:${options.port}`, pid: child.pid, exited: child.exited, stop };
}

async function isReady(url: string, clusterName: string): Promise<boolean> {
  try {
    const answer = await fetch(`${url}/_cluster/health?wait_for_status=yellow&timeout=1s`, { signal: AbortSignal.timeout(3000) });
    if (!answer.ok) return false;
    const health = (await answer.json()) as { readonly cluster_name?: string };
    return health.cluster_name === clusterName;
  } catch {
    // Not listening yet: the caller asks again, and gives up by its own deadline.
    return false;
  }
}
