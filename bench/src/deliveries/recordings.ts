/** What GitHub's users recorded: some 330 payloads of 64 events, as GitHub sent them. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { JsonObject } from "@octally/shared/json";

export type Recording = { readonly event: string; readonly payload: JsonObject };

export function readRecordings(): readonly Recording[] {
  const file = createRequire(import.meta.url).resolve("@octokit/webhooks-examples");
  const events = JSON.parse(readFileSync(file, "utf8")) as readonly { readonly name: string; readonly examples: readonly JsonObject[] }[];
  return events.flatMap(({ name, examples }) => examples.map((payload) => ({ event: name, payload })));
}
