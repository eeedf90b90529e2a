/** A real store that goes away: once in a history its process is killed in the middle of a write and started again hours later; at other times its indices take no writes. */
import type { Client } from "@opensearch-project/opensearch";
import type { Random } from "@octally/github-simulator/history/random";
import type { MortalOpenSearch } from "../../../../test/setup/own-servers.ts";
import type { PartsOptions } from "./parts.ts";

const HOUR = 3_600_000;
/** The write that is its last is one of the first so many: even the shortest histories have more. */
const MOST_WRITES = 250;
/** Within so many milliseconds of that write: before, in and after its effect. */
const MOMENTS_MS = 12;

/** The same call, with something before or around it. */
export type Around = <A extends readonly unknown[], R>(call: (...args: A) => Promise<R>) => (...args: A) => Promise<R>;

export type Doom = { readonly server: MortalOpenSearch; readonly client: Client; readonly prefix: string; readonly random: Random } & Pick<PartsOptions, "nowMs" | "isAway" | "isCalm">;

export type DoomedStore = {
  /** Around each call: whoever comes when its time has come finds it there again. */
  readonly reading: Around;
  /** Around each write, which may be its last. */
  readonly writing: Around;
  /** There, and taking writes. */
  readonly heal: () => Promise<void>;
  readonly isThere: () => boolean;
  readonly deaths: () => number;
};

export function makeDoomedStore({ server, client, prefix, random, nowMs, isAway, isCalm }: Doom): DoomedStore {
  const lastWrite = random.integer(1, MOST_WRITES);
  let writes = 0;
  let deaths = 0;
  let isBlocked = false;
  /** GitHub's time, at which it comes again. */
  let backAtMs: number | undefined;
  let dying: Promise<void> = Promise.resolve();
  let starting: Promise<void> | undefined;

  async function block(blocked: boolean): Promise<void> {
    if (isBlocked === blocked) return;
    isBlocked = blocked;
    await client.indices.putSettings({ index: `${prefix}-*`, body: { "index.blocks.write": blocked } });
  }
  async function start(): Promise<void> {
    await dying;
    await server.start();
    backAtMs = undefined;
    starting = undefined;
  }
  async function comeBack(now: boolean): Promise<void> {
    if (backAtMs !== undefined && (now || isCalm() || nowMs() >= backAtMs)) await (starting ??= start());
  }
  async function die(): Promise<void> {
    backAtMs = nowMs() + random.between(HOUR / 12, 6 * HOUR);
    deaths += 1;
    const { promise, resolve } = Promise.withResolvers<void>();
    setTimeout(resolve, random.between(0, MOMENTS_MS));
    await promise;
    await server.kill();
  }
  return {
    reading: (call) => async (...args) => {
      await comeBack(false);
      return call(...args);
    },
    writing: (call) => async (...args) => {
      await comeBack(false);
      if (backAtMs === undefined) await block(isAway());
      writes += 1;
      if (writes === lastWrite && !isCalm() && backAtMs === undefined) dying = die();
      return call(...args);
    },
    async heal() {
      await comeBack(true);
      await block(false);
    },
    isThere: () => backAtMs === undefined,
    deaths: () => deaths,
  };
}
