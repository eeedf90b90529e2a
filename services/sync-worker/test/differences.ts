/** What a store holds compared with what is true at GitHub: every document of every kind, field by field, with the place that it names. */
import { canonicalJson, toSource, type RepositoryRef } from "@octally/model/observation";
import { isJsonObject, part, textAt, type JsonObject } from "@octally/shared/json";
import type { MemoryStore } from "../../../packages/store/test/memory-store.ts";
import { expectedDocuments } from "./expected-documents.ts";
import type { SimulatedGitHub } from "./simulated-github.ts";

/** By id, the stored form; the deleted ones too. */
export type StoredDocuments = (kind: string) => ReadonlyMap<string, JsonObject>;

const SHOWN = 4;

export function storedIn(store: Pick<MemoryStore, "observations">): StoredDocuments {
  return (kind) => new Map(store.observations(kind).map((observation) => [observation.id, JSON.parse(JSON.stringify(toSource(observation))) as JsonObject]));
}

/** One line for each kind that is not as it is at GitHub: how many are missing, surplus, different, and the first of them. */
export function differences(simulated: SimulatedGitHub, stored: StoredDocuments, kinds: readonly string[]): readonly string[] {
  return kinds.flatMap((kind) => {
    // What left the organisation is stored as its new owner's, and no longer looked after.
    const present = new Map([...stored(kind)].filter(([, source]) => part(source, "octally")?.["deleted"] !== true && source["org"] === simulated.organization.login));
    const expected = expectedDocuments(simulated, kind, { readAt: (_, { id }, measure) => readAt(present, id, measure) ?? new Date(simulated.world.now()).toISOString() });
    const missing = [...expected.keys()].filter((id) => !present.has(id));
    const surplus = [...present.keys()].filter((id) => !expected.has(id));
    const different = [...expected].flatMap(([id, wanted]) => {
      const source = present.get(id);
      const fields = source === undefined ? [] : differentFields(source, { ...wanted.document, org: wanted.org, repository: wanted.repository });
      return fields.length === 0 ? [] : [`${id} (${fields.join("; ")})`];
    });
    if (missing.length + surplus.length + different.length === 0) return [];
    return [`${kind}, ${expected.size} truly: ${shown("missing", missing)}, ${shown("surplus", surplus)}, ${shown("different", different)}`];
  });
}

function differentFields(source: JsonObject, wanted: Readonly<Record<string, unknown>> & { readonly repository: RepositoryRef | null }): readonly string[] {
  const { octally: _, ...fields } = source;
  return [...new Set([...Object.keys(fields), ...Object.keys(wanted)])].flatMap((name) => {
    const [a, b] = [textOf(fields[name]), textOf(wanted[name])];
    return a === b ? [] : [`${name}: ${a.slice(0, 120)}, truly ${b.slice(0, 120)}`];
  });
}

function textOf(value: unknown): string {
  return value === undefined ? "not there" : canonicalJson(value);
}

function shown(what: string, items: readonly string[]): string {
  return `${items.length} ${what}${items.length === 0 ? "" : ` [${items.slice(0, SHOWN).join(", ")}]`}`;
}

/** When what is stored of a repository was read. */
function readAt(present: ReadonlyMap<string, JsonObject>, repositoryId: number, measure: string | undefined): string | undefined {
  for (const source of present.values()) {
    const repository = source["repository"];
    if (isJsonObject(repository) && repository["id"] === repositoryId && (measure === undefined || source["measure"] === measure)) return textAt(part(source, "octally"), "observed_at");
  }
  return undefined;
}
