/** Two days without webhooks, and then the checks: what GitHub has logged comes from its log alone, what it has not by counts and audit. */
import { expect, test } from "@jest/globals";
import { editHook } from "@octally/github-simulator/operations/hooks";
import { differences, documentsIn, HOUR, LISTED_KINDS, loadAnew, makeMirror, openOnes, WEBHOOK_URL, type Mirror } from "../test/mirror.ts";

/** `silence`: nobody answers, or the hook is switched off at GitHub. */
async function play(silence: "none" | "failing" | "off"): Promise<Mirror> {
  const mirror = makeMirror({ repositories: 3, pullRequests: 80, years: 0.1, seed: 9, from: "beginning" });
  const { simulated, way } = mirror;
  simulated.playTo(simulated.options.start + 20 * 24 * HOUR);
  await mirror.load();
  const hook = simulated.addHook(WEBHOOK_URL, "secret");
  const live = async (hours: number): Promise<void> => {
    for (let hour = 0; hour < hours; hour += 1) {
      await mirror.pass(HOUR);
      await mirror.receive();
      await mirror.work();
    }
  };
  await live(3);
  await mirror.check(["deliveries"]);
  way.open = silence !== "failing";
  editHook(simulated.world, { hook, active: silence !== "off" });
  await live(48);
  way.open = true;
  editHook(simulated.world, { hook, active: true });
  await live(1);
  return mirror;
}

async function checks(mirror: Mirror, many: number, names: Parameters<Mirror["check"]>[0]): Promise<readonly Awaited<ReturnType<Mirror["check"]>>[]> {
  const { clock } = mirror.simulated;
  const reports = [];
  for (let check = 0; check < many; check += 1) {
    clock.moveTo(clock.now() + HOUR);
    reports.push(await mirror.check(names, { full: true }));
    await mirror.work();
  }
  return reports;
}

test("deliveries that failed come back from GitHub's log alone: a request for each, and everything is as if they had come", async () => {
  const [well, mirror] = [await play("none"), await play("failing")];
  expect(differences(await documentsIn(mirror.stored), await documentsIn(well.stored)).length).toBeGreaterThan(50);
  const from = mirror.simulated.uses.length;
  mirror.ordered();
  const [first, second] = await checks(mirror, 2, ["deliveries"]);
  const found = first?.deliveries?.hooks[0]?.found;
  const missing = found !== undefined && "missing" in found ? found.missing : 0;
  expect(missing).toBeGreaterThan(80);
  expect(mirror.ordered().map(({ type }) => type)).toEqual(Array.from({ length: missing }, () => "fetch-delivery"));
  expect(second?.deliveries?.hooks[0]?.found).toMatchObject({ missing: 0, givenUp: [] });
  expect(differences(await documentsIn(mirror.stored), await documentsIn(well.stored))).toEqual([]);
  const uses = mirror.simulated.uses.slice(from);
  expect(uses.filter(({ kind, purpose }) => kind === "delivery" && purpose === "live")).toHaveLength(missing);
  // The list of hooks and the log, each time.
  expect(uses.filter(({ purpose }) => purpose === "repair").length).toBeLessThanOrEqual(2 * (1 + Math.ceil(missing / 100)));
}, 240_000);

test("of a hook that was switched off nothing is logged: counts and audit bring back what GitHub lists", async () => {
  const mirror = await play("off");
  const [log] = await checks(mirror, 1, ["deliveries"]);
  expect(log?.deliveries?.hooks[0]?.found).toMatchObject({ missing: 0 });
  await checks(mirror, 3, ["counts"]);
  await checks(mirror, 1, ["audit"]);
  const reports = await checks(mirror, 6, ["counts"]);
  expect(openOnes(reports.at(-1)?.coverages ?? [])).toEqual([]);
  const anew = await loadAnew(mirror.simulated);
  expect(differences(await documentsIn(mirror.stored, { of: LISTED_KINDS }), await documentsIn(anew.store, { of: LISTED_KINDS }))).toEqual([]);
}, 240_000);
