/** An OpenSearch, queue and object store of a test's own: the OpenSearch may be killed and started again with its data. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startOpenSearch, type OpenSearchOptions, type RunningOpenSearch } from "../../apps/octally/src/edges/embedded-opensearch.ts";
import { findJava } from "../../apps/octally/src/edges/find-java.ts";
import { startLocalQueue } from "../../apps/octally/src/edges/local-queue.ts";
import { resolveOpenSearch } from "../../apps/octally/src/edges/opensearch-distribution.ts";
import { findFreePortBetween } from "../../apps/octally/src/edges/ports.ts";
import { repositoryRoot } from "../../apps/octally/src/repository-root.ts";
import { endAbandonedServers, forgetProcesses, recordProcesses } from "./test-servers.ts";

export type MortalOpenSearch = {
  readonly url: string;
  /** SIGKILL: what it has not written is lost. */
  readonly kill: () => Promise<void>;
  /** Ready when it resolves; on the same port, with the same data. */
  readonly start: () => Promise<void>;
};

export type OwnServers = {
  readonly openSearch: MortalOpenSearch;
  /** Of the queue and the object store. */
  readonly endpoint: string;
  /** Ends them for good, data and all. */
  readonly close: () => Promise<void>;
};

export async function startOwnServers(): Promise<OwnServers> {
  const environment = process.env;
  await endAbandonedServers();
  const folder = await mkdtemp(join(tmpdir(), "octally-own-"));
  const options: OpenSearchOptions = {
    lib: await resolveOpenSearch({ home: join(repositoryRoot, ".octally"), environment }),
    java: (await findJava(environment)).command,
    environment,
    dataDir: join(folder, "opensearch"),
    logFile: join(folder, "opensearch.log"),
    port: await findFreePortBetween(9210, 9299),
    clusterName: `octally-own-${process.pid}`,
    detached: false,
  };
  const queue = await startLocalQueue({ dataDir: join(folder, "queue"), logFile: join(folder, "queue.log"), port: 0, environment, detached: false });
  let running: RunningOpenSearch | undefined;
  const start = async (): Promise<void> => {
    running = await startOpenSearch(options);
    await recordProcesses("own", { folder, pids: [running.pid, queue.pid] });
  };
  const close = async (): Promise<void> => {
    await Promise.all([running?.stop(), queue.stop()]);
    await rm(folder, { recursive: true, force: true });
    await forgetProcesses("own");
  };
  try {
    await start();
  } catch (failure) {
    await close();
    throw failure;
  }
  const openSearch: MortalOpenSearch = {
    url: `http://127.0.0.1:${options.port}`,
    start,
    async kill() {
      if (running === undefined) return;
      process.kill(running.pid, "SIGKILL");
      await running.exited;
      running = undefined;
    },
  };
  return { openSearch, endpoint: queue.endpoint, close };
}
