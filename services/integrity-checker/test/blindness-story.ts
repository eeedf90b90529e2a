/** A token that loses a permission in the middle, and gets it back: what is said meanwhile, and what became of the documents. */
import { addCollaborator } from "@octally/github-simulator/operations/collaborators";
import type { Permissions } from "@octally/github-simulator/server/credentials";
import { kinds } from "@octally/model/registry";
import { isNoWay } from "@octally/model/sources";
import type { Coverage } from "../src/core/coverage.ts";
import { differences, documentsIn, HOUR, makeMirror, openOnes, type Difference, type Mirror, type MirrorOptions } from "./mirror.ts";

export const TOKEN = "github_pat_changing";
export const PERMISSIONS = [...new Set(kinds.flatMap(({ sources: { permission } }) => (isNoWay(permission) ? [] : [permission.name])))].filter((name) => name !== "metadata");

/** Kinds of which blindness can be noticed: counted, listed, or told by another that needs the same. */
export function noticedBy(permission: string): readonly string[] {
  const those = kinds.filter(({ sources }) => !isNoWay(sources.permission) && sources.permission.name === permission);
  const counted = those.some(({ sources: { count } }) => count.by === "graphql");
  return those.filter(({ sources: { inventory } }) => counted || !isNoWay(inventory)).map(({ name }) => name);
}

export type Blindness = {
  /** "<kind>: <permissions named>", of what cannot be seen. */
  readonly hidden: ReadonlyMap<string, string>;
  /** Not complete for any other reason. */
  readonly besides: readonly string[];
  readonly changed: readonly Difference[];
  /** After it came back. */
  readonly open: readonly string[];
  readonly violations: number;
};

/** Everything in it is for those alone who were granted it. */
export function makePrivateMirror(options: MirrorOptions = {}): Mirror {
  return makeMirror({
    repositories: 1,
    pullRequests: 12,
    richness: "full",
    seed: 5,
    ...options,
    token: (simulator) => {
      const { organization, oracle, world } = simulator;
      const [owner, other] = organization.members;
      for (const repository of oracle.repositories().filter((one) => one.owner === organization)) {
        repository.visibility = "private";
        addCollaborator(world, { actor: owner!.user, repository, user: other!.user });
      }
      for (const project of organization.projects) project.public = false;
      return grant(simulator, PERMISSIONS);
    },
  });
}

export function grant({ server, organization }: Pick<Mirror["simulated"], "server" | "organization">, names: readonly string[], repositories: Parameters<Mirror["simulated"]["server"]["credentials"]["fineGrained"]>[2] = null): string {
  const permissions: Permissions = Object.fromEntries(names.map((name) => [name, "read"]));
  return server.credentials.fineGrained(organization.members[0]!.user, permissions, repositories, TOKEN);
}

export async function playBlindness(mirror: Mirror, blind: () => void, see: () => void): Promise<Blindness> {
  await mirror.load();
  const loaded = openOnes(await checkAfter(mirror, HOUR));
  if (loaded.length > 0) throw new Error(`Not complete when it was loaded: ${loaded.join("; ")}`);
  const before = await documentsIn(mirror.stored);
  blind();
  await checkAfter(mirror, HOUR, true);
  for (let hour = 0; hour < 3; hour += 1) await checkAfter(mirror, HOUR);
  const coverages = await checkAfter(mirror, HOUR);
  const hidden = new Map([...Map.groupBy(coverages.filter(({ status }) => status === "cannot-see"), ({ kind }) => kind)].map(([kind, all]) => [kind, [...new Set(all.map(({ permission }) => permission ?? "none"))].join(" ")]));
  const changed = differences(await documentsIn(mirror.stored), before);
  see();
  await checkAfter(mirror, HOUR);
  // What only an inventory can see again is tried once a day.
  for (const hours of [25, 1, 1, 1]) await checkAfter(mirror, hours * HOUR);
  const open = openOnes(await checkAfter(mirror, HOUR));
  return { hidden, besides: openOnes(coverages.filter(({ status }) => status !== "cannot-see")), changed: [...changed, ...differences(await documentsIn(mirror.stored), before)], open, violations: mirror.simulated.violations() };
}

/** `audit`: everything is also compared one by one. */
async function checkAfter(mirror: Mirror, ms: number, audit = false): Promise<readonly Coverage[]> {
  const { clock } = mirror.simulated;
  clock.moveTo(clock.now() + ms);
  const { coverages = [] } = await mirror.check(["counts"]);
  await mirror.work();
  if (!audit) return coverages;
  await mirror.check(["audit"], { full: true });
  await mirror.work();
  return coverages;
}
