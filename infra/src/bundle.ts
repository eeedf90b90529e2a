/** A service's built folder as the zip file that Lambda takes: the same files give the same bytes. */
import { createHash } from "node:crypto";
import { globSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { zipSync, type Zippable } from "fflate";
import { ConfigurationError } from "./config.ts";

export type Bundle = {
  /** Relative to `folder`. */
  readonly file: string;
  /** As Lambda tells it: SHA-256, base64. */
  readonly hash: string;
};

/** Zip files know times only from 1980 on, in local time; noon is in 1980 everywhere. */
const NO_TIME = new Date(1980, 0, 2, 12);

/** @throws ConfigurationError when the handler is not built */
export function writeBundle(bundles: string, service: string, handlerFile: string, folder: string): Bundle {
  const root = join(bundles, service);
  const files = globSync("**/*", { cwd: root, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1).replaceAll("\\", "/"))
    // What esbuild tells of the bundle; no part of it.
    .filter((name) => name !== "meta.json")
    .toSorted();
  if (!files.includes(handlerFile)) throw new ConfigurationError(`${join(root, handlerFile)} is not there: build the bundles first (pnpm bundle).`);
  const content: Zippable = Object.fromEntries(files.map((name) => [name, readFileSync(join(root, name))]));
  const zip = zipSync(content, { level: 9, mtime: NO_TIME });
  const sha256 = createHash("sha256").update(zip);
  const hash = sha256.copy().digest("base64");
  const file = `bundles/${service}-${sha256.digest("hex").slice(0, 16)}.zip`;
  mkdirSync(join(folder, "bundles"), { recursive: true });
  writeFileSync(join(folder, file), zip);
  return { file, hash };
}
