/** The canary: a ping of GitHub's that must become a delivery document in time. */
import type { Call } from "@octally/github/call";
import { asked, canaryState, cannotAsk, decideCanary, NEW_CANARY, type CanaryState } from "./core/canary.ts";
import type { Hook } from "./core/hook.ts";
import { ping } from "./edges/hooks-at-github.ts";
import { findHooks } from "./find-hooks.ts";
import type { Allowance, CheckerPorts } from "./ports.ts";
import { recall, remember } from "./watermark.ts";

export type CanaryOptions = Allowance & { readonly sources: readonly string[]; readonly webhookUrl: string | undefined };
export type CanaryReport = { readonly hook: Hook; readonly state: CanaryState };

export async function checkCanary(ports: CheckerPorts, options: CanaryOptions): Promise<readonly CanaryReport[]> {
  const reports: CanaryReport[] = [];
  for (const source of options.sources) {
    const asking: Call = { purpose: "live", kind: "delivery", ...(options.signal === undefined ? {} : { signal: options.signal }) };
    const connected = await ports.github.clientFor(source, asking);
    if (connected.is === "not-installed") continue;
    const { github } = connected;
    const call: Call = { ...asking, deadlineMs: github.nowMs() + options.timeMs };
    const { hooks } = await findHooks(ports, github, source, options.webhookUrl, call);
    // An App's hook cannot be pinged: GitHub has no call for it.
    for (const hook of hooks.filter(({ targetType }) => targetType !== "integration")) {
      const id = `canary:${hook.id}`;
      const before = await recall(ports, id);
      const known = canaryState.safeParse(before.cursor);
      const now = ports.clock().toISOString();
      const pings = await countPings(ports, hook);
      const decided = decideCanary(known.success ? known.data : NEW_CANARY, pings, now);
      let { state } = decided;
      if (decided.ask) {
        const answer = await ping(github, hook, call);
        state = answer.is === "asked" ? asked(state, pings, now) : cannotAsk(state, now, `${answer.reason} It needs ${answer.permission.replace("=read", "=write")}.`);
      }
      if (state.health === "silent") ports.log.error({ hook: hook.path, asked_at: state.asked_at }, "webhooks are silent");
      await remember(ports, id, "canary", { cursor: state, watermark: state.seen_at }, before);
      reports.push({ hook, state });
    }
  }
  return reports;
}

async function countPings({ reader }: CheckerPorts, hook: Hook): Promise<number> {
  const groups = await reader.groups({ kind: "delivery", by: ["hook_id"], where: { is: { event: ["ping"], hook_id: [hook.id] } } });
  return groups.reduce((sum, { count }) => sum + count, 0);
}
