/** Which bundles are missing, or older than a source that they were made of. */
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Metafile } from "esbuild";
import { findEntries } from "./build-bundles.ts";

/** What a bundle depends on beside its sources: the dependencies' versions, and how it is built. */
const ALSO = ["pnpm-lock.yaml", "tools/build-bundles.ts"];

export function findStaleServices(root: string, distDir: string): readonly string[] {
  return [...findEntries()].filter(([service, entries]) => isStale(root, join(distDir, service), entries)).map(([service]) => service);
}

export function isStale(root: string, outdir: string, entries: readonly string[]): boolean {
  const metaFile = join(outdir, "meta.json");
  const builtAtMs = modifiedAtMs(metaFile);
  if (builtAtMs === undefined) return true;
  const { inputs, outputs } = JSON.parse(readFileSync(metaFile, "utf8")) as Metafile;
  const built = new Set(Object.values(outputs).map(({ entryPoint }) => entryPoint));
  if (entries.some((entry) => !built.has(entry.replaceAll("\\", "/")))) return true;
  // What lies in node_modules changes with the lockfile only, and has the times of its packages' makers.
  const sources = [...Object.keys(inputs).filter((path) => !path.includes("node_modules/")), ...ALSO];
  return sources.some((path) => (modifiedAtMs(join(root, path)) ?? Number.POSITIVE_INFINITY) > builtAtMs);
}

function modifiedAtMs(file: string): number | undefined {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs;
}
