/**
 * Sources that were never loaded, and repositories of theirs that came without a word: each gets a run of its own. Safe to call at any
 * time, and twice; whatever it starts is done by the jobs.
 */
import { numberAt, textAt } from "@octally/shared/json";
import type { StoreReader } from "@octally/store/reader";
import { endOfRun, runPrefixOf, type RunSpecification } from "./core/run.ts";
import { PART_KIND } from "./core/part-state.ts";
import { startRun, type StartRunPorts } from "./start-run.ts";

export type DiscoveryPorts = StartRunPorts & {
  readonly reader: Pick<StoreReader, "groups" | "scan">;
  /** The names of all that can be loaded. */
  readonly kinds: readonly string[];
};

/** The ids of the runs that were begun. */
export type Begun = readonly string[];

/** Only what never had a run: what is under way, or did not come to a good end, is left alone. */
export async function startNew(ports: DiscoveryPorts, sources: readonly string[]): Promise<Begun> {
  const begun: string[] = [];
  const loaded: string[] = [];
  for (const source of sources) {
    const latest = await latestRun(ports, source);
    if (latest === undefined) begun.push((await startRun(ports, wholeOf(ports, source), "a new source")).run);
    // Before its end the load itself comes to the repositories that it has not seen yet.
    else if (await isOver(ports, latest)) loaded.push(source);
  }
  for (const name of await neverLoaded(ports, loaded)) {
    if ((await latestRun(ports, name)) === undefined) begun.push((await startRun(ports, wholeOf(ports, name), "a new repository")).run);
  }
  return begun;
}

/** Asks GitHub once more which repositories the sources have. Of a load that is not over, or not complete, it sends again what a queue may have lost, and opens again what failed. */
export async function lookAgain(ports: DiscoveryPorts, sources: readonly string[]): Promise<Begun> {
  const begun: string[] = [];
  for (const source of sources) {
    const whole = wholeOf(ports, source);
    const { run } = await startRun(ports, whole, "a new source", { again: false });
    if (!source.includes("/") && (await isOver(ports, run))) begun.push((await startRun(ports, { ...whole, kinds: ["repository"] }, "which repositories are there", { fresh: true })).run);
  }
  return begun;
}

async function latestRun(ports: DiscoveryPorts, source: string): Promise<string | undefined> {
  return (await ports.runs.findRuns(runPrefixOf(wholeOf(ports, source))))[0];
}

async function isOver({ runs }: DiscoveryPorts, run: string): Promise<boolean> {
  return endOfRun(await runs.sumsOf(run, { fresh: true })) !== undefined;
}

function wholeOf({ kinds }: DiscoveryPorts, source: string): RunSpecification {
  return { sources: [source], kinds, since: null, until: null };
}

/** One that is empty, or not to be seen, has no lists and so no parts: it is among them each time, and has a run all the same. */
async function neverLoaded({ reader }: DiscoveryPorts, sources: readonly string[]): Promise<readonly string[]> {
  const owners = new Set(sources.filter((source) => !source.includes("/")).map((source) => source.toLowerCase()));
  if (owners.size === 0) return [];
  const known = new Set((await reader.groups({ kind: PART_KIND, by: ["repository.id"], where: { is: { type: ["backfill"] } } })).map(({ key }) => key[0]));
  const names: string[] = [];
  for await (const document of reader.scan({ kind: "repository", by: "id", fields: ["id", "full_name"] })) {
    const [id, name] = [numberAt(document, "id"), textAt(document, "full_name")];
    if (id !== undefined && name !== undefined && !known.has(id) && owners.has(name.split("/")[0]?.toLowerCase() ?? "")) names.push(name);
  }
  return names;
}
