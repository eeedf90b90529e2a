/** What must be there before anything starts. Each check says what is wrong, what that means and what to do. */
import { existsSync } from "node:fs";
import { rm, statfs, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Environment } from "@octally/shared/config";
import { messageOf } from "@octally/shared/errors";
import { execa } from "execa";
import type { Finding } from "./core/finding.ts";
import type { InstancePlan } from "./core/instance-plan.ts";
import { findJava } from "./edges/find-java.ts";
import { makeFolder } from "./edges/make-folder.ts";
import { isResolved } from "./edges/opensearch-distribution.ts";
import { isPortFree } from "./edges/ports.ts";

const LEAST_FREE_BYTES = 1024 ** 3;

/** In the order in which they are worth reading. */
export async function checkGround(plan: InstancePlan, environment: Environment): Promise<readonly Finding[]> {
  const { home } = plan.addresses;
  const embedded = plan.ports.openSearch !== undefined;
  const folder = await checkHome(home, Object.values(plan.folders));
  return [
    folder,
    ...(folder.ok ? [await checkSpace(home)] : []),
    ...(embedded ? [await checkJava(environment)] : []),
    ...(embedded && !isResolved(home) ? [await checkMaven(environment)] : []),
    await checkPort("OCTALLY_PORT", plan.ports.front, "webhooks, health and the page"),
    await checkPort("OCTALLY_QUEUE_PORT", plan.ports.queue, "the local queue"),
    ...(plan.ports.openSearch === undefined ? [] : [await checkPort("OCTALLY_OPENSEARCH_PORT", plan.ports.openSearch, "the embedded OpenSearch")]),
    ...(plan.ports.demo === undefined ? [] : [await checkPort("OCTALLY_GITHUB_PORT", plan.ports.demo, "the simulated GitHub")]),
  ];
}

/** The home, and those of its folders that are there: one of them may be another user's, or no folder. */
async function checkHome(home: string, folders: readonly string[]): Promise<Finding> {
  for (const folder of [home, ...folders.filter((one) => existsSync(one))]) {
    const probe = join(folder, `.write-test-${process.pid}`);
    try {
      await makeFolder(folder);
      await writeFile(probe, "");
      await rm(probe);
    } catch (failure) {
      return { name: "home", ok: false, problem: `The folder ${folder} cannot be written to (${messageOf(failure)}). Everything Octally keeps lies there: make it writable, or set OCTALLY_HOME to another folder.` };
    }
  }
  return { name: "home", ok: true, detail: home };
}

async function checkSpace(home: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(home);
  const free = bavail * bsize;
  const shown = `${(free / 1024 ** 3).toFixed(1)} GB free`;
  if (free >= LEAST_FREE_BYTES) return { name: "disk", ok: true, detail: shown };
  return { name: "disk", ok: false, problem: `The disk of ${home} has only ${shown}; with less than 1 GB OpenSearch stops taking documents. Free some space, or set OCTALLY_HOME to a folder on another disk.` };
}

export async function checkJava(environment: Environment): Promise<Finding> {
  try {
    const { command, version } = await findJava(environment);
    return { name: "java", ok: true, detail: `${version} (${command})` };
  } catch (failure) {
    return { name: "java", ok: false, problem: messageOf(failure) };
  }
}

export async function checkMaven(environment: Environment): Promise<Finding> {
  const answer = await execa("mvn", ["-v"], { env: { ...environment }, extendEnv: false, reject: false, stdin: "ignore" });
  const version = /Apache Maven (?<version>[\d.]+)/u.exec(answer.stdout ?? "")?.groups?.["version"];
  if (!answer.failed && version !== undefined) return { name: "maven", ok: true, detail: version };
  const problem = answer.code === "ENOENT" ? 'Maven ("mvn") was not found' : 'Maven ("mvn") does not run';
  return {
    name: "maven",
    ok: false,
    problem: `${problem}. It brings the embedded OpenSearch from Maven Central, once: install it (for example "apt install maven" or "brew install maven"), or set OPENSEARCH_URL to an OpenSearch of your own.`,
  };
}

async function checkPort(variable: string, port: number, use: string): Promise<Finding> {
  if (await isPortFree(port)) return { name: `port ${port}`, ok: true, detail: `free, for ${use}` };
  return { name: `port ${port}`, ok: false, problem: `Port ${port} on 127.0.0.1 is taken by another program; it is needed for ${use}. End that program, or set ${variable} to a free port.` };
}

