/** A whole organisation loaded from nothing, and what it cost. */
import { kinds } from "@octally/model/registry";
import { toJobMessage, type DiscoverJob } from "@octally/shared/sync-job";
import { differences, storedIn } from "../differences.ts";
import type { DrainOptions, JobWorld } from "../job-world.ts";
import type { SimulatedGitHub } from "../simulated-github.ts";

export const ALL = kinds.map(({ name }) => name);

export const discovery = (names: readonly string[] = ALL, run = "r1"): DiscoverJob => ({ type: "discover", run, part: `${run}:octo-demo`, turn: 0, source: "octo-demo", since: null, until: null, kinds: [...names] });

type LoadOptions = DrainOptions & {
  readonly names?: readonly string[];
  /** Loaded by themselves afterwards, `owner/name`: what came when the discovery was over. */
  readonly andThen?: () => readonly string[];
};

export type Outcome = {
  readonly differences: readonly string[];
  /** Parts that are not simply done, by what became of them. */
  readonly unusual: readonly string[];
  readonly cost: { readonly requests: number; readonly points: number; readonly violations: number; readonly minutes: number; readonly documents: number };
};

export async function loadWhole(simulated: SimulatedGitHub, world: JobWorld, { names = ALL, andThen = () => [], ...options }: LoadOptions = {}): Promise<Outcome> {
  const beganAt = simulated.clock.now();
  await world.send(discovery(names));
  await world.drain(options);
  await settle(simulated, world, options);
  for (const source of andThen()) await world.send({ ...discovery(names, "r2"), part: `r2:${source}`, source });
  await settle(simulated, world, options);
  const parts = world.parts();
  return {
    differences: differences(simulated, storedIn(world.store), names),
    unusual: parts.filter(({ state, gaps, refreshes }) => state !== "done" || gaps + refreshes > 0).map(({ id, state, reason, gaps, refreshes }) => `${id}: ${state}, ${gaps} gaps, ${refreshes} again${reason === null ? "" : `, ${reason}`}`),
    cost: {
      requests: simulated.requests(),
      points: parts.reduce((sum, { points }) => sum + points, 0),
      violations: simulated.violations(),
      minutes: Math.round((simulated.clock.now() - beganAt) / 60_000),
      documents: names.reduce((sum, name) => sum + world.store.observations(name).length, 0),
    },
  };
}

/** Until no webhook is on its way any more, and nothing is left to do. */
export async function settle(simulated: SimulatedGitHub, world: JobWorld, options: DrainOptions = {}): Promise<void> {
  do {
    await simulated.settle();
    await world.drain(options);
  } while (world.deliveries.size() > 0);
}

/** What the checker orders: of these kinds, everything that GitHub lists is compared with what is stored. */
export async function audit(simulated: SimulatedGitHub, world: JobWorld, names: readonly string[] = ALL): Promise<void> {
  simulated.clock.moveTo(simulated.clock.now() + 60_000);
  const org = simulated.organization.login;
  const places = simulated.oracle.repositories().filter(({ owner }) => owner === simulated.organization).map(({ id, name }) => ({ org, repository: { id, name_with_owner: `${org}/${name}` } }));
  for (const { name, sources, scope } of kinds) {
    if (sources.inventory.by === "nothing" || !names.includes(name)) continue;
    const ofOrganization = name === "repository" || name === "team-repository" || scope === "organization";
    const order = { type: "inventory" as const, kind: name, reason: "audit", compares: "content" as const };
    await world.syncJobs.sendAll((ofOrganization ? [{ org, repository: null }] : places).map((place) => toJobMessage({ ...order, run: `audit ${name} ${place.repository?.id ?? ""}`, ...place })));
  }
  await world.drain();
}

/** One line for whoever asked for the large tests: what it cost is a figure to be compared, and no condition. */
export function report(title: string, { cost }: Outcome, more: Readonly<Record<string, number>> = {}): void {
  process.stderr.write(`${JSON.stringify({ title, ...cost, ...more })}\n`);
}
