/**
 * Sources that were never loaded, and repositories of theirs that came without a word: each gets a run of its own. Safe to call at any
 * time, and twice; whatever it starts is done by the jobs.
 */
import { numberAt, textAt } from "@octally/shared/json";
import type { StoreReader } from "@octally/store/reader";
import type { RunReads } from "@octally/store/runs";
import { runPrefixOf, type RunSpecification } from "./core/run.ts";
import { PART_KIND } from "./core/part-state.ts";
import { startRun, type StartedRun, type StartRunPorts } from "./start-run.ts";

export type DiscoveryPorts = StartRunPorts & {
  readonly progressOf: RunReads["progressOf"];
  readonly reader: Pick<StoreReader, "groups" | "scan">;
  /** The names of all that can be loaded. */
  readonly kinds: readonly string[];
};

/** The ids of the runs that were begun. */
export type Begun = readonly string[];

/** Only what never had a run: what is under way is left alone. */
export async function startNew(ports: DiscoveryPorts, sources: readonly string[]): Promise<Begun> {
  const begun: StartedRun[] = [];
  const loaded: string[] = [];
  for (const source of sources) {
    const whole = wholeOf(ports, source);
    const [run] = await ports.findRuns(runPrefixOf(whole));
    if (run === undefined) begun.push(await startRun(ports, whole, "a new source", { again: false }));
    // Before its end the load itself comes to the repositories that it has not seen yet.
    else if (await isOver(ports, run)) loaded.push(source);
  }
  for (const name of await neverLoaded(ports, loaded)) begun.push(await startRun(ports, wholeOf(ports, name), "a new repository", { again: false }));
  return begun.flatMap(({ run, resumed }) => (resumed ? [] : [run]));
}

/** Asks GitHub once more which repositories the sources have; of a load that is not over it sends the nudges that a queue may have lost. */
export async function lookAgain(ports: DiscoveryPorts, sources: readonly string[]): Promise<Begun> {
  const begun: string[] = [];
  for (const source of sources) {
    const whole = wholeOf(ports, source);
    const { run } = await startRun(ports, whole, "a new source", { again: false });
    if (!source.includes("/") && (await isOver(ports, run))) begun.push((await startRun(ports, { ...whole, kinds: ["repository"] }, "which repositories are there")).run);
  }
  return begun;
}

async function isOver({ progressOf }: DiscoveryPorts, run: string): Promise<boolean> {
  const { parts, over } = await progressOf(run);
  return parts > 0 && over === parts;
}

function wholeOf({ kinds }: DiscoveryPorts, source: string): RunSpecification {
  return { sources: [source], kinds, since: null, until: null };
}

/** An empty one has no list to load, and so no parts: for it nothing is begun a second time. */
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
