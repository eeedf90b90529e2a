/**
 * Bundles the worker that runs for long: `dist/worker-container/worker-container.mjs`, all that the image of the Dockerfile holds.
 *
 *   node tools/build-container.ts
 */
import { join } from "node:path";
import { bundleService } from "./build-bundles.ts";

const root = join(import.meta.dirname, "..");

export async function buildContainerBundle(distDir: string): Promise<string> {
  await bundleService("worker-container", ["apps/octally/src/worker-container.ts"], distDir);
  return join(distDir, "worker-container", "worker-container.mjs");
}

if (import.meta.main) await buildContainerBundle(join(root, "dist"));
