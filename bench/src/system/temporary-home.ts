/** A folder of its own for everything that a benchmark starts, with the OpenSearch that this checkout has resolved. */
import { mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { resolveOpenSearch } from "@octally/octally/edges/opensearch-distribution";
import { repositoryRoot } from "@octally/octally/repository-root";

export type TemporaryHome = { readonly folder: string; readonly openSearchLib: string; readonly remove: () => Promise<void> };

export async function makeTemporaryHome(): Promise<TemporaryHome> {
  const openSearchLib = await resolveOpenSearch({ home: join(repositoryRoot, ".octally"), environment: process.env });
  const folder = await mkdtemp(join(tmpdir(), "octally-bench-"));
  const distribution = dirname(openSearchLib);
  await symlink(distribution, join(folder, basename(distribution)));
  return { folder, openSearchLib, remove: () => rm(folder, { recursive: true, force: true }) };
}
