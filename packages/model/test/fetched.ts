/** What is made of something fetched from a repository of the tests. */
import type { Json } from "@octally/shared/json";
import { observeNode, observeRestObject, type Fetched } from "../src/observe-fetched.ts";
import type { Around } from "../src/sources.ts";
import { kindOf } from "./documents.ts";

export const FACTS: Around = { org: "octo", repository: { id: 1, name_with_owner: "octo/hello" }, below: {}, observedAt: "2026-11-21T07:00:00.000Z" };

export function fetched(kind: string, node: Json, facts: Partial<Around> = {}): Fetched {
  return observeNode(kindOf(kind), node, { ...FACTS, ...facts });
}

export function observedNode(kind: string, node: Json, facts: Partial<Around> = {}): Readonly<Record<string, unknown>> {
  return documentOf(fetched(kind, node, facts));
}

export function observedRest(kind: string, found: Json, facts: Partial<Around> = {}): Readonly<Record<string, unknown>> {
  return documentOf(observeRestObject(kindOf(kind), found, { ...FACTS, ...facts }));
}

function documentOf(result: Fetched): Readonly<Record<string, unknown>> {
  if (result.is !== "observed") throw new Error(JSON.stringify(result));
  return result.observation.document;
}
