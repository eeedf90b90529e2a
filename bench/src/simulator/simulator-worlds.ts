/** What it takes to make a world, by size; and whether the same seed makes the same one. */
import type { Measured } from "../figure.ts";
import { runWorld } from "./start-world.ts";
import type { WorldMade } from "./world-process.ts";

const SIZES = [[1, 10], [20, 2000], [200, 20_000]] as const;
const LARGEST = [1000, 100_000] as const;

/** The largest of these is made twice more: their digests must be equal. */
export async function measureSimulatorWorlds(): Promise<readonly Measured[]> {
  const measured: Measured[] = [];
  for (const [repositories, pullRequests] of SIZES) measured.push(...toFigures([repositories, pullRequests], await runWorld({ repositories, pullRequests, afterwards: "nothing" })));
  const [repositories, pullRequests] = SIZES[2];
  const digests = [await runWorld({ repositories, pullRequests, afterwards: "digest" }), await runWorld({ repositories, pullRequests, afterwards: "digest" })].map(({ digest }) => digest);
  return [...measured, { figure: `${nameOf(SIZES[2])}: worlds of one seed that differ`, value: new Set(digests).size - 1, unit: "" }];
}

export async function measureLargestWorld(): Promise<readonly Measured[]> {
  const [repositories, pullRequests] = LARGEST;
  return toFigures(LARGEST, await runWorld({ repositories, pullRequests, afterwards: "nothing" }));
}

function toFigures(size: readonly [number, number], { seconds, cpuSeconds, heapBytes, residentBytes, peakBytes, happenings }: WorldMade): readonly Measured[] {
  const name = nameOf(size);
  return [
    { figure: `${name}: made in`, value: seconds, unit: "s" },
    { figure: `${name}: CPU`, value: cpuSeconds, unit: "s" },
    { figure: `${name}: happenings`, value: happenings, unit: "" },
    { figure: `${name}: heap`, value: heapBytes / 1e6, unit: "MB" },
    { figure: `${name}: resident`, value: residentBytes / 1e6, unit: "MB" },
    { figure: `${name}: resident at most`, value: peakBytes / 1e6, unit: "MB" },
  ];
}

function nameOf([repositories, pullRequests]: readonly [number, number]): string {
  return `${repositories}/${pullRequests}`;
}
