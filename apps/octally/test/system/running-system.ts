/** The real `./octally up`, in a home and on ports of its own. Waits are long because a busy machine is slow, not because they should be. */
import { spawn, type ChildProcess } from "node:child_process";
import { createHmac, randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";
import { distributionFolder, resolveOpenSearch } from "../../src/edges/opensearch-distribution.ts";
import { findFreePort, findFreePortBetween } from "../../src/edges/ports.ts";
import { repositoryRoot } from "../../src/repository-root.ts";

export type Ready = {
  readonly event: "ready";
  readonly url: string;
  readonly webhook_url: string;
  readonly health_url: string;
  readonly opensearch_url: string;
  readonly queue_endpoint: string;
  readonly queue_urls: Readonly<Record<string, string>>;
  readonly bucket: string;
  readonly home: string;
  readonly pid: number;
};

export type Ended = { readonly code: number | null; readonly signal: NodeJS.Signals | null; readonly stdout: string; readonly stderr: string };

const repositoryHome = join(repositoryRoot, ".octally");

/** A home whose OpenSearch has been resolved already: by a link, so that nothing is copied. */
export async function makeHome(): Promise<{ home: string; environment: NodeJS.ProcessEnv }> {
  await resolveOpenSearch({ home: repositoryHome, environment: process.env });
  const home = join(await mkdtemp(join(tmpdir(), "octally system-")), "home");
  await mkdir(home);
  await symlink(distributionFolder(repositoryHome), distributionFolder(home));
  const [front, openSearch] = [await findFreePort(), await findFreePortBetween(9210, 9299)];
  // The system gives a port that nobody has taken yet a second time.
  let queue = await findFreePort();
  while (queue === front) queue = await findFreePort();
  const environment = {
    ...process.env,
    OCTALLY_HOME: home,
    OCTALLY_PORT: String(front),
    OCTALLY_QUEUE_PORT: String(queue),
    OCTALLY_OPENSEARCH_PORT: String(openSearch),
    OPENSEARCH_URL: "",
    GITHUB_WEBHOOK_SECRET: "",
    // Documents are counted: none may come by itself.
    OCTALLY_DEMO: "off",
    // A real account's settings, which must have no effect.
    AWS_ENDPOINT_URL_SQS: "http://127.0.0.1:1",
    AWS_PROFILE: "no-such-profile",
  };
  return { home, environment };
}

export async function removeHome(home: string): Promise<void> {
  await rm(dirname(home), { recursive: true, force: true });
}

/** Runs `./octally` to its end. */
export async function octally(args: readonly string[], environment: NodeJS.ProcessEnv): Promise<Ended> {
  return start(args, environment).ended;
}

export type Started = { readonly child: ChildProcess; /** The lines of JSON so far. */ readonly events: Record<string, unknown>[]; readonly ended: Promise<Ended> };

export function start(args: readonly string[], environment: NodeJS.ProcessEnv): Started {
  // From elsewhere, and with standard input closed: neither may matter.
  const child = spawn(join(repositoryRoot, "octally"), args, { cwd: tmpdir(), env: environment, stdio: ["ignore", "pipe", "pipe"] });
  const events: Record<string, unknown>[] = [];
  const [stdout, stderr]: [string[], string[]] = [[], []];
  createInterface({ input: child.stdout }).on("line", (line) => {
    stdout.push(line);
    if (line.startsWith("{") && line.endsWith("}")) events.push(JSON.parse(line) as Record<string, unknown>);
  });
  createInterface({ input: child.stderr }).on("line", (line) => stderr.push(line));
  const ended = new Promise<Ended>((resolve) => {
    child.once("close", (code, signal) => resolve({ code, signal, stdout: stdout.join("\n"), stderr: stderr.join("\n") }));
  });
  return { child, events, ended };
}

/** @throws with what it wrote when it ends before it is ready. */
export async function untilReady(started: Started): Promise<Ready> {
  let over: Ended | undefined;
  void started.ended.then((ended) => (over = ended));
  await until("up is ready", () => started.events.length > 0 || over !== undefined, 180_000);
  const [first] = started.events;
  if (first === undefined) throw new Error(`octally up ended: ${JSON.stringify(over)}`);
  return first as Ready;
}

export async function until(what: string, condition: () => boolean | Promise<boolean>, timeoutMs = 120_000): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`Not within ${timeoutMs} ms: ${what}`);
    await delay(50);
  }
}

export async function readJson(url: string): Promise<{ readonly status: number; readonly body: Record<string, unknown> }> {
  const answer = await fetch(url);
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

/** A label delivery, signed with the secret of the home. Returns the HTTP status, 0 where nothing listens. */
export async function deliverLabel(ready: Ready, id: number): Promise<number> {
  const secret = (await readFile(join(ready.home, "webhook-secret"), "utf8")).trim();
  const repository = { id: 1, node_id: "R_1", name: "hello", full_name: "octo-demo/hello", owner: { login: "octo-demo", id: 1 } };
  const label = { id, node_id: `LA_${id}`, name: `label-${id}`, color: "0e8a16", default: false, description: null };
  const body = JSON.stringify({ action: "created", label, repository, organization: { login: "octo-demo", id: 1 }, sender: { login: "octocat", id: 2 } });
  const headers = {
    "content-type": "application/json",
    "x-github-event": "label",
    "x-github-delivery": randomUUID(),
    "x-github-hook-id": "1",
    "x-hub-signature-256": `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`,
  };
  const answer = await fetch(ready.webhook_url, { method: "POST", headers, body }).catch(() => undefined);
  return answer?.status ?? 0;
}

/** All labels, or those with one id; -1 while OpenSearch does not answer. */
export async function countLabels(ready: Ready, id?: number): Promise<number> {
  const answer = await fetch(`${ready.opensearch_url}/octally-label/_count${id === undefined ? "" : `?q=id:${id}`}`).catch(() => undefined);
  if (answer?.ok !== true) return -1;
  return ((await answer.json()) as { readonly count: number }).count;
}

/** The process ids of the parts now, by name. */
export async function pidsOf(ready: Ready): Promise<Record<string, number>> {
  const file = join(ready.home, "instance.json");
  return existsSync(file) ? (JSON.parse(await readFile(file, "utf8")) as { readonly pids: Record<string, number> }).pids : {};
}
