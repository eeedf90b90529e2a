/** Brings the cluster to the state that the kinds ask for: executes the plan of plan-bootstrap.ts. */
import type { Client } from "@opensearch-project/opensearch";
import type { Kind } from "@octally/model/define-kind";
import { TransientError } from "@octally/shared/errors";
import * as z from "zod";
import { catchUp } from "./catch-up.ts";
import { callStore, isStoreAnswer } from "./client.ts";
import { copy, droppedFields, unlessGone } from "./copy.ts";
import { NOT_DELETED, indexBodyOf } from "./index-body.ts";
import { DEFAULT_PREFIX, templateName, writeAlias, type Shelf } from "./names.ts";
import { planBootstrap, planMissing, versionsOf, type AliasOf, type BootstrapStep, type IndexState } from "./plan-bootstrap.ts";

const indicesAnswer = z.record(z.string(), z.object({ aliases: z.record(z.string(), z.unknown()).optional(), mappings: z.object({ _meta: z.object({ fingerprint: z.string() }).optional() }).optional() }));

/** `onStep` is called, and waited for, before each. */
export type BootstrapOptions = { readonly prefix?: string; readonly onStep?: (step: BootstrapStep) => void | Promise<void> };

/**
 * Creates what is missing and upgrades what was made from another declaration (a new index, a copy, the aliases moved).
 * Safe to run at any time, by several at once, and again after it was interrupted.
 * @returns the steps that were taken
 */
export async function bootstrapStore(client: Client, kinds: readonly Kind[], { prefix = DEFAULT_PREFIX, onStep }: BootstrapOptions = {}): Promise<readonly BootstrapStep[]> {
  const taken: BootstrapStep[] = [];
  for (let round = 1; ; round += 1) {
    const steps = planBootstrap(prefix, kinds, await readIndices(client, prefix)).filter((step) => round === 1 || step.do !== "put-template");
    for (const step of steps) {
      await onStep?.(step);
      await execute(client, prefix, step);
      taken.push(step);
    }
    // Where something was changed, what others changed at the same time may have left a rest.
    if (round === MAX_ROUNDS || steps.every((step) => step.do === "put-template")) return taken;
  }
}

const MAX_ROUNDS = 3;

/** Creates the shelf that a writer did not find. It never upgrades. */
export async function ensureShelf(client: Client, kind: Kind, shelf: Shelf, prefix: string): Promise<void> {
  for (const step of planMissing(prefix, kind, shelf, await readIndices(client, prefix))) await execute(client, prefix, step);
}

async function readIndices(client: Client, prefix: string): Promise<readonly IndexState[]> {
  // In one look: an index that another makes between two would seem to have no declaration, and be replaced. Each has a uuid, not each an alias.
  const answer = await callStore(() => client.indices.get({ index: `${prefix}-*`, filter_path: ["*.aliases", "*.mappings._meta", "*.settings.index.uuid"] }));
  return Object.entries(indicesAnswer.parse(answer.body)).map(([name, { aliases = {}, mappings }]) => ({ name, fingerprint: mappings?._meta?.fingerprint, aliases: Object.keys(aliases) }));
}

async function execute(client: Client, prefix: string, step: BootstrapStep): Promise<void> {
  switch (step.do) {
    case "put-template": {
      const name = templateName(prefix, step.kind.name);
      await callStore(() => client.indices.putIndexTemplate({ name, body: { index_patterns: [`${name}-v*`], template: indexBodyOf(step.kind) } }));
      return;
    }
    case "create-index":
      // Another one that starts at the same time may have been faster.
      await unlessStore("resource_already_exists_exception", async () => client.indices.create({ index: step.index, body: await newIndex(client, step) }));
      return;
    case "add-aliases":
      await updateAliases(client, step.aliases.map((alias) => ({ add: { index: step.index, alias: alias.name, ...aliasBody(alias) } })));
      return;
    case "copy":
      await copy(client, step.from, step.to);
      return;
    case "move-aliases":
      await moveAliases(client, prefix, step);
      return;
    case "block-writes":
      // Its answer comes when every write that had begun is over.
      await unlessStore("index_not_found_exception", () => client.indices.addBlock({ index: step.index, block: "write" }));
      return;
    case "catch-up": {
      const { from, to, kind, shelf } = step;
      await unlessGone(client, from, async () => {
        const { mappings } = (await callStore(() => client.indices.getMapping({ index: to }))).body[to] ?? {};
        const after = copiedAfter.parse(mappings?._meta ?? {}).copied_after?.[from] ?? NOTHING_COPIED;
        await catchUp(client, { from, target: writeAlias(prefix, shelf), kind, shelf, after, excludes: await droppedFields(client, from, to) });
      });
      return;
    }
    case "delete-index":
      await unlessStore("index_not_found_exception", () => client.indices.delete({ index: step.index }));
      return;
    default:
      step satisfies never;
  }
}

const copiedAfter = z.object({ copied_after: z.record(z.string(), z.number()).optional() });
const NOTHING_COPIED = -1;

/**
 * The whole mapping, not the template's: an older release that still runs may have put its own meanwhile. Beside it, up to which change the
 * old index has ended what it was doing: whatever is copied later holds all of that, whoever copies it, however often it is begun again.
 */
async function newIndex(client: Client, { kind, aliases, copyOf }: BootstrapStep & { readonly do: "create-index" }): Promise<Record<string, unknown>> {
  const { settings, mappings } = indexBodyOf(kind);
  const names = Object.fromEntries(aliases.map((alias) => [alias.name, aliasBody(alias)]));
  const until = copyOf === undefined ? undefined : await checkpointOf(client, copyOf);
  const _meta = until === undefined ? mappings._meta : { ...mappings._meta, copied_after: { [copyOf ?? ""]: until } };
  return { settings, mappings: { ...mappings, _meta }, aliases: names };
}

const shardStats = z.object({ indices: z.record(z.string(), z.object({ shards: z.record(z.string(), z.array(z.object({ routing: z.object({ primary: z.boolean() }), seq_no: z.object({ local_checkpoint: z.number() }) }))) })) });

/** Every change up to it is over; the lowest, where an index has several shards. Undefined where the index does not say, or is gone: then the new one is made already. */
async function checkpointOf(client: Client, index: string): Promise<number | undefined> {
  const { body } = await callStore(() => client.indices.stats({ index: `${index}*`, level: "shards" }));
  const primaries = Object.values(shardStats.parse(body).indices[index]?.shards ?? {}).flatMap((copies) => copies.filter(({ routing }) => routing.primary));
  return primaries.length === 0 ? undefined : Math.min(...primaries.map(({ seq_no: { local_checkpoint: checkpoint } }) => checkpoint));
}

/** The designated write index, so that a second one of the alias, whoever adds it, does not make it refuse every write. */
function aliasBody({ role }: AliasOf): Record<string, unknown> {
  return role === "read" ? { filter: NOT_DELETED } : role === "write" ? { is_write_index: true } : {};
}

async function updateAliases(client: Client, actions: readonly Record<string, unknown>[]): Promise<void> {
  await unlessStore("index_not_found_exception", () => client.indices.updateAliases({ body: { actions: [...actions] } }));
}

/** @throws TransientError where a newer version than this one is being built: what it holds must not be turned away from */
async function moveAliases(client: Client, prefix: string, { to, shelf, aliases }: BootstrapStep & { readonly do: "move-aliases" }): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const [newest, ...older] = versionsOf(prefix, shelf, await readIndices(client, prefix));
    if (newest?.name !== to) throw new TransientError("store-upgrade", `The upgrade of ${to} was overtaken by another (${newest?.name ?? "the index is gone"}). Nothing is lost; start again.`);
    const actions = aliases.flatMap((alias) => [
      ...older.map(({ name }) => ({ remove: { index: name, alias: alias.name, must_exist: false } })),
      { add: { index: to, alias: alias.name, ...aliasBody(alias) } },
    ]);
    try {
      await callStore(() => client.indices.updateAliases({ body: { actions } }));
      return;
    } catch (error) {
      // Another that upgrades the same has just deleted an old one.
      if (!isStoreAnswer(error, "index_not_found_exception") || attempt === MAX_ATTEMPTS) throw error;
    }
  }
}

const MAX_ATTEMPTS = 5;

async function unlessStore(answer: Parameters<typeof isStoreAnswer>[1], call: () => Promise<unknown>): Promise<void> {
  try {
    await callStore(call);
  } catch (error) {
    if (!isStoreAnswer(error, answer)) throw error;
  }
}
