/** What a figure was measured on. */
import { availableParallelism, cpus, loadavg, totalmem } from "node:os";
import { basename, dirname } from "node:path";
import { distributionFolder } from "@octally/octally/edges/opensearch-distribution";
import { findJava } from "@octally/octally/edges/find-java";

export type Machine = {
  readonly cores: number;
  readonly cpu: string;
  readonly memory_gb: number;
  readonly node: string;
  readonly java: number;
  readonly opensearch: string;
  /** How busy the machine was with other things: the load average of the minute before the run. */
  readonly load_before: number;
};

export async function describeMachine(): Promise<Machine> {
  return {
    cores: availableParallelism(),
    cpu: cpus()[0]?.model.trim() ?? "unknown",
    memory_gb: Math.round(totalmem() / 2 ** 30),
    node: process.versions.node,
    java: (await findJava(process.env)).version,
    // The runner's version is OpenSearch's, with a number of its own behind.
    opensearch: basename(distributionFolder(dirname("."))).replace("opensearch-", "").replace(/\.\d+$/u, ""),
    load_before: Math.round((loadavg()[0] ?? 0) * 10) / 10,
  };
}
