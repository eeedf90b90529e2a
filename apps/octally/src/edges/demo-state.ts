/** What makes the made-up organisation the same one at the next start: how it was made, and how far it has come. */
import { readFile, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { ConfigError } from "@octally/shared/errors";
import * as z from "zod";
import { makeFolder } from "./make-folder.ts";

const time = z.iso.datetime();
const DemoState = z.object({
  made: z.object({ seed: z.string(), organization: z.string(), repositories: z.int(), pullRequests: z.int(), richness: z.enum(["plain", "full"]), start: time, end: time }),
  /** Everything up to and with this time of its clock has happened and was delivered. */
  position: time,
});
export type DemoState = z.infer<typeof DemoState>;

/** Undefined before the first start. @throws ConfigError where the file says nothing that can be gone on from. */
export async function readDemoState(file: string): Promise<DemoState | undefined> {
  const text = await readFile(file, "utf8").catch((failure: NodeJS.ErrnoException) => {
    if (failure.code === "ENOENT") return undefined;
    throw failure;
  });
  if (text === undefined) return undefined;
  try {
    return DemoState.parse(JSON.parse(text));
  } catch (failure) {
    throw new ConfigError(`${file} does not say which organisation the demonstration has. Delete ${dirname(file)}: it then begins anew.`, { cause: failure });
  }
}

/** Replaced as a whole. */
export async function writeDemoState(file: string, state: DemoState): Promise<void> {
  await makeFolder(dirname(file));
  await writeFile(`${file}.new`, `${JSON.stringify(state, undefined, 2)}\n`);
  await rename(`${file}.new`, file);
}
