/** Which servers this test run has started, and those that a killed run has left behind. */
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { RunningOpenSearch } from "../../apps/octally/src/edges/embedded-opensearch.ts";
import type { RunningLocalQueue } from "../../apps/octally/src/edges/local-queue.ts";
import { endStaleProcess, isAlive } from "../../apps/octally/src/edges/stale-process.ts";
import { repositoryRoot } from "../../apps/octally/src/repository-root.ts";

type Recorded = { readonly folder: string; readonly pids: readonly number[] };
type Servers = { readonly folder: string; readonly openSearch: RunningOpenSearch; readonly queue: RunningLocalQueue };

// Jest loads setup and teardown each by itself: only the global object is shared between them.
const shared = globalThis as { octallyTestServers?: Servers };
const records = join(repositoryRoot, ".octally", "test-servers");
const recordOf = (of: string): string => join(records, `${process.pid}-${of}.json`);

/** So that a later run finds them, should this one be killed. `of`: what this process has several of. */
export async function recordProcesses(of: string, record: Recorded): Promise<void> {
  await mkdir(records, { recursive: true });
  await writeFile(recordOf(of), JSON.stringify(record));
}

export const forgetProcesses = (of: string): Promise<void> => rm(recordOf(of), { force: true });

export async function recordServers(servers: Servers): Promise<void> {
  shared.octallyTestServers = servers;
  await recordProcesses("all", { folder: servers.folder, pids: [servers.openSearch.pid, servers.queue.pid] });
}

export async function stopRecordedServers(): Promise<void> {
  const servers = shared.octallyTestServers;
  if (servers === undefined) return;
  await Promise.all([servers.openSearch.stop(), servers.queue.stop()]);
  await rm(servers.folder, { recursive: true, force: true });
  await forgetProcesses("all");
}

/** A run that was killed could not end its OpenSearch; the next one does, if the process still carries that run's folder in its command line. */
export async function endAbandonedServers(): Promise<void> {
  for (const name of await readdir(records).catch(() => [])) {
    if (isAlive(Number.parseInt(name, 10))) continue;
    const record = JSON.parse(await readFile(join(records, name), "utf8")) as Recorded;
    for (const pid of record.pids) await endStaleProcess(pid, record.folder);
    await rm(record.folder, { recursive: true, force: true });
    await rm(join(records, name), { force: true });
  }
}
