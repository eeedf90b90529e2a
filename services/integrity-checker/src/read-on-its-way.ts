/** What is on its way into the store: loads that are not over, deliveries of the last minutes, what waits in the queues. */
import { onItsWay, type OnItsWay } from "./core/busy.ts";
import type { CheckerPorts } from "./ports.ts";

/** Deliveries that came so lately may not all be documents yet. */
const TRAFFIC_MS = 10 * 60_000;
/** A part that has not moved for a day does not load anything. */
const LOADING_MS = 24 * 60 * 60_000;

export async function readOnItsWay({ reader, kinds, backlog, clock }: CheckerPorts): Promise<OnItsWay> {
  const since = (ms: number): string => new Date(clock().getTime() - ms).toISOString();
  const parts = [];
  for await (const part of reader.scan({ kind: "sync-part", by: "id", where: { is: { state: ["waiting", "running"] }, since: { "octally.observed_at": since(LOADING_MS) } } })) parts.push(part);
  const where = { since: { received_at: since(TRAFFIC_MS) } };
  const deliveries = [...(await reader.groups({ kind: "delivery", by: ["org", "repository.id", "kinds"], where })), ...(await reader.groups({ kind: "delivery", by: ["org", "repository.id", "refreshes"], where }))];
  return onItsWay(kinds, parts, deliveries, await backlog());
}
