import { describe, expect, test } from "@jest/globals";
import { makeCheckerWorld, TRUE_KINDS, type CheckerWorld } from "../test/checker-world.ts";
import { checkAudit } from "./check-audit.ts";
import { checkCounts, type CountsReport } from "./check-counts.ts";
import { kinds } from "@octally/model/registry";
import type { Coverage } from "./core/coverage.ts";

const HOUR = 3_600_000;

async function check(world: CheckerWorld, { repair = true, hoursLater = 0 } = {}): Promise<CountsReport> {
  const { ports, simulated } = world;
  simulated.clock.moveTo(simulated.clock.now() + hoursLater * HOUR);
  return simulated.run(checkCounts(ports, { sources: [simulated.organization.login], repair, mostRepairs: 500, timeMs: 60_000 }));
}

const told = ({ org, repository, kind, expected, stored, status, permission }: Coverage): string => `${repository?.name_with_owner.split("/")[1] ?? org ?? ""} ${kind} ${expected ?? "-"}/${stored} ${status}${permission === null ? "" : ` ${permission}`}`;
const open = ({ coverages }: CountsReport): readonly string[] => coverages.filter(({ status }) => status !== "complete" && status !== "not-countable").map(told);

/** Everything that is there, but for what the oracle does not hold. */
function differing({ present, simulated }: CheckerWorld): readonly string[] {
  return TRUE_KINDS.filter((kind) => {
    const truths = new Set([...simulated.oracle.things(kind)].flatMap((truth) => ((truth.repository?.owner ?? truth.organization) === simulated.organization ? [truth.key] : [])));
    const held = present(kind);
    return truths.size !== held.size || [...truths].some((key) => !held.has(key));
  });
}

describe("a loaded organisation", () => {
  test("is complete by GitHub's own counts, of every kind in every repository", async () => {
    const world = makeCheckerWorld({ repositories: 4, pullRequests: 60, seed: 3 });
    await world.load();
    const report = await check({ ...world, ports: { ...world.ports, kinds } });
    expect(open(report)).toEqual([]);
    expect(report.orders).toEqual([]);
    expect(report.requests).toBe(2);
    expect(new Set(report.coverages.filter(({ status }) => status === "complete").map(({ kind }) => kind)).size).toBe(22);
    expect(world.simulated.violations()).toBe(0);
  }, 30_000);

  test("of which things are lost, left over and out of date is whole again; what was right is not touched", async () => {
    const world = makeCheckerWorld({ repositories: 4, pullRequests: 60, seed: 4 });
    await world.load();
    await check(world);
    const damaged = await world.damage({ lost: 0.02, aged: 0.02, invented: 0.01 });
    expect(damaged.lost.length + damaged.aged.length + damaged.invented.length).toBeGreaterThan(20);

    expect((await check(world, { hoursLater: 1 })).orders).toEqual([]);
    const second = await check(world, { hoursLater: 1 });
    const counted = new Set(second.coverages.filter(({ expected }) => expected !== null).map(({ kind }) => kind));
    expect(new Set(second.orders.map(({ job }) => `${job.repository?.id ?? ""} ${job.kind}`))).toEqual(new Set(second.coverages.filter(({ missing, surplus, expected }) => expected !== null && (missing ?? 0) + (surplus ?? 0) > 0).map(({ repository, kind }) => `${repository?.id ?? ""} ${kind}`)));
    await world.work();
    const third = await check(world, { hoursLater: 1 });
    expect(open(third).filter((line) => counted.has(line.split(" ")[1] ?? "") && !line.includes("repairing"))).toEqual([]);

    // The audit finds what counts do not show.
    const { ports, simulated } = world;
    await checkAudit(ports, { sources: [simulated.organization.login], days: 30, full: true });
    await world.work();
    for (let hour = 0; hour < 4; hour += 1) {
      await check(world, { hoursLater: 1 });
      await world.work();
    }
    expect(open(await check(world, { hoursLater: 1 }))).toEqual([]);
    expect(differing(world)).toEqual([]);
    expect(await world.stillDamaged(damaged)).toEqual([]);
    expect(world.touched().filter((id) => ![...damaged.lost, ...damaged.aged, ...damaged.invented].includes(id))).toEqual([]);
  }, 60_000);
});

describe("a token that may see less", () => {
  const ALL = { metadata: "read", contents: "read", issues: "read", pull_requests: "read", discussions: "read", deployments: "read", vulnerability_alerts: "read", members: "read", organization_projects: "read", administration: "read" } as const;

  test("names what it lacks, makes no orders and no tombstones, and is right again when it is granted", async () => {
    const TOKEN = "github_pat_changing";
    const grant = ({ server, organization }: Pick<CheckerWorld["simulated"], "server" | "organization">, permissions: Partial<typeof ALL>, repositories: Parameters<typeof server.credentials.fineGrained>[2] = null): string =>
      server.credentials.fineGrained(organization.members[0]!.user, permissions, repositories, TOKEN);
    const world = makeCheckerWorld({ repositories: 6, pullRequests: 40, seed: 5, token: (simulator) => grant(simulator, ALL) });
    const { simulated } = world;
    await world.load();
    expect(open(await check(world))).toEqual([]);

    const { vulnerability_alerts: _, ...less } = ALL;
    const [first, ...others] = [...simulated.oracle.repositories()].filter(({ owner }) => owner === simulated.organization);
    first!.visibility = "private";
    grant(simulated, less, others);
    const blind = await check(world, { hoursLater: 1 });
    const again = await check(world, { hoursLater: 1 });
    const name = first!.name;
    expect(new Set(open(blind).map((line) => line.replace(/ -\/.*cannot-see/, "")).filter((line) => !line.startsWith(`${name} `)).map((line) => line.replace(/^\S+ /, "")))).toEqual(new Set(["dependabot-alert vulnerability_alerts=read", "repository metadata=read"]));
    expect(blind.coverages.filter(({ repository }) => repository?.id === first!.id).every(({ status, permission }) => status === "cannot-see" && permission === "metadata=read")).toBe(true);
    expect([blind.orders, again.orders]).toEqual([[], []]);
    expect(differing(world)).toEqual([]);

    grant(simulated, ALL);
    const restored = await check(world, { hoursLater: 1 });
    expect([open(restored), restored.orders]).toEqual([[], []]);
  }, 30_000);
});
