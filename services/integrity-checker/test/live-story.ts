/** Hours of live traffic: what comes is stored after seconds or minutes, or, while the worker stands still, after hours; every hour the checks. */
import type { Check } from "../src/check-completeness.ts";
import { randomOf } from "../../sync-worker/test/records.ts";
import { HOUR, makeMirror, openOnes, WEBHOOK_URL, type Mirror, type MirrorOptions } from "./mirror.ts";
import type { SyncJob } from "@octally/shared/sync-job";

const MINUTE = 60_000;
const CHECKS: readonly Check[] = ["deliveries", "counts", "references"];

export type LiveHour = {
  /** Jobs that the checks ordered; audits by their turn are none of it. */
  readonly orders: readonly SyncJob[];
  /** Places and kinds that are not complete at this moment. */
  readonly open: readonly string[];
};

export type Live = {
  readonly mirror: Mirror;
  /** `down`: the worker does nothing. */
  readonly hour: (options?: { readonly down?: boolean }) => Promise<LiveHour>;
  readonly received: () => number;
};

/** `days`: of the past, which is loaded first. */
export async function startLive(options: MirrorOptions, days: number): Promise<Live> {
  const roll = randomOf(3);
  // Mostly seconds, now and then minutes.
  const lateMs = (): number => (roll() < 0.9 ? 1000 + roll() * 20_000 : roll() * 8 * MINUTE);
  const mirror = makeMirror({ from: "beginning", lateMs, ...options });
  const { simulated } = mirror;
  simulated.playTo(simulated.options.start + days * 24 * HOUR);
  simulated.addHook(WEBHOOK_URL, "secret");
  await mirror.discover();
  await mirror.work();
  await mirror.pass(10 * MINUTE);
  await mirror.work();
  await mirror.check(["audit"]);
  mirror.ordered();
  let received = 0;
  return {
    mirror,
    received: () => received,
    async hour({ down = false } = {}) {
      for (let part = 0; part < 6; part += 1) {
        await mirror.pass(10 * MINUTE - 500 - roll() * 1000);
        if (down) await mirror.arrive();
        else {
          received += await mirror.receive();
          await mirror.work();
          // What a repository that is new brought along no webhook tells.
          if (part % 2 === 1) await mirror.discover();
        }
      }
      await mirror.pass(roll() * 5 * MINUTE);
      if (!down) received += await mirror.receive();
      const { coverages = [] } = await mirror.check(CHECKS);
      const orders = mirror.ordered();
      if (!down) await mirror.work();
      return { orders, open: openOnes(coverages) };
    },
  };
}
