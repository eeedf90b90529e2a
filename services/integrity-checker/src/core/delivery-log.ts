/** What GitHub's log of a hook's deliveries asks for, given which of them have become documents. Pure. */
import * as z from "zod";
import { isJsonObject } from "@octally/shared/json";

const entry = z.object({
  // Beyond 2^53 since February 2026 (octokit/request.js#797): a bigint, and from here on text.
  id: z.union([z.number().int(), z.bigint()]).transform(String),
  guid: z.string().min(1),
  event: z.string(),
  delivered_at: z.iso.datetime({ offset: true }),
  status_code: z.number().int(),
  throttled_at: z.iso.datetime({ offset: true }).nullish(),
  repository_id: z.number().int().nullish(),
});

export type LogEntry = { readonly id: string; readonly guid: string; readonly event: string; /** By GitHub's clock. */ readonly deliveredAt: string; readonly ok: boolean; readonly throttled: boolean; readonly repositoryId: number | null };

/** What was read of a log, newest first. */
export type Log = { readonly entries: readonly LogEntry[]; /** It was read down to `readFrom`. */ readonly whole: boolean; /** GitHub's present; null where it did not say it. */ readonly observedAt: string | null };

/** Undefined for what is no entry: then the log is not whole. */
export function toLogEntry(item: unknown): LogEntry | undefined {
  const parsed = entry.safeParse(item);
  if (!parsed.success || !isJsonObject(item)) return undefined;
  const { id, guid, event, delivered_at: at, status_code: status, throttled_at: throttled, repository_id: repositoryId } = parsed.data;
  return { id, guid, event, deliveredAt: new Date(at).toISOString(), ok: status >= 200 && status < 300, throttled: throttled !== null && throttled !== undefined, repositoryId: repositoryId ?? null };
}

/** Deliveries that are waited for. `attempts`: how often they were asked for; 0: they were taken in, and wait in the queue. */
export const openDelivery = z.object({ guid: z.string(), id: z.coerce.string(), attempts: z.number(), asked_at: z.string(), delivered_at: z.string().nullable().default(null), repository_id: z.number().nullable().default(null) });
export type OpenDelivery = z.output<typeof openDelivery>;

/** So young that they may still be on their way, and not documents yet, by event and repository. `seen_at`: by this machine's clock. */
export const comingDeliveries = z.object({ seen_at: z.string(), of: z.array(z.object({ event: z.string(), repository_id: z.number().nullable() })) });
export type ComingDeliveries = z.output<typeof comingDeliveries>;

/** What is kept from one check to the next beside the watermark. */
export const logCursor = z.object({ open: z.array(openDelivery), org: z.string().nullable().default(null), coming: comingDeliveries.nullable().default(null) }).catch({ open: [], org: null, coming: null });

export type LogState = {
  /** Everything before it has become a document, is open, or was given up. By GitHub's clock, as all times of the log. */
  readonly watermark: string | null;
  readonly open: readonly OpenDelivery[];
};

export type LogRules = {
  /** So young ones may still be on their way. */
  readonly graceMs: number;
  /** So long a delivery that was asked for may take. */
  readonly patienceMs: number;
  readonly attempts: number;
  /** While anything waits in the queues, what was taken in is waited for, no longer than this. */
  readonly queuedMs: number;
  /** GitHub's log goes back so far. */
  readonly keptMs: number;
};

const HOUR = 3_600_000;
export const LOG_RULES: LogRules = { graceMs: HOUR / 6, patienceMs: HOUR / 2, attempts: 3, queuedMs: 6 * HOUR, keptMs: 72 * HOUR };

/** How far back the log is read, `observedAt` being GitHub's present. Entries may be written a moment after their time. */
export function readFrom({ watermark }: LogState, observedAt: string, { keptMs, graceMs }: LogRules = LOG_RULES): string {
  const oldest = Date.parse(observedAt) - keptMs;
  // A watermark of GitHub's future was taken by another clock.
  const known = watermark !== null && Date.parse(watermark) <= Date.parse(observedAt);
  return new Date(known ? Math.max(oldest, Date.parse(watermark) - graceMs) : oldest).toISOString();
}

export type LogPlan = {
  readonly state: LogState;
  readonly coming: ComingDeliveries;
  /** To be fetched, by the id of one delivery each. */
  readonly fetch: readonly OpenDelivery[];
  readonly seen: number;
  readonly failed: number;
  readonly throttled: number;
  readonly missing: number;
  /** Of these, taken in and not yet worked on. */
  readonly underWay: number;
  /** Three times asked for, and still not there. */
  readonly givenUp: readonly string[];
};

/** `stored`: the GUIDs that have a document. `waits`: messages stand in the queues. */
export type Held = { readonly stored: ReadonlySet<string>; readonly waits: boolean };

/**
 * `now`: this machine's clock, which only says how long what was asked for has been waited for. Pings are the canary's: one that is fetched
 * would look as if it had come.
 */
export function planDeliveryLog(state: LogState, { entries, whole, observedAt }: Log, { stored, waits }: Held, now: string, rules: LogRules = LOG_RULES): LogPlan {
  const young = observedAt === null ? Number.NEGATIVE_INFINITY : Date.parse(observedAt) - rules.graceMs;
  // Redeliveries share the GUID: the newest that GitHub lists has the payload as well.
  const byGuid = Map.groupBy(entries.filter(({ deliveredAt, event }) => event !== "ping" && Date.parse(deliveredAt) <= young), ({ guid }) => guid);
  const known = new Map(state.open.map((open) => [open.guid, open]));
  const missing = [...new Set([...known.keys(), ...byGuid.keys()])].filter((guid) => !stored.has(guid));
  const decided = missing.flatMap((guid) => decideOpen(known.get(guid), byGuid.get(guid) ?? [], { waits, observedAt, now }, rules));
  const those = (does: DecidedDelivery["does"]): readonly OpenDelivery[] => decided.flatMap((one) => (one.does === does ? [one.open] : []));
  return {
    // What was given up stays known until GitHub forgets it, so that it is not begun again from the overlap.
    state: { watermark: whole && observedAt !== null ? new Date(young).toISOString() : state.watermark, open: [...those("wait"), ...those("fetch"), ...those("give-up").filter(({ asked_at: at }) => elapsedMs(at, now) <= rules.keptMs)] },
    coming: { seen_at: now, of: comingOf(entries.filter(({ guid, event, deliveredAt }) => event !== "ping" && !stored.has(guid) && Date.parse(deliveredAt) > young)) },
    fetch: those("fetch"),
    seen: byGuid.size,
    failed: [...byGuid.values()].filter((group) => group.every(({ ok }) => !ok)).length,
    throttled: entries.filter(({ throttled }) => throttled).length,
    missing: missing.length,
    underWay: those("wait").filter(({ attempts }) => attempts === 0).length,
    givenUp: those("give-up").map(({ guid }) => guid),
  };
}

function comingOf(young: readonly LogEntry[]): ComingDeliveries["of"] {
  return [...new Map(young.map(({ event, repositoryId }) => [`${event} ${repositoryId ?? ""}`, { event, repository_id: repositoryId }])).values()];
}

type DecidedDelivery = { readonly does: "wait" | "fetch" | "give-up"; readonly open: OpenDelivery };
type Present = { readonly waits: boolean; /** GitHub's. */ readonly observedAt: string | null; readonly now: string };

/** Nothing where GitHub no longer lists it and nobody ever asked for it. */
function decideOpen(before: OpenDelivery | undefined, entries: readonly LogEntry[], { waits, observedAt, now }: Present, { patienceMs, attempts, queuedMs }: LogRules): readonly DecidedDelivery[] {
  const [newest] = entries.toSorted((a, b) => Date.parse(b.deliveredAt) - Date.parse(a.deliveredAt));
  const id = newest?.id ?? before?.id;
  if (id === undefined) return [];
  const open: OpenDelivery = { guid: newest?.guid ?? before?.guid ?? "", id, attempts: before?.attempts ?? 0, asked_at: before?.asked_at ?? now, delivered_at: newest?.deliveredAt ?? before?.delivered_at ?? null, repository_id: newest?.repositoryId ?? before?.repository_id ?? null };
  const wasTaken = open.attempts === 0 && (entries.some(({ ok }) => ok) || before !== undefined);
  if (wasTaken && waits && open.delivered_at !== null && observedAt !== null && elapsedMs(open.delivered_at, observedAt) < queuedMs) return [{ does: "wait", open }];
  if (before !== undefined && open.attempts > 0 && elapsedMs(before.asked_at, now) < patienceMs) return [{ does: "wait", open: before }];
  if (open.attempts >= attempts) return [{ does: "give-up", open: before ?? open }];
  return [{ does: "fetch", open: { ...open, attempts: open.attempts + 1, asked_at: now } }];
}

/** Where deliveries are still to come from, by repository: null for those of none. */
export function awaitedFrom(open: readonly OpenDelivery[], now: string, { patienceMs }: LogRules = LOG_RULES): ReadonlySet<number | null> {
  return new Set(open.flatMap(({ attempts, asked_at: askedAt, repository_id: repository }) => (attempts === 0 || elapsedMs(askedAt, now) < patienceMs ? [repository] : [])));
}

/** What the log showed on its way a moment ago. */
export function comingNow(coming: ComingDeliveries | null, now: string, { graceMs }: LogRules = LOG_RULES): ComingDeliveries["of"] {
  return coming !== null && elapsedMs(coming.seen_at, now) < graceMs ? coming.of : [];
}

/** A clock that was set back since says nothing: then it is as if it had been long. */
function elapsedMs(from: string, to: string): number {
  const ms = Date.parse(to) - Date.parse(from);
  return ms < 0 ? Number.POSITIVE_INFINITY : ms;
}
