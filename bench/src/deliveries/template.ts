/**
 * A recorded payload as a template: everything of it stays, but what identifies the things it tells of is new for every
 * number, so that every delivery makes new documents. Filled in as text: thousands a second without parsing.
 */
import { planDelivery } from "@octally/sync-worker/core/plan-delivery";
import { kinds } from "@octally/model/registry";
import type { Observation } from "@octally/model/observation";
import type { Json, JsonObject } from "@octally/shared/json";
import type { Recording } from "./recordings.ts";

export type Template = {
  readonly event: string;
  /** The kinds of its documents, beside the delivery's own. */
  readonly kinds: readonly string[];
  readonly fill: (number: number) => string;
  /** A document that a search by its field `id` finds; undefined where the delivery has none but its own and its repository's. */
  readonly watched: { readonly kind: string; readonly idOf: (number: number) => number } | undefined;
};

const HEADERS = { guid: "0", hookId: "1", targetType: null, targetId: null, contentType: "application/json", receivedAt: "2026-11-21T07:00:00.000Z" };
/** Above every id that GitHub has given so far, below what a JavaScript number holds exactly. */
const FIRST_ID = 1_000_000_000_000;
/** Ids of one delivery lie next to each other; no payload has more of them. */
const IDS_PER_DELIVERY = 10;
/** Characters that no payload has: they are private to whoever uses them. */
const ID_SLOT = "\uE000";
const TEXT_SLOT = "\uE001";
const ID = new RegExp(`"${ID_SLOT}(\\d)"`, "u");

/** Undefined where some document would be the same whatever the number: it could be written once only. */
export function makeTemplate({ event, payload }: Recording): Template | undefined {
  const text = slottedText(payload, identifiersOf(observe(event, payload)));
  const pieces = text.split(ID).map((piece, index) => (index % 2 === 1 ? Number(piece) : piece.split(TEXT_SLOT)));
  const fill = (number: number): string => pieces.map((piece) => (typeof piece === "number" ? String(FIRST_ID + number * IDS_PER_DELIVERY + piece) : piece.join(`_b${number}`))).join("");
  const [first = [], second = []] = [1, 2].map((number) => observe(event, JSON.parse(fill(number)) as JsonObject));
  const names = [...first, ...second].map(({ kind, id }) => `${kind}/${id}`);
  if (new Set(names).size < names.length) return undefined;
  return { event, kinds: first.map(({ kind }) => kind), fill, watched: watchedOf(first) };
}

function watchedOf(observations: readonly Observation[]): Template["watched"] {
  const found = observations.find(({ kind, id, deletedAt, document }) => kind !== "repository" && deletedAt === null && id === String(document["id"]) && /^\d+$/u.test(id));
  return found === undefined ? undefined : { kind: found.kind, idOf: (number) => Number(found.id) + (number - 1) * IDS_PER_DELIVERY };
}

function observe(event: string, payload: JsonObject): readonly Observation[] {
  const { observations } = planDelivery(kinds, { headers: { ...HEADERS, event }, payload, bytes: 0 }, null);
  return observations.slice(0, -1);
}

/** Ids and texts that are part of a document's `_id`. */
function identifiersOf(observations: readonly Observation[]): { readonly ids: readonly string[]; readonly texts: ReadonlySet<string> } {
  const parts = observations.map(({ id }) => id.split(":"));
  const isNumber = (part: string): boolean => /^\d+$/u.test(part);
  return {
    ids: [...new Set(parts.flat().filter(isNumber))].slice(0, IDS_PER_DELIVERY),
    texts: new Set(parts.filter((own) => !own.some(isNumber)).flat()),
  };
}

function slottedText(payload: JsonObject, { ids, texts }: ReturnType<typeof identifiersOf>): string {
  return JSON.stringify(payload, (key, value: Json) => {
    if (typeof value === "number") {
      const slot = key === "id" || key.endsWith("_id") ? ids.indexOf(String(value)) : -1;
      return slot < 0 ? value : `${ID_SLOT}${slot}`;
    }
    // Node ids are as many as things, and GitHub's are not derived from the number alone.
    return typeof value === "string" && (key === "node_id" || texts.has(value)) ? `${value}${TEXT_SLOT}` : value;
  });
}
