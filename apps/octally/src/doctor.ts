/** `octally doctor`: everything a start needs, and what to do about what is missing. */
import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { Environment } from "@octally/shared/config";
import { messageOf } from "@octally/shared/errors";
import { execa } from "execa";
import { checkCloudConfig } from "./check-cloud-config.ts";
import { checkGround, checkMaven } from "./check-ground.ts";
import { DEMO_ORGANISATION, decideDemo, type Demo, type DemoChoice } from "./core/demo.ts";
import type { Finding } from "./core/finding.ts";
import { planInstance } from "./core/instance-plan.ts";
import { withoutCredentials, type LocalConfig } from "./core/settings.ts";
import { chooseDemoPort } from "./edges/demo-port.ts";
import { isResolved } from "./edges/opensearch-distribution.ts";
import { greetOpenSearch } from "./edges/opensearch-http.ts";
import { secretFile } from "./edges/webhook-secret.ts";
import { completenessFindings } from "./core/completeness-report.ts";
import { webhookFindings } from "./core/webhooks-report.ts";
import { isRunning, readInstance } from "./instance.ts";
import { readLocalConfig } from "./local-config.ts";
import { repositoryRoot } from "./repository-root.ts";
import type { Status } from "./status.ts";

export async function examine(environment: Environment): Promise<readonly Finding[]> {
  const tools: Finding[] = [{ name: "node", ok: true, detail: `${process.versions.node} (${process.execPath})` }, await checkPnpm(environment)];
  try {
    const { config, home } = readLocalConfig(environment);
    const demo = decideDemo(environment);
    const plan = planInstance(config, home, demo.on ? await chooseDemoPort(config) : undefined);
    const instance = await readInstance(home);
    const running = instance !== undefined && (await isRunning(instance));
    const ground = await checkGround(plan, environment);
    return [
      ...tools,
      { name: "configuration", ok: true, detail: "valid; octally config lists it" },
      // The ports of a system that runs are taken by itself.
      ...ground.filter(({ name }) => !running || !name.startsWith("port ")),
      ...(plan.ports.openSearch !== undefined && isResolved(home) ? [await checkResolvedMaven(environment)] : []),
      ...(running ? [{ name: "running", ok: true, detail: `process ${instance.pid}, ${instance.url}` } as const, ...(await checkMirror(instance.url))] : []),
      checkGithub(config, demo, running ? instance.demo : undefined),
      await checkSecret(config, home),
      ...(config.OPENSEARCH_URL === undefined ? [] : [await checkOpenSearch(config.OPENSEARCH_URL)]),
      ...(await checkCloudConfig(environment)),
    ];
  } catch (failure) {
    return [...tools, { name: "configuration", ok: false, problem: messageOf(failure) }];
  }
}

/** Whether what GitHub has comes in, and is all there. */
async function checkMirror(url: string): Promise<readonly Finding[]> {
  try {
    const answer = await fetch(`${url}/api/status`, { signal: AbortSignal.timeout(10_000) });
    const { webhooks, completeness } = (await answer.json()) as Pick<Status, "webhooks" | "completeness">;
    const now = new Date().toISOString();
    return [...webhookFindings(webhooks, now), ...completenessFindings(completeness ?? [], now)];
  } catch (failure) {
    return [{ name: "front", ok: false, problem: `${url} does not answer (${messageOf(failure)}). Its log is logs/front.log in the home.` }];
  }
}

/** Not needed any more on this machine, so its absence is no problem. */
async function checkResolvedMaven(environment: Environment): Promise<Finding> {
  const found = await checkMaven(environment);
  return found.ok ? found : { name: "maven", ok: true, detail: "not found, and not needed: OpenSearch is already here" };
}

/** What runs was perhaps started with other options. */
function checkGithub({ GITHUB_API_URL: url }: LocalConfig, { on, because }: DemoChoice, runs: Demo | null | undefined): Finding {
  const detail = (): string => {
    if (runs === null) return "not a simulated one in what runs";
    if (runs !== undefined) return `simulated, ${runs.api_url}, with the made-up organisation ${runs.organisation}`;
    return on ? `simulated, with the made-up organisation ${DEMO_ORGANISATION} (${because}; octally up --no-demo starts none)` : `${url} (no simulated one: ${because})`;
  };
  return { name: "github", ok: true, detail: detail() };
}

async function checkPnpm(environment: Environment): Promise<Finding> {
  const own = join(repositoryRoot, ".octally", "toolchain", "pnpm-12.21.0");
  if (await stat(own).catch(() => undefined)) return { name: "pnpm", ok: true, detail: "12.21.0 (in .octally/toolchain)" };
  const npm = await execa("npm", ["--version"], { env: { ...environment }, extendEnv: false, reject: false, stdin: "ignore" });
  if (!npm.failed) return { name: "pnpm", ok: true, detail: "brought by npm when dependencies change" };
  return { name: "pnpm", ok: false, problem: "npm was not found, so pnpm cannot be brought when the dependencies change. Install npm (it comes with Node.js)." };
}

async function checkSecret(config: LocalConfig, home: string): Promise<Finding> {
  if (config.GITHUB_WEBHOOK_SECRET !== undefined) return { name: "webhook secret", ok: true, detail: "from GITHUB_WEBHOOK_SECRET" };
  const file = secretFile(home);
  const found = await stat(file).catch(() => undefined);
  if (found === undefined) return { name: "webhook secret", ok: true, detail: `made at the first start, in ${file}` };
  if ((found.mode & 0o077) === 0) return { name: "webhook secret", ok: true, detail: file };
  return { name: "webhook secret", ok: false, problem: `Others on this machine can read the webhook secret in ${file}, and could forge deliveries with it. Run: chmod 600 '${file}'` };
}

async function checkOpenSearch(url: string): Promise<Finding> {
  try {
    await greetOpenSearch(url);
    return { name: "opensearch", ok: true, detail: `${withoutCredentials(url)} answers` };
  } catch (failure) {
    return { name: "opensearch", ok: false, problem: `${messageOf(failure)} Start it, or correct OPENSEARCH_URL, or unset it to use the embedded one.` };
  }
}
