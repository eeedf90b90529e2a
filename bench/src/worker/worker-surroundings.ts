/** What the worker's handler needs around it, real and in processes of their own: OpenSearch, queue, archive. And the environment that names them. */
import { join } from "node:path";
import { toHandlerEnvironment } from "@octally/octally/core/handler-environment";
import { planInstance } from "@octally/octally/core/instance-plan";
import { localConfig } from "@octally/octally/core/settings";
import { createBucket, createQueues } from "@octally/octally/edges/create-queues";
import { startOpenSearch } from "@octally/octally/edges/embedded-opensearch";
import { findJava } from "@octally/octally/edges/find-java";
import { makeLocalS3Client, makeLocalSqsClient } from "@octally/octally/edges/local-clients";
import { startLocalQueue } from "@octally/octally/edges/local-queue";
import { findFreePort, findFreePortBetween } from "@octally/octally/edges/ports";
import { onInterruption } from "../system/interruption.ts";
import { makeTemporaryHome } from "../system/temporary-home.ts";

export type WorkerSurroundings = {
  readonly openSearchUrl: string;
  /** Goes with the rest. */
  readonly folder: string;
  /** For `process.env`, before the handler is imported. */
  readonly handlerEnvironment: Readonly<Record<string, string>>;
  /** The handler runs in this process. */
  readonly pids: { readonly handler: number; readonly queue: number; readonly openSearch: number };
  readonly stop: () => Promise<void>;
};

export async function startWorkerSurroundings(): Promise<WorkerSurroundings> {
  const home = await makeTemporaryHome();
  const port = await findFreePortBetween(9210, 9299);
  const config = localConfig.parse({ OCTALLY_PORT: await findFreePort(), OCTALLY_QUEUE_PORT: await findFreePort(), OCTALLY_OPENSEARCH_PORT: port });
  const { addresses, folders, ports } = planInstance(config, home.folder);
  const environment = toHandlerEnvironment(process.env, addresses, "bench-secret");
  const stops: (() => Promise<void>)[] = [home.remove];
  const stop = async (): Promise<void> => {
    for (const end of stops.toReversed()) await end();
    forget();
  };
  const forget = onInterruption(stop);
  try {
    const queue = await startLocalQueue({ dataDir: folders.queue, logFile: join(folders.logs, "queue.log"), port: ports.queue, environment, detached: true });
    stops.push(queue.stop);
    const { command: java } = await findJava(process.env);
    const started = { lib: home.openSearchLib, java, dataDir: folders.openSearch, logFile: join(folders.logs, "opensearch.log"), port, clusterName: `octally-bench-${process.pid}` };
    const openSearch = await startOpenSearch({ ...started, environment, detached: true });
    stops.push(openSearch.stop);
    await createQueues(makeLocalSqsClient(addresses.queue_endpoint), addresses.queue_urls);
    await createBucket(makeLocalS3Client(addresses.queue_endpoint));
    return { openSearchUrl: openSearch.url, folder: home.folder, handlerEnvironment: environment, pids: { handler: process.pid, queue: queue.pid, openSearch: openSearch.pid }, stop };
  } catch (failure) {
    await stop();
    throw failure;
  }
}
