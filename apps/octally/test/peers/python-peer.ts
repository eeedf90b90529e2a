/** A peer in Python: installed once from PyPI, in the frozen versions of `<name>.txt`, into a folder of its own. */
import { existsSync, readFileSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { execa } from "execa";

const here = import.meta.dirname;
const home = process.env["OCTALLY_HOME"] ?? resolve(here, "../../../../.octally");

/** The folder of its commands. Made anew where the list of versions has changed. */
export async function installPeer(name: "perceval" | "tap-github"): Promise<string> {
  const folder = join(home, "peers", name);
  const requirements = join(here, `${name}.txt`);
  const installed = join(folder, "installed.txt");
  const bin = join(folder, "bin");
  if (existsSync(installed) && readFileSync(installed, "utf8") === readFileSync(requirements, "utf8")) return bin;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await execa("python3", ["-m", "venv", folder]);
  await execa(join(bin, "python"), ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement", requirements]);
  writeFileSync(installed, readFileSync(requirements));
  return bin;
}
