/** What GitHub's users recorded of each event (@octokit/webhooks-examples), and what GitHub published of it (@octokit/openapi-webhooks). */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { type Difference, differences, type Json, type Known, knownOf, type Schema } from "./form.ts";

const { resolve: find } = createRequire(import.meta.url);
const read = (path: string): unknown => JSON.parse(readFileSync(path, "utf8"));

type Recording = { readonly name: string; readonly examples: readonly { readonly [key: string]: Json }[] };
export const recordings = read(find("@octokit/webhooks-examples")) as readonly Recording[];

type Published = {
  readonly webhooks: Readonly<Record<string, { readonly post: { readonly requestBody: { readonly content: { readonly "application/json": { readonly schema: Schema } } } } }>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
};
const published = read(find("@octokit/openapi-webhooks/generated/api.github.com.json")) as Published;
const resolve = (ref: string): Schema => published.components.schemas[ref.split("/").at(-1)!]!;

/**
 * What a payload lacks or has too much. It must have what all recordings of its event and action have; at the top it may have what these and their schema
 * have; further down, where schemas of the single actions are of different age, what any of the event has.
 */
export function differencesFromRecorded(event: string, action: string | null, payload: { readonly [key: string]: Json }): readonly Difference[] {
  const examples = recordings.find(({ name }) => name === event)?.examples ?? [];
  const ofAction = examples.filter((example) => (example["action"] ?? null) === action);
  const nearest = ofAction.length > 0 ? ofAction : examples;
  const schemas = schemasOf(event, null);
  const exact = schemasOf(event, action);
  const strict = remembered(`${event}.${action ?? ""}`, () => knownOf(nearest, exact.length > 0 ? exact : schemas, resolve));
  const wide = remembered(event, () => knownOf(examples, schemas, resolve));
  return [
    ...differences(payload, strict).filter(({ problem, path }) => problem === "missing" || (problem === "surplus" && !path.includes("."))),
    ...differences(payload, wide).filter(({ problem, path }) => problem === "type" || (problem === "surplus" && path.includes("."))),
  ];
}

const forms = new Map<string, Known>();

function remembered(name: string, make: () => Known): Known {
  const form = forms.get(name) ?? make();
  forms.set(name, form);
  return form;
}

function schemasOf(event: string, action: string | null): readonly Schema[] {
  const name = event.replaceAll("_", "-");
  const wanted = action === null ? null : `${name}-${action.replaceAll("_", "-")}`;
  const names = Object.keys(published.webhooks).filter((hook) => (wanted === null ? hook === name || hook.startsWith(`${name}-`) : hook === wanted));
  return names.map((hook) => published.webhooks[hook]!.post.requestBody.content["application/json"].schema);
}
