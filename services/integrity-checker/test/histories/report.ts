/** What is to be said of a history that has come to its end: above all whatever is not as GitHub has it. */
import type { Simulator } from "@octally/github-simulator/simulator";
import { kinds } from "@octally/model/registry";
import { textAt, type JsonObject } from "@octally/shared/json";
import { differences } from "./compare.ts";
import type { Octally } from "./octally.ts";
import type { Documents } from "./parts.ts";
import type { HistoryPlan } from "./plan.ts";

export type HistoryReport = {
  readonly seed: number;
  /** None: all is well. */
  readonly wrong: readonly string[];
  readonly documents: number;
  readonly deliveries: number;
  readonly requests: number;
  readonly kills: number;
  /** Of a real store. */
  readonly deaths: number;
  readonly deadLetters: readonly string[];
};

export type Ended = { readonly plan: HistoryPlan; readonly simulator: Simulator; readonly octally: Octally; readonly documents: Documents; readonly fresh: Documents; readonly freshDead: readonly string[]; readonly requests: number; /** What GitHub has sent, taken or not, but for pings that were not: by the id of its document. */ readonly sent: ReadonlySet<string> };

export function toReport({ plan, octally, documents, simulator, fresh, freshDead, requests, sent }: Ended): HistoryReport {
  const logIsWhole = plan.github["webhook-dropped"] === 0;
  const { defects, dead } = octally;
  const wrong = [
    ...defects,
    ...octally.lost(documents),
    ...[...sent].filter((id) => documents.found("delivery", id) === undefined).map((id) => `delivery ${id}: missing`),
    ...freshDead.map((letter) => `the fresh load buried: ${letter}`),
    ...(octally.isIdle() ? [] : [`not idle: ${JSON.stringify(Object.entries(octally.queues).map(([name, queue]) => [name, queue.size(), queue.bodies().slice(0, 2)]))}`]),
    ...differences({ have: documents, fresh, simulator, logIsWhole }),
    // Of what is no longer there nothing can be read: that is an end as well.
    ...documents.all("sync-part").flatMap(({ source }) => (source["state"] === "done" || source["state"] === "gone" ? [] : [`part ${textAt(source, "id") ?? ""}: ${textAt(source, "state") ?? ""} ${textAt(source, "reason") ?? ""}`])),
    ...documents.all("coverage").flatMap(({ observation: { deletedAt }, source }) => (deletedAt === null && isOpen(source) && !isInDoubt(source) ? [toLine(source)] : [])),
  ];
  const kept = kinds.reduce((sum, { name: kind }) => sum + documents.all(kind).length, 0);
  return { seed: plan.seed, wrong, documents: kept, deliveries: documents.all("delivery").length, requests, kills: octally.kills(), deaths: octally.parts.deaths?.() ?? 0, deadLetters: dead };
}

/** Of the present, not of the totals or of a day that is over. */
function isOpen(coverage: JsonObject): boolean {
  return coverage["level"] !== "total" && coverage["day"] === null && coverage["status"] !== "complete" && coverage["status"] !== "not-countable";
}

function toLine({ id, status, expected, stored, reason }: JsonObject): string {
  return `coverage ${JSON.stringify([id, status, expected, stored, reason])}`;
}

/** It counts all, and what it lacks may be hidden: that is as much as can be known (completeness.md). */
function isInDoubt({ status, reason }: JsonObject): boolean {
  return status === "cannot-see" && typeof reason === "string" && reason.endsWith("they are gone, or hidden from this token.");
}
