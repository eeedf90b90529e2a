import { basename } from "node:path";
import type { Metafile } from "esbuild";

/** Of one entry: the JavaScript that its import loads, and all that it may ever load. */
export type BundleFigures = { readonly entry: string; readonly startBytes: number; readonly totalBytes: number };

export function bundleFigures(metafile: Metafile): BundleFigures[] {
  return Object.entries(metafile.outputs)
    .filter(([path, output]) => output.entryPoint?.endsWith("handler.ts") === true && path.endsWith(".mjs"))
    .map(([path]) => ({ entry: basename(path), startBytes: bytesOf(metafile, path, false), totalBytes: bytesOf(metafile, path, true) }));
}

function bytesOf(metafile: Metafile, entry: string, withLazy: boolean): number {
  const seen = new Set<string>();
  const open = [entry];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    for (const { path: next, kind, external } of metafile.outputs[path]?.imports ?? []) {
      if (external !== true && (withLazy || kind !== "dynamic-import")) open.push(next);
    }
  }
  return [...seen].reduce((sum, path) => sum + (metafile.outputs[path]?.bytes ?? 0), 0);
}
