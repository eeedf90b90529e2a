/** The handlers, either as they are in the sources or from the bundles that are deployed. */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type * as Checker from "@octally/integrity-checker/handler";
import type * as Worker from "@octally/sync-worker/deliveries-handler";
import type * as Jobs from "@octally/sync-worker/jobs-handler";
import type * as Intake from "@octally/webhook-intake/handler";
import { repositoryRoot } from "../repository-root.ts";

export const bundlesFolder = join(repositoryRoot, "dist");

type IntakeModule = typeof Intake;
type WorkerModule = typeof Worker;
type JobsModule = typeof Jobs;
type CheckerModule = typeof Checker;

/** The handlers read their environment when they are imported: an incomplete one makes these throw. */
export async function importIntake(bundles: string | undefined): Promise<IntakeModule> {
  return bundles === undefined ? import("@octally/webhook-intake/handler") : ((await importBundle(bundles, "webhook-intake/handler")) as IntakeModule);
}

export async function importWorker(bundles: string | undefined): Promise<WorkerModule> {
  return bundles === undefined ? import("@octally/sync-worker/deliveries-handler") : ((await importBundle(bundles, "sync-worker/deliveries-handler")) as WorkerModule);
}

export async function importJobs(bundles: string | undefined): Promise<JobsModule> {
  return bundles === undefined ? import("@octally/sync-worker/jobs-handler") : ((await importBundle(bundles, "sync-worker/jobs-handler")) as JobsModule);
}

export async function importChecker(bundles: string | undefined): Promise<CheckerModule> {
  return bundles === undefined ? import("@octally/integrity-checker/handler") : ((await importBundle(bundles, "integrity-checker/handler")) as CheckerModule);
}

function importBundle(bundles: string, entry: string): Promise<unknown> {
  return import(pathToFileURL(join(bundles, `${entry}.mjs`)).href);
}

/** The services whose bundle is missing, or older than a source of it. esbuild is loaded by those only who bundle. */
export async function findStaleBundles(): Promise<readonly string[]> {
  const { findStaleServices } = await import("../../../../tools/stale-bundles.ts");
  return findStaleServices(repositoryRoot, bundlesFolder);
}

export async function buildBundles(services: readonly string[]): Promise<void> {
  const { bundleService, findEntries } = await import("../../../../tools/build-bundles.ts");
  for (const [service, entries] of findEntries(services)) await bundleService(service, entries, bundlesFolder);
}
