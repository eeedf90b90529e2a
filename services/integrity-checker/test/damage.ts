/** Damage to a store, as an accident would do it: documents lost, set back to an older state, made up. */
import type { Kind } from "@octally/model/define-kind";
import type { Observation } from "@octally/model/observation";
import { kinds } from "@octally/model/registry";
import { toVersion } from "@octally/model/version";
import type { JsonObject } from "@octally/shared/json";
import { randomOf } from "../../sync-worker/test/records.ts";
import { LISTED_KINDS } from "./mirror.ts";

export type Shares = { readonly lost: number; readonly aged: number; readonly invented: number };
/** What there is of a kind, without what is deleted. */
export type Held = { readonly kind: string; readonly id: string; readonly source: JsonObject };

export type Damage = {
  readonly lost: readonly Held[];
  /** As they are after the damage. */
  readonly aged: readonly Observation[];
  readonly invented: readonly Observation[];
};

const DAY_MS = 86_400_000;
/** Free text and states: what an older state may have said otherwise. */
const TELLING = ["title", "body", "description", "message", "color", "state", "role", "role_name", "permission", "conclusion", "privacy", "default_branch", "path"];

/** Of all kinds that GitHub lists. What no list can bury is not made up: repositories, which may be hidden, and what GitHub keeps for ever. */
export async function planDamage(held: AsyncIterable<Held>, { lost, aged, invented }: Shares, seed = 1): Promise<Damage> {
  const roll = randomOf(seed);
  const damage = { lost: [] as Held[], aged: [] as Observation[], invented: [] as Observation[] };
  let made = 0;
  for await (const one of held) {
    const kind = kinds.find(({ name }) => name === one.kind);
    const rolled = roll();
    if (kind === undefined || !LISTED_KINDS.includes(one.kind)) continue;
    if (rolled < lost) damage.lost.push(one);
    else if (rolled < lost + aged) damage.aged.push(...agedOf(kind, one));
    else if (rolled < lost + aged + invented && canBeGone(kind)) damage.invented.push(inventedOf(one, (made += 1)));
  }
  return damage;
}

function canBeGone({ name, sources: { deletion } }: Kind): boolean {
  return name !== "repository" && (!("never" in deletion) || deletion.shown === true);
}

/** What differs in it, its time where it has one; none where nothing of it can be another. */
function agedOf(kind: Kind, held: Held): readonly Observation[] {
  const { observation, document } = observationOf(held);
  const telling = TELLING.find((name) => typeof document[name] === "string");
  const time = kind.updatedAt === undefined ? undefined : document[kind.updatedAt];
  if (kind.updatedAt !== undefined && typeof time !== "string") return [];
  if (kind.updatedAt === undefined && telling === undefined) return [];
  const before = typeof time === "string" ? new Date(Date.parse(time) - DAY_MS).toISOString().replace(".000Z", "Z") : undefined;
  const old = { ...document, ...(telling === undefined ? {} : { [telling]: "as it was" }), ...(kind.updatedAt === undefined || before === undefined ? {} : { [kind.updatedAt]: before }) };
  const seen = new Date(Date.parse(observation.observedAt) - DAY_MS).toISOString();
  return [{ ...observation, document: old, observedAt: seen, version: toVersion(before ?? seen, seen) }];
}

function inventedOf(held: Held, made: number): Observation {
  const { observation, document } = observationOf(held);
  const number = 8_000_000_000_000 + made;
  const id = held.id === textId(document) ? String(number) : `${held.id}-${number}`;
  return { ...observation, id, document: { ...document, ...(typeof document["id"] === "number" ? { id: number } : {}), ...(typeof document["number"] === "number" ? { number: 1_000_000 + made } : {}) } };
}

function observationOf({ kind, id, source }: Held): { readonly observation: Observation; readonly document: JsonObject } {
  const { org, repository, octally, ...document } = source as JsonObject & { readonly octally: { readonly version: string; readonly observed_at: string; readonly source: Observation["source"]; readonly archive: string | null } };
  const { version, observed_at: observedAt, source: by, archive } = octally;
  return { observation: { kind, id, org: org as string | null, repository: repository as Observation["repository"], document, deletedAt: null, version: BigInt(version), observedAt, source: by, archive }, document };
}

function textId({ id }: JsonObject): string {
  return typeof id === "number" || typeof id === "string" ? String(id) : "";
}
