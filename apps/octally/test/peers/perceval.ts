/** Perceval, unmodified, against an address of our choice, as if that were a GitHub Enterprise Server. */
import { join } from "node:path";
import { execa } from "execa";
import * as z from "zod";
import { installPeer } from "./python-peer.ts";

const itemSchema = z.looseObject({ category: z.string(), data: z.record(z.string(), z.unknown()) });

export type PercevalItem = Readonly<Record<string, unknown>>;

/** @throws where Perceval ends with an error, with what it said */
export async function runPerceval(options: { readonly url: string; readonly token: string; readonly owner: string; readonly repository: string; readonly backend: "github" | "githubql"; readonly category: string }): Promise<readonly PercevalItem[]> {
  const bin = await installPeer("perceval");
  const { backend, category, owner, repository, url, token } = options;
  const { stdout } = await execa(join(bin, "perceval"), [backend, owner, repository, "--category", category, "--enterprise-url", url, "--api-token", token, "--json-line"], { stdin: "ignore", maxBuffer: 1_000_000_000 });
  return stdout.split("\n").filter((line) => line !== "").map((line) => itemSchema.parse(JSON.parse(line)).data);
}
