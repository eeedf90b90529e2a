/** moto, an AWS of the control plane, from PyPI and on the loopback; installed once into `.octally`. */
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { join, resolve } from "node:path";
import { setTimeout } from "node:timers/promises";
import { execa } from "execa";

const REQUIREMENTS = join(import.meta.dirname, "moto-requirements.txt");
const HOME = resolve(import.meta.dirname, "../../../.octally");

export type Moto = { readonly endpoint: string; readonly stop: () => Promise<void> };

/** Where it is installed, or why it cannot be. */
export async function installMoto(): Promise<{ readonly python: string } | { readonly missing: string }> {
  const hash = createHash("sha256").update(readFileSync(REQUIREMENTS)).digest("hex").slice(0, 12);
  const folder = join(HOME, `moto-${hash}`);
  const done = join(folder, "installed");
  const python = join(folder, "bin/python");
  if (existsSync(done)) return { python };
  await mkdir(HOME, { recursive: true });
  await rm(folder, { recursive: true, force: true });
  // A virtual environment cannot be moved: what says that it is whole is made last.
  const steps: readonly [string, readonly string[]][] = [
    ["python3", ["-m", "venv", folder]],
    [python, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement", REQUIREMENTS]],
  ];
  for (const [command, args] of steps) {
    const { exitCode, all: output } = await execa(command, args, { all: true, reject: false, stdin: "ignore" });
    if (exitCode !== 0) return { missing: `moto could not be installed from PyPI (${command === "python3" ? "python3 -m venv" : "pip"}: ${(output ?? "not found").trim().split("\n").at(-1)})` };
  }
  await mkdir(`${done}.partial`);
  await rename(`${done}.partial`, done);
  return { python };
}

export async function startMoto(python: string): Promise<Moto> {
  const port = await freePort();
  const server = execa(python, ["-m", "moto.server", "-H", "127.0.0.1", "-p", String(port)], { stdin: "ignore", stdout: "ignore", stderr: "ignore", reject: false, cleanup: true });
  const endpoint = `http://127.0.0.1:${port}`;
  let ended = false;
  void server.then(() => (ended = true));
  const deadline = Date.now() + 60_000;
  while (!(await answers(endpoint))) {
    if (ended) throw new Error("moto ended while it was starting");
    if (Date.now() > deadline) throw new Error("moto does not answer after a minute");
    await setTimeout(100);
  }
  return {
    endpoint,
    stop: async () => {
      server.kill();
      await server;
    },
  };
}

async function answers(endpoint: string): Promise<boolean> {
  try {
    return (await fetch(`${endpoint}/moto-api/data.json`)).ok;
  } catch {
    return false;
  }
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((done) => void probe.listen(0, "127.0.0.1", done));
  const { port } = probe.address() as AddressInfo;
  await new Promise((done) => void probe.close(done));
  return port;
}
