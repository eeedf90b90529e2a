/** The 329 payloads that GitHub's users recorded (npm, @octokit/webhooks-examples), and what the kinds see in one. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { JsonObject } from "@octally/shared/json";
import type { Observation } from "../src/observation.ts";
import { observeDelivery, type Observed } from "../src/observe-delivery.ts";
import { observedAt } from "../src/observed-at.ts";
import { kinds } from "../src/registry.ts";

export const RECEIVED_AT = "2026-11-21T07:00:00.000Z";
export const recordings = JSON.parse(readFileSync(createRequire(import.meta.url).resolve("@octokit/webhooks-examples"), "utf8")) as readonly {
  readonly name: string;
  readonly examples: readonly JsonObject[];
}[];

/** A recorded payload, by its place in the list of its event. Typed loosely: tests bend it. */
// oxlint-disable-next-line typescript/no-explicit-any
export function recorded(event: string, index = 0): any {
  return structuredClone(recordings.find(({ name }) => name === event)!.examples[index]!);
}

// oxlint-disable-next-line typescript/no-explicit-any
export function recordedWhere(event: string, is: (payload: any) => boolean): any {
  return structuredClone(recordings.find(({ name }) => name === event)!.examples.find(is)!);
}

export function observe(event: string, payload: JsonObject, at = observedAt("not a version-1 GUID", payload, RECEIVED_AT)): Observed {
  return observeDelivery(kinds, { event, payload, observedAt: at, archive: null });
}

/** What was seen of one kind. */
export function seen(kind: string, event: string, payload: JsonObject, at?: string): readonly Observation[] {
  return observe(event, payload, at).observations.filter((observation) => observation.kind === kind);
}

/** The kind's one document in this payload. */
export function documentIn(kind: string, event: string, payload: JsonObject): Readonly<Record<string, unknown>> {
  const [first, ...others] = seen(kind, event, payload);
  if (first === undefined || first.deletedAt !== null || others.length > 0) throw new Error(`not one document of ${kind}`);
  return first.document;
}

/** `refresh kind subject` or `relocate-repository change`, one a job. */
export function jobsIn(event: string, payload: JsonObject): readonly string[] {
  return observe(event, payload).jobs.map((job) =>
    job.type === "refresh" ? `refresh ${job.kind} ${job.subjects.map(({ node_id: node, key }) => key ?? node).join()}` : `${job.type} ${job.change}`,
  );
}
