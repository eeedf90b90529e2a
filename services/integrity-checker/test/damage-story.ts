/** A loaded organisation, damaged, checked hour by hour until everything is as it was; and what that took. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Coverage } from "../src/core/coverage.ts";
import { planDamage, type Damage, type Held, type Shares } from "./damage.ts";
import { differences, documentsIn, HOUR, openOnes, type Difference, type Mirror } from "./mirror.ts";
import { kinds } from "@octally/model/registry";
import type { Observation } from "@octally/model/observation";
import type { JsonObject } from "@octally/shared/json";

export type Spent = { readonly requests: number; readonly points: number; readonly inventories: number };

export type DamageStory = {
  readonly documents: number;
  readonly damage: Damage;
  /** "<repository or org> <kind> <stored - GitHub's count>", of what GitHub counts: as damaged, and as the first check said. */
  readonly countable: readonly string[];
  readonly shown: readonly string[];
  /** Not complete when the counts had their say, and at the end. */
  readonly openByCounts: readonly string[];
  readonly open: readonly string[];
  readonly wrong: readonly Difference[];
  /** Right documents that were written again. */
  readonly touched: readonly Difference[];
  readonly spent: { readonly byCounts: Spent; readonly byAudit: Spent };
};

export async function playDamage(mirror: Mirror, shares: Shares): Promise<DamageStory> {
  await mirror.load();
  const loaded = await mirror.check(["counts"]);
  const complete = openOnes(loaded.coverages ?? []);
  if (complete.length > 0) throw new Error(`Not complete when it was loaded: ${complete.join("; ")}`);
  const [right, exactly] = [await documentsIn(mirror.stored), await documentsIn(mirror.stored, { whole: true })];
  const damage = await planDamage(heldIn(mirror), shares);
  await inflict(mirror, damage);
  const meter = meterOf(mirror);
  const shown = await checkIn(mirror, HOUR);
  // The second look orders, the third finds it mended; of a repository that was lost itself it all begins when that is back. What is counted by
  // others, of which as many were lost as made up, is stuck after the third order, and then these are looked at.
  let openByCounts: readonly string[] = ["not checked"];
  for (let hour = 0; hour < 9 && openByCounts.length > 0; hour += 1) openByCounts = openOnes((await checkIn(mirror, HOUR)).filter((one) => one.expected !== null));
  const byCounts = meter();
  await mirror.check(["audit"], { full: true });
  await mirror.work();
  let open: readonly string[] = ["not checked"];
  for (let hour = 0; hour < 8 && open.length > 0; hour += 1) open = openOnes(await checkIn(mirror, HOUR));
  const damaged = new Set([...damage.lost, ...damage.aged, ...damage.invented].map(({ kind, id }) => `${kind} ${id}`));
  return {
    documents: right.size,
    damage,
    countable: countableIn(damage, shown),
    shown: shown.flatMap(({ expected, stored, ...of }) => (expected === null || expected === stored || !byGitHub.has(of.kind) ? [] : [`${nameOf(of)} ${stored - expected}`])).toSorted(),
    openByCounts,
    open,
    wrong: differences(await documentsIn(mirror.stored), right),
    touched: differences(await documentsIn(mirror.stored, { whole: true }), exactly).filter(({ name }) => !damaged.has(name)),
    spent: { byCounts, byAudit: meter() },
  };
}

async function checkIn(mirror: Mirror, ms: number): Promise<readonly Coverage[]> {
  const { clock } = mirror.simulated;
  clock.moveTo(clock.now() + ms);
  const { coverages = [] } = await mirror.check(["counts"]);
  await mirror.work();
  return coverages;
}

async function inflict({ stored, simulated }: Mirror, { lost, aged, invented }: Damage): Promise<void> {
  for (const [kind, some] of Map.groupBy([...lost, ...aged], ({ kind: of }) => of)) await stored.lose(kind, some.map(({ id }) => id));
  // A real store forgets what was deleted a moment later; until then it refuses older versions.
  let left: readonly Observation[] = [...aged, ...invented];
  for (let attempts = 0; left.length > 0; attempts += 1) {
    if (attempts === 100) throw new Error(`The damage was not written: ${left.map(({ kind, id }) => `${kind} ${id}`).join(", ")}`);
    if (attempts > 0) await sleep(100);
    const results = await simulated.run(stored.ports.store.write(left));
    left = left.filter((_, index) => results[index]?.outcome !== "written");
  }
}

async function* heldIn({ stored }: Mirror): AsyncGenerator<Held> {
  for (const { name } of kinds) for await (const { id, deletedAt, source } of stored.entries(name)) if (deletedAt === null) yield { kind: name, id, source: JSON.parse(JSON.stringify(source())) as JsonObject };
}

function meterOf({ simulated: { uses }, ordered }: Mirror): () => Spent {
  let from = uses.length;
  ordered();
  return () => {
    const mine = uses.slice(from);
    from = uses.length;
    return { requests: mine.length, points: mine.reduce((sum, { points }) => sum + points, 0), inventories: ordered().filter(({ type }) => type === "inventory").length };
  };
}

const byGitHub = new Set(kinds.filter(({ sources: { count } }) => count.by === "graphql").map(({ name }) => name));
const nameOf = ({ repository, org, kind }: Pick<Coverage, "repository" | "org" | "kind">): string => `${repository?.name_with_owner ?? org ?? ""} ${kind}`;

/** What the numbers of the damage come to, where GitHub itself counts. */
function countableIn({ lost, invented }: Damage, coverages: readonly Coverage[]): readonly string[] {
  const net = new Map<string, number>();
  const add = (kind: string, repository: { readonly id: number } | null, by: number): void => {
    const coverage = coverages.find((one) => one.kind === kind && byGitHub.has(kind) && one.expected !== null && one.repository?.id === (one.level === "organization" ? undefined : repository?.id));
    if (coverage !== undefined) net.set(nameOf(coverage), (net.get(nameOf(coverage)) ?? 0) + by);
  };
  for (const { kind, source } of lost) add(kind, source["repository"] as { readonly id: number } | null, -1);
  for (const { kind, repository } of invented) add(kind, repository, 1);
  return [...net].flatMap(([name, by]) => (by === 0 ? [] : [`${name} ${by}`])).toSorted();
}
