/** How fast the simulated GitHub answers: over loopback, where this process asks and another one answers, and by a call. */
import type { Measured } from "../figure.ts";
import { cpuTimes } from "../system/cpu-time.ts";
import { makeHttpClient } from "./client.ts";
import { measureRates, type RateKind } from "./measure-rates.ts";
import { runWorld, startWorld } from "./start-world.ts";

const SIZE = { repositories: 200, pullRequests: 20_000 };

export async function measureSimulatorRates(kind: RateKind): Promise<readonly Measured[]> {
  const loopback = await overLoopback(kind);
  const { measured = [] } = await runWorld({ ...SIZE, afterwards: kind });
  return [...named("loopback", loopback), ...named("in process", measured)];
}

async function overLoopback(kind: RateKind): Promise<readonly Measured[]> {
  const { served, pid, stop } = await startWorld({ ...SIZE, afterwards: "serve" });
  try {
    if (served === undefined) throw new Error("The world is not served.");
    const client = makeHttpClient(served.url, served.token);
    try {
      return await measureRates(kind, { client, inventory: served.inventory, cpuMicroseconds: async () => (await cpuTimes({ pid })).pid });
    } finally {
      await client.close();
    }
  } finally {
    await stop();
  }
}

function named(way: string, measured: readonly Measured[]): readonly Measured[] {
  return measured.map((one) => ({ ...one, figure: `${way}: ${one.figure}` }));
}
