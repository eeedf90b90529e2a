/** The delivery log: what GitHub says that it has sent in the last three days, and has not become a document, is fetched. */
import type { Call } from "@octally/github/call";
import type { GitHub } from "@octally/github/make-github";
import { deliveryId } from "@octally/shared/delivery";
import { toJobMessage } from "@octally/shared/sync-job";
import { CREDENTIALS } from "./core/count-answer.ts";
import { newCoverage, type Coverage } from "./core/coverage.ts";
import { logCursor, planDeliveryLog, readFrom, type LogPlan, type LogState } from "./core/delivery-log.ts";
import type { Hook } from "./core/hook.ts";
import { readCoverages, writeCoverages } from "./coverage-store.ts";
import { readLog, type Blind } from "./edges/hooks-at-github.ts";
import { findHooks } from "./find-hooks.ts";
import type { Allowance, CheckerPorts } from "./ports.ts";
import { refusalOf } from "./refusal.ts";
import { recall, remember } from "./watermark.ts";

export type DeliveriesOptions = Allowance & { readonly sources: readonly string[]; readonly repair: boolean; /** Where GitHub delivers to. */ readonly webhookUrl: string | undefined };
export type HookReport = { readonly hook: Hook; readonly requests: number; readonly found: LogPlan | Blind };
export type DeliveriesReport = { readonly hooks: readonly HookReport[]; /** Sources of which no hook is known. */ readonly without: readonly string[]; /** One of each place that has hooks. */ readonly coverages: readonly Coverage[] };

export async function checkDeliveries(ports: CheckerPorts, options: DeliveriesOptions): Promise<DeliveriesReport> {
  const hooks: HookReport[] = [];
  const without: string[] = [];
  const blind: Coverage[] = [];
  const now = ports.clock().toISOString();
  for (const source of options.sources) {
    try {
      const found = await checkSource(ports, source, options);
      hooks.push(...found.hooks);
      if (found.is === "seen" && found.hooks.length === 0) without.push(source);
      if (found.blind !== null) blind.push(toCoverage({ org: source, repository: null }, now, found.blind));
    } catch (thrown) {
      const reason = refusalOf(thrown);
      if (reason === undefined) throw thrown;
      blind.push(toCoverage({ org: source, repository: null }, now, { is: "cannot-see", permission: CREDENTIALS, reason }));
    }
  }
  const coverages = [...blind, ...coveragesOf(hooks, now)];
  await writeCoverages(ports, coverages, await readCoverages(ports), now);
  return { hooks, without, coverages };
}

type CheckedSource = { readonly is: "seen" | "not-installed"; readonly hooks: readonly HookReport[]; readonly blind: Blind | null };

async function checkSource(ports: CheckerPorts, source: string, { signal, timeMs, webhookUrl, repair }: DeliveriesOptions): Promise<CheckedSource> {
  const asking: Call = { purpose: "repair", kind: "delivery", ...(signal === undefined ? {} : { signal }) };
  const connected = await ports.github.clientFor(source, asking);
  if (connected.is === "not-installed") return { is: "not-installed", hooks: [], blind: null };
  const callOf = (github: GitHub): Call => ({ ...asking, deadlineMs: github.nowMs() + timeMs });
  const found = await findHooks(ports, connected.github, source, webhookUrl, callOf(connected.github));
  const hooks: HookReport[] = [];
  for (const hook of found.hooks) {
    const github = hook.targetType === "integration" ? ports.github.app : connected.github;
    hooks.push(github === null ? { hook, requests: 0, found: { is: "cannot-see", permission: "the App's own key", reason: "Only the App itself may read its deliveries." } } : await checkHook(ports, github, hook, source, repair, callOf(github)));
  }
  return { is: "seen", hooks, blind: found.blind };
}

async function checkHook(ports: CheckerPorts, github: GitHub, hook: Hook, source: string, repair: boolean, call: Call): Promise<HookReport> {
  const id = `delivery-log:${hook.id}`;
  const before = await recall(ports, id);
  const state: LogState = { watermark: before.watermark, ...logCursor.parse(before.cursor) };
  const now = ports.clock().toISOString();
  const log = await readLog(github, hook, (observedAt) => readFrom(state, observedAt), call);
  if (log.is === "cannot-see") return { hook, requests: 1, found: log };
  const idOf = (guid: string): string => deliveryId({ hookId: hook.id, guid });
  const guids = [...new Set([...log.entries.map(({ guid }) => guid), ...state.open.map(({ guid }) => guid)])];
  const documents = await ports.reader.existing("delivery", guids.map(idOf));
  const held = { stored: new Set(guids.filter((guid) => documents.has(idOf(guid)))), waits: (await ports.backlog()) > 0 };
  const plan = planDeliveryLog(state, log, held, now);
  if (repair) {
    const target = { hook: hook.path, hook_id: hook.id, target_type: hook.targetType, target_id: null, source };
    await ports.jobs.sendAll(plan.fetch.map(({ id: delivery }) => toJobMessage({ type: "fetch-delivery", ...target, delivery })));
    await remember(ports, id, "delivery-log", { cursor: { open: [...plan.state.open], org: hook.place.org, coming: plan.coming }, watermark: plan.state.watermark }, before);
  }
  return { hook, requests: log.requests, found: plan };
}

/** One for each place; an organisation may have several hooks. */
function coveragesOf(reports: readonly HookReport[], now: string): readonly Coverage[] {
  const byPlace = Map.groupBy(reports, ({ hook }) => hook.place.repository?.id ?? hook.place.org ?? "");
  return [...byPlace.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const plans = group.flatMap(({ found }) => ("is" in found ? [] : [found]));
    const hidden = group.flatMap(({ found }) => ("is" in found ? [found] : []))[0];
    return [toCoverage(first.hook.place, now, plans.length === 0 && hidden !== undefined ? hidden : plans)];
  });
}

function toCoverage(place: Hook["place"], now: string, found: Blind | readonly LogPlan[]): Coverage {
  const base: Coverage = { ...newCoverage(place, place.repository === null ? "organization" : "repository", "delivery", now), audited_at: now };
  if ("is" in found) return { ...base, status: "cannot-see", permission: found.permission, reason: found.reason, incomplete_since: now };
  const sum = (value: (plan: LogPlan) => number): number => found.reduce((total, plan) => total + value(plan), 0);
  const [seen, missing, givenUp] = [sum((plan) => plan.seen), sum((plan) => plan.missing), sum((plan) => plan.givenUp.length)];
  const underWay = sum((plan) => plan.underWay);
  const throttled = sum((plan) => plan.throttled);
  return {
    ...base,
    expected: Math.max(seen, missing),
    stored: Math.max(seen, missing) - missing,
    missing,
    surplus: 0,
    stale: 0,
    status: givenUp > 0 ? "stuck" : missing > underWay ? "repairing" : missing > 0 ? "settling" : "complete",
    reason: givenUp > 0 ? `${givenUp} deliveries were asked for three times and have not become documents.` : underWay > 0 ? `${underWay} deliveries wait in the queue.` : throttled > 0 ? `GitHub held back ${throttled} deliveries for a while.` : null,
    incomplete_since: missing > 0 ? now : null,
  };
}
