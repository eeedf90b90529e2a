/** What is to be said of a history that has come to its end: above all whatever is not as GitHub has it. */
import type { Simulator } from "@octally/github-simulator/simulator";
import { kinds } from "@octally/model/registry";
import { isJsonObject, textAt, type JsonObject } from "@octally/shared/json";
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
  const untold = logIsWhole ? new Set<number>() : untoldDeletions(simulator, documents);
  const wrong = [
    ...defects,
    ...octally.lost(documents),
    ...[...sent].filter((id) => documents.found("delivery", id) === undefined).map((id) => `delivery ${id}: missing`),
    ...freshDead.map((letter) => `the fresh load buried: ${letter}`),
    ...(octally.isIdle() ? [] : [`not idle: ${JSON.stringify(Object.entries(octally.queues).map(([name, queue]) => [name, queue.size(), queue.bodies().slice(0, 2)]))}`]),
    ...differences({ have: documents, fresh, simulator, logIsWhole, untold }),
    // Of what is no longer there nothing can be read: that is an end as well.
    ...documents.all("sync-part").flatMap(({ source }) => (source["state"] === "done" || source["state"] === "gone" ? [] : [`part ${textAt(source, "id") ?? ""}: ${textAt(source, "state") ?? ""} ${textAt(source, "reason") ?? ""}`])),
    ...documents.all("coverage").flatMap(({ observation: { deletedAt }, source }) => (deletedAt === null && isOpen(source) && !isUntold(source, untold) && !isInDoubt(source) ? [toLine(source)] : [])),
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

/** Repositories whose deletion nobody told: GitHub answers for them as for those that it hides, so they stay until a person decides. */
function untoldDeletions({ world }: Simulator, documents: Documents): ReadonlySet<number> {
  const told = new Set(documents.all("delivery").flatMap(({ source, observation: { repository } }) => (source["event"] === "repository" && source["action"] === "deleted" && repository !== null ? [repository.id] : [])));
  return new Set([...world.repositories.values()].flatMap(({ id, deleted }) => (deleted && !told.has(id) ? [id] : [])));
}

/** Of such a repository, or of all repositories, of which GitHub then counts fewer. */
function isUntold({ status, kind, repository }: JsonObject, untold: ReadonlySet<number>): boolean {
  return status === "cannot-see" && untold.size > 0 && (isJsonObject(repository) ? untold.has(Number(repository["id"])) : kind === "repository");
}

/** It counts all, and what it lacks may be hidden: that is as much as can be known (completeness.md). */
function isInDoubt({ status, reason }: JsonObject): boolean {
  return status === "cannot-see" && typeof reason === "string" && reason.endsWith("they are gone, or hidden from this token.");
}
