/**
 * Bundles every Lambda: `services/<service>/src/handler.ts` and `…-handler.ts` become `dist/<service>/<same name>.mjs`.
 * What a service imports lazily lies in `dist/<service>/chunks/` and is loaded when it is first needed. The same sources
 * give the same bytes: names hold hashes of contents, and paths are relative.
 *
 *   node tools/build-bundles.ts [service …]
 */
import { rm, writeFile } from "node:fs/promises";
import { globSync } from "node:fs";
import { join } from "node:path";
import { build, type Plugin } from "esbuild";
import { type BundleFigures, bundleFigures } from "./bundle-figures.ts";

const root = join(import.meta.dirname, "..");

/** CommonJS inside an ES module calls `require`, and pino's streams read `__dirname`; Node gives a module neither. */
const COMMONJS_BANNER = [
  'import { createRequire as __createRequire } from "node:module";',
  "const require = __createRequire(import.meta.url);",
  "const __dirname = import.meta.dirname, __filename = import.meta.filename;",
].join("");

/**
 * pino asks who calls it, for the sake of transports, of which there are none here. Under `--enable-source-maps` Node answers
 * with places in the sources, and for that takes the whole map apart, at every start: a fifth of the worker's memory.
 */
const NOBODY_ASKS: Plugin = {
  name: "nobody-asks-who-calls",
  setup: (bundler) => bundler.onLoad({ filter: /[\\/]pino[\\/]lib[\\/]caller\.js$/ }, () => ({ contents: "module.exports = () => undefined;", loader: "js" })),
};

export function findEntries(only: readonly string[] = []): Map<string, string[]> {
  const found = globSync("services/*/src/{handler,*-handler}.ts", { cwd: root }).toSorted();
  const byService = Map.groupBy(found, (path) => path.split(/[\\/]/)[1] ?? "");
  return new Map([...byService].filter(([service]) => only.length === 0 || only.includes(service)));
}

export async function bundleService(service: string, entryPoints: string[], distDir: string): Promise<BundleFigures[]> {
  const outdir = join(distDir, service);
  await rm(outdir, { recursive: true, force: true });
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints,
    outdir,
    entryNames: "[name]",
    chunkNames: "chunks/[name]-[hash]",
    outExtension: { ".js": ".mjs" },
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node22",
    // Prefer ES modules: they can be tree-shaken, which halves the AWS clients.
    mainFields: ["module", "main"],
    minify: true,
    sourcemap: true,
    // The sources are in the repository; a map without them is a tenth of the size.
    sourcesContent: false,
    legalComments: "linked",
    banner: { js: COMMONJS_BANNER },
    plugins: [NOBODY_ASKS],
    metafile: true,
    logLevel: "warning",
  });
  await writeFile(join(outdir, "meta.json"), JSON.stringify(metafile));
  return bundleFigures(metafile);
}

function kB(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`;
}

if (import.meta.main) {
  for (const [service, entries] of findEntries(process.argv.slice(2))) {
    for (const { entry, startBytes, totalBytes } of await bundleService(service, entries, join(root, "dist"))) {
      process.stdout.write(`${service}/${entry}: ${kB(startBytes)} at start, ${kB(totalBytes)} with all that is loaded lazily\n`);
    }
  }
}
