/**
 * A program: makes a world in a process of its own and says on its first line what that cost; then, as it is asked (first argument, JSON), serves it
 * over HTTP until it is ended, measures the rates without a port, or nothing more.
 */
import { readFile } from "node:fs/promises";
import { digest } from "@octally/github-simulator/digest";
import { makeSimulator, type Simulator } from "@octally/github-simulator/simulator";
import type { Measured } from "../figure.ts";
import { makeInProcessClient } from "./client.ts";
import { takeInventory, type Inventory } from "./inventory.ts";
import { measureRates, type RateKind } from "./measure-rates.ts";

export type WorldOrder = { readonly repositories: number; readonly pullRequests: number; readonly afterwards: "serve" | "digest" | "nothing" | RateKind };
/** Seconds and bytes. The heap is what is left after a full collection. */
export type WorldMade = { readonly seconds: number; readonly cpuSeconds: number; readonly heapBytes: number; readonly residentBytes: number; readonly peakBytes: number; readonly happenings: number };
export type WorldAnswer = WorldMade & { readonly served?: Served; readonly digest?: string; readonly measured?: readonly Measured[] };
export type Served = { readonly url: string; readonly token: string; readonly inventory: Inventory };

const order = JSON.parse(process.argv[2] ?? "{}") as WorldOrder;
const [startedAt, cpuBefore] = [performance.now(), process.cpuUsage()];
// The limits are not what is measured.
const simulator = makeSimulator({ from: "beginning", repositories: order.repositories, pullRequests: order.pullRequests, limitsClock: null });
let happenings = 0;
simulator.world.listen(() => (happenings += 1));
simulator.playTo(simulator.options.end);
const seconds = (performance.now() - startedAt) / 1000;
const cpu = process.cpuUsage(cpuBefore);
globalThis.gc?.();
const { heapUsed, rss } = process.memoryUsage();
const peakBytes = await peak();
const made: WorldMade = { seconds, cpuSeconds: (cpu.user + cpu.system) / 1e6, heapBytes: heapUsed, residentBytes: rss, peakBytes, happenings };
process.stdout.write(`${JSON.stringify({ ...made, ...(await goOn(simulator)) } satisfies WorldAnswer)}\n`);
if (order.afterwards !== "serve") await simulator.close();

async function goOn(world: Simulator): Promise<Partial<WorldAnswer>> {
  switch (order.afterwards) {
    case "nothing":
      return {};
    case "digest":
      return { digest: digest(world.world) };
    case "serve": {
      const { url } = await world.listen();
      return { served: { url, token: world.tokens.owner, inventory: takeInventory(world) } };
    }
    case "rest":
    case "graphql":
      return { measured: await measureRates(order.afterwards, { client: makeInProcessClient(world), inventory: takeInventory(world), cpuMicroseconds: ownCpu }) };
    default:
      return order.afterwards satisfies never;
  }
}

function ownCpu(): Promise<number> {
  const { user, system } = process.cpuUsage();
  return Promise.resolve(user + system);
}

/** The most that was resident since the start. */
async function peak(): Promise<number> {
  return Number(/^VmHWM:\s+(\d+) kB/mu.exec(await readFile("/proc/self/status", "utf8"))?.[1]) * 1024;
}
