/** What is on its way into the store: loads that are not over, deliveries of the last minutes, those that the log still waits for, what stands in the queues. */
import { onItsWay, type OnItsWay } from "./core/busy.ts";
import { awaitedFrom, comingNow, logCursor } from "./core/delivery-log.ts";
import type { CheckerPorts } from "./ports.ts";

/** Deliveries that came so lately may not all be documents yet. */
const TRAFFIC_MS = 10 * 60_000;
/** A part that has not moved for a day does not load anything. */
const LOADING_MS = 24 * 60 * 60_000;

export async function readOnItsWay({ reader, kinds, backlog, clock }: Pick<CheckerPorts, "reader" | "kinds" | "backlog" | "clock">): Promise<OnItsWay> {
  const now = clock();
  const since = (ms: number): string => new Date(now.getTime() - ms).toISOString();
  const parts = [];
  for await (const part of reader.scan({ kind: "sync-part", by: "id", where: { is: { state: ["waiting", "running"] }, since: { "octally.observed_at": since(LOADING_MS) } } })) parts.push(part);
  const awaited = [];
  for await (const { cursor } of reader.scan({ kind: "sync-state", by: "id", where: { is: { type: ["delivery-log"] } }, fields: ["cursor"] })) {
    const { open, org, coming } = logCursor.parse(cursor);
    awaited.push({ org, repositories: awaitedFrom(open, now.toISOString()), coming: comingNow(coming, now.toISOString()) });
  }
  const where = { since: { received_at: since(TRAFFIC_MS) } };
  const deliveries = [...(await reader.groups({ kind: "delivery", by: ["org", "repository.id", "kinds"], where })), ...(await reader.groups({ kind: "delivery", by: ["org", "repository.id", "refreshes"], where }))];
  return onItsWay(kinds, { parts, deliveries, awaited, waiting: await backlog() });
}
