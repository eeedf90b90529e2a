/** The jars of the embedded OpenSearch, resolved once by Maven and kept in the home folder. */
import { existsSync } from "node:fs";
import { mkdir, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Environment } from "@octally/shared/config";
import { ConfigError } from "@octally/shared/errors";
import { execa } from "execa";
import { repositoryRoot } from "../repository-root.ts";

const POM = join(repositoryRoot, "apps", "octally", "opensearch", "pom.xml");
const VERSION = "2.19.1.0";
/** What the pom resolves to; only for the progress that is shown. */
export const EXPECTED_JARS = 95;

export type ResolveOptions = {
  readonly home: string;
  readonly environment: Environment;
  readonly onProgress?: (jars: number) => void;
  readonly signal?: AbortSignal;
};

export function distributionFolder(home: string): string {
  return join(home, `opensearch-${VERSION}`);
}

/** The folder appears by one rename, when it is whole: where it exists there is nothing left to do. */
export function isResolved(home: string): boolean {
  return existsSync(join(distributionFolder(home), "lib"));
}

/**
 * Returns the folder of the jars; idempotent, and safe when two start at once.
 * @throws ConfigError when Maven is missing, or cannot bring them.
 */
export async function resolveOpenSearch({ home, environment, onProgress, signal }: ResolveOptions): Promise<string> {
  const folder = distributionFolder(home);
  const lib = join(folder, "lib");
  if (isResolved(home)) return lib;
  const partial = `${folder}.partial-${process.pid}`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(join(partial, "lib"), { recursive: true });
  const watch = setInterval(() => {
    void readdir(join(partial, "lib")).then(
      (jars) => onProgress?.(jars.length),
      () => undefined,
    );
  }, 200);
  try {
    await runMaven(join(partial, "lib"), environment, signal);
    await rename(partial, folder).catch((failure: unknown) => {
      // Another run was first: its jars are the same.
      if (!isResolved(home)) throw failure;
    });
    return lib;
  } finally {
    clearInterval(watch);
    await rm(partial, { recursive: true, force: true });
  }
}

async function runMaven(target: string, environment: Environment, signal: AbortSignal | undefined): Promise<void> {
  const goal = ["dependency:copy-dependencies", `-DoutputDirectory=${target}`, "-DincludeScope=runtime"];
  const run = await execa("mvn", ["-B", "--strict-checksums", "-f", POM, ...goal], {
    env: { ...environment },
    extendEnv: false,
    reject: false,
    all: true,
    stdin: "ignore",
    ...(signal === undefined ? {} : { cancelSignal: signal }),
  });
  if (!run.failed) return;
  if (run.isCanceled) throw new ConfigError("Resolving OpenSearch was interrupted; the next start begins it again.");
  if (run.code === "ENOENT") {
    throw new ConfigError(
      'Maven ("mvn") was not found. It brings the embedded OpenSearch from Maven Central, once: install it (for example "apt install maven" or "brew install maven"), or set OPENSEARCH_URL to an OpenSearch of your own.',
    );
  }
  const errors = run.all.split("\n").filter((line) => line.includes("[ERROR]")).slice(0, 3);
  throw new ConfigError(`Maven could not bring the embedded OpenSearch. Is Maven Central (or your mirror in ~/.m2/settings.xml) reachable?\n${errors.join("\n")}`);
}
