/** A repository that is a source by itself stays one, whatever becomes of its name and of what the store knows of it. */
import { expect, test } from "@jest/globals";
import { renameRepository } from "@octally/github-simulator/operations/repository";
import type { Repository } from "@octally/github-simulator/world/entities";
import type { Completeness } from "./check-completeness.ts";
import { HOUR, makeMirror, openOnes, type Mirror } from "../test/mirror.ts";

const own = ({ oracle, organization }: Pick<Mirror["simulated"], "oracle" | "organization">): Repository => oracle.repositories().find(({ owner }) => owner === organization)!;

async function loaded(): Promise<{ readonly mirror: Mirror; readonly later: () => Promise<Completeness> }> {
  const mirror = makeMirror({ repositories: 2, pullRequests: 20, sourceOf: (simulated) => `octo-demo/${own(simulated).name}` });
  const later = async (): Promise<Completeness> => {
    mirror.simulated.clock.moveTo(mirror.simulated.clock.now() + HOUR);
    const found = await mirror.check(["counts", "audit", "references"], { full: true });
    await mirror.work();
    return found;
  };
  await mirror.load();
  expect(openOnes((await later()).coverages ?? [])).toEqual([]);
  return { mirror, later };
}

test("renamed, it is checked by the name that GitHub leads on to", async () => {
  const { mirror, later } = await loaded();
  const { simulated } = mirror;
  renameRepository(simulated.world, { actor: simulated.organization.members[0]!.user, repository: own(simulated), name: "elsewhere" });
  await later();
  // Its own document has the new name by now, and the source still the former one.
  const { coverages = [], audit } = await later();
  expect(new Set(coverages.map(({ repository }) => repository?.name_with_owner))).toEqual(new Set(["octo-demo/elsewhere"]));
  expect(openOnes(coverages)).toEqual([]);
  expect(audit?.ordered).toBeGreaterThan(20);
});

test("lost with its own document, it is found at GitHub, and all of it is fetched again", async () => {
  const { mirror, later } = await loaded();
  const { id } = own(mirror.simulated);
  await mirror.stored.lose("repository", [String(id)]);
  const labels = own(mirror.simulated).labels.map((label) => String(label.id));
  await mirror.stored.lose("label", labels);
  const first = await later();
  expect(first.coverages?.find(({ kind }) => kind === "label")).toMatchObject({ missing: labels.length, repository: { id } });
  for (let hour = 0; hour < 4; hour += 1) await later();
  expect(openOnes((await later()).coverages ?? [])).toEqual([]);
  expect(mirror.jobs.store.sourceOf("repository", String(id))).toMatchObject({ id });
});
