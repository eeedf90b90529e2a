/** Brings the cluster to the state that the kinds ask for: executes the plan of plan-bootstrap.ts. */
import type { Client } from "@opensearch-project/opensearch";
import type { Kind } from "@octally/model/define-kind";
import { TransientError } from "@octally/shared/errors";
import { isJsonObject } from "@octally/shared/json";
import * as z from "zod";
import { callStore, isStoreAnswer } from "./client.ts";
import { NOT_DELETED, indexBodyOf } from "./index-body.ts";
import { DEFAULT_PREFIX, templateName, type Shelf } from "./names.ts";
import { planBootstrap, planMissing, type AliasOf, type BootstrapStep, type IndexState } from "./plan-bootstrap.ts";

const metaAnswer = z.record(z.string(), z.object({ mappings: z.object({ _meta: z.object({ fingerprint: z.string() }).optional() }).optional() }));
const aliasAnswer = z.record(z.string(), z.object({ aliases: z.record(z.string(), z.unknown()) }));

export type BootstrapOptions = { readonly prefix?: string; readonly onStep?: (step: BootstrapStep) => void };

/**
 * Creates what is missing and upgrades what was made from another declaration (a new index, a copy, the aliases moved).
 * Safe to run at any time, by several at once, and again after it was interrupted.
 * @returns the steps that were taken
 */
export async function bootstrapStore(client: Client, kinds: readonly Kind[], { prefix = DEFAULT_PREFIX, onStep }: BootstrapOptions = {}): Promise<readonly BootstrapStep[]> {
  const steps = planBootstrap(prefix, kinds, await readIndices(client, prefix));
  for (const step of steps) {
    onStep?.(step);
    await execute(client, prefix, step);
  }
  return steps;
}

/** Creates the shelf that a writer did not find. It never upgrades. */
export async function ensureShelf(client: Client, kind: Kind, shelf: Shelf, prefix: string): Promise<void> {
  for (const step of planMissing(prefix, kind, shelf, await readIndices(client, prefix))) await execute(client, prefix, step);
}

async function readIndices(client: Client, prefix: string): Promise<readonly IndexState[]> {
  const index = `${prefix}-*`;
  const metas = metaAnswer.parse((await callStore(() => client.indices.getMapping({ index, filter_path: ["*.mappings._meta"] }))).body);
  const aliases = aliasAnswer.parse((await callStore(() => client.indices.getAlias({ index }))).body);
  return Object.entries(aliases).map(([name, entry]) => ({
    name,
    fingerprint: metas[name]?.mappings?._meta?.fingerprint,
    aliases: Object.keys(entry.aliases),
  }));
}

async function execute(client: Client, prefix: string, step: BootstrapStep): Promise<void> {
  switch (step.do) {
    case "put-template": {
      const name = templateName(prefix, step.kind.name);
      await callStore(() => client.indices.putIndexTemplate({ name, body: { index_patterns: [`${name}-v*`], template: indexBodyOf(step.kind) } }));
      return;
    }
    case "create-index":
      // The mapping comes from the template. Another one that starts at the same time may have been faster.
      await unlessStore("resource_already_exists_exception", () => client.indices.create({ index: step.index, body: { aliases: Object.fromEntries(step.aliases.map((alias) => [alias.name, aliasBody(alias)])) } }));
      return;
    case "add-aliases":
      await updateAliases(client, step.aliases.map((alias) => ({ add: { index: step.index, alias: alias.name, ...aliasBody(alias) } })));
      return;
    case "copy":
      await copy(client, step.from, step.to);
      return;
    case "move-aliases":
      await updateAliases(
        client,
        step.aliases.flatMap((alias) => [
          ...step.from.map((index) => ({ remove: { index, alias: alias.name, must_exist: false } })),
          { add: { index: step.to, alias: alias.name, ...aliasBody(alias) } },
        ]),
      );
      return;
    case "delete-index":
      await unlessStore("index_not_found_exception", () => client.indices.delete({ index: step.index }));
      return;
    default:
      step satisfies never;
  }
}

function aliasBody({ role }: AliasOf): Record<string, unknown> {
  return role === "read" ? { filter: NOT_DELETED } : {};
}

async function updateAliases(client: Client, actions: readonly Record<string, unknown>[]): Promise<void> {
  await unlessStore("index_not_found_exception", () => client.indices.updateAliases({ body: { actions: [...actions] } }));
}

/** OpenSearch's own version may have been raised by settling (settle.ts): a copy has the document's. */
const OWN_VERSION = { lang: "painless", source: "ctx._version = Long.parseLong(ctx._source.octally.version)" };

/** Documents keep their versions; one that is already there, as new or newer, is a conflict that is passed over. */
async function copy(client: Client, from: string, to: string): Promise<void> {
  await unlessStore("index_not_found_exception", async () => {
    await client.indices.refresh({ index: from });
    const dropped = await droppedFields(client, from, to);
    const source = { index: from, ...(dropped.length === 0 ? {} : { _source: { excludes: dropped } }) };
    // The transport, because the typed method does not know `excludes`.
    const answer = await client.transport.request(
      { method: "POST", path: "/_reindex", querystring: { refresh: "true" }, body: { conflicts: "proceed", source, dest: { index: to, version_type: "external" }, script: OWN_VERSION } },
      { requestTimeout: 3_600_000 },
    );
    const failures = (answer.body as { failures?: readonly unknown[] }).failures ?? [];
    if (failures.length > 0) {
      throw new TransientError("store-upgrade", `Copying ${from} to ${to} failed for ${failures.length} documents; the old index still serves. First: ${JSON.stringify(failures[0])}`);
    }
  });
}

/** Fields that the new declaration no longer has: its mapping is strict and would refuse the documents that still do. */
async function droppedFields(client: Client, from: string, to: string): Promise<string[]> {
  const { body } = await client.indices.getMapping({ index: [from, to] });
  const kept = new Set(fieldPaths(body[to]?.mappings.properties));
  return fieldPaths(body[from]?.mappings.properties).filter((path) => !kept.has(path));
}

function fieldPaths(properties: unknown, parent = ""): string[] {
  if (!isJsonObject(properties)) return [];
  return Object.entries(properties).flatMap(([name, mapping]) => [
    `${parent}${name}`,
    ...fieldPaths(isJsonObject(mapping) ? mapping["properties"] : undefined, `${parent}${name}.`),
  ]);
}

async function unlessStore(answer: Parameters<typeof isStoreAnswer>[1], call: () => Promise<unknown>): Promise<void> {
  try {
    await callStore(call);
  } catch (error) {
    if (!isStoreAnswer(error, answer)) throw error;
  }
}
