/** One real OpenSearch and one local queue and object store for all integration tests of a run. */
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startOpenSearch } from "../../apps/octally/src/edges/embedded-opensearch.ts";
import { findJava } from "../../apps/octally/src/edges/find-java.ts";
import { startLocalQueue } from "../../apps/octally/src/edges/local-queue.ts";
import { resolveOpenSearch } from "../../apps/octally/src/edges/opensearch-distribution.ts";
import { findFreePortBetween } from "../../apps/octally/src/edges/ports.ts";
import { repositoryRoot } from "../../apps/octally/src/repository-root.ts";
import { endAbandonedServers, recordServers } from "./test-servers.ts";

export default async function startServers(): Promise<void> {
  const home = join(repositoryRoot, ".octally");
  const environment = process.env;
  await endAbandonedServers();
  const { command: java } = await findJava(environment);
  const lib = await resolveOpenSearch({ home, environment });
  const folder = await mkdtemp(join(tmpdir(), "octally-integration-"));
  const queue = await startLocalQueue({ dataDir: join(folder, "queue"), logFile: join(folder, "queue.log"), port: 0, environment, detached: false });
  const openSearch = await startOpenSearch({
    lib,
    java,
    environment,
    dataDir: join(folder, "opensearch"),
    logFile: join(folder, "opensearch.log"),
    port: await findFreePortBetween(9210, 9299),
    clusterName: `octally-integration-${process.pid}`,
    detached: false,
  }).catch(async (failure: unknown) => {
    await queue.stop();
    throw failure;
  });
  await recordServers({ folder, openSearch, queue });
  // Another release or a managed server instead: CONTRIBUTING.md says how.
  process.env["TEST_OPENSEARCH_URL"] = environment["OCTALLY_TEST_OPENSEARCH_URL"] ?? openSearch.url;
  process.env["TEST_AWS_ENDPOINT_URL"] = queue.endpoint;
}
