/** How large each Lambda's bundle is, and how long a fresh process needs to import it. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundleService, findEntries } from "../../../tools/build-bundles.ts";
import type { Measured } from "../figure.ts";
import { median } from "../statistics.ts";
import { importInFreshProcess, type ImportTime } from "./import-in-fresh-process.ts";

const ROUNDS = 21;

export async function measureBundles(rounds = ROUNDS): Promise<readonly Measured[]> {
  const folder = await mkdtemp(join(tmpdir(), "octally-bench-bundles-"));
  try {
    const built: { readonly name: string; readonly startBytes: number; readonly totalBytes: number }[] = [];
    for (const [service, entries] of findEntries()) {
      for (const { entry, ...sizes } of await bundleService(service, entries, folder)) built.push({ name: `${service}/${entry}`, ...sizes });
    }
    const empty = join(folder, "empty.mjs");
    await writeFile(empty, "");
    const times = await interleave([empty, ...built.map(({ name }) => join(folder, name))], rounds);
    const [baseline = []] = times;
    return built.flatMap(({ name, startBytes, totalBytes }, index) => {
      const own = times[index + 1] ?? [];
      return [
        { figure: `${name} size`, value: startBytes / 1000, unit: "kB" },
        { figure: `${name} loaded lazily`, value: (totalBytes - startBytes) / 1000, unit: "kB" },
        { figure: `${name} import`, value: median(own.map(({ importMs }) => importMs)), unit: "ms" },
        { figure: `${name} process over an empty one`, value: median(own.map(({ processMs }, round) => processMs - (baseline[round]?.processMs ?? Number.NaN))), unit: "ms" },
      ];
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** One of each a round, so that all of them meet the same moments of the machine. The first round only warms the disk's cache. */
async function interleave(files: readonly string[], rounds: number): Promise<readonly (readonly ImportTime[])[]> {
  const times = files.map((): ImportTime[] => []);
  for (let round = 0; round <= rounds; round += 1) {
    for (const [index, file] of files.entries()) {
      const time = await importInFreshProcess(file);
      if (round > 0) times[index]?.push(time);
    }
  }
  return times;
}
