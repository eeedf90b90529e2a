/** What is on its way: kinds and places of which a difference means nothing yet. Pure. */
import type { Kind } from "@octally/model/define-kind";
import { isNoWay } from "@octally/model/sources";
import { isJsonObject, objectsAt, part, textAt, type Json, type JsonObject } from "@octally/shared/json";
import type { Group } from "@octally/store/reader";
import type { Busy } from "./decide-coverage.ts";
import type { ComingDeliveries } from "./delivery-log.ts";
import { placeKey, type Place } from "./place.ts";

export type OnItsWay = {
  /** "<place> <kind>", "<place> *", "source:<source>". */
  readonly loading: ReadonlySet<string>;
  /** The same. */
  readonly traffic: ReadonlySet<string>;
  /** So much waits in the queues that anything may be among it. */
  readonly backlog: boolean;
};

/** Fewer are what a second of traffic leaves. */
const BACKLOG = 50;

export function busyOf({ loading, traffic, backlog }: OnItsWay, place: Place, kind: string): Busy {
  const key = placeKey(place);
  const name = place.repository?.name_with_owner.toLowerCase() ?? "";
  const sources = [`source:${(place.org ?? "").toLowerCase()}`, `source:${name}`];
  return { loading: loading.has(`${key} ${kind}`) || loading.has(`${key} *`) || sources.some((source) => loading.has(source)), traffic: backlog || traffic.has(`${key} ${kind}`) || traffic.has(`${key} *`) };
}

export type WayFacts = {
  /** The unfinished ones' documents. */
  readonly parts: readonly JsonObject[];
  /** Groups of org, repository and kind of the last minutes. */
  readonly deliveries: readonly Group[];
  /** Repositories of which the log has deliveries that are not documents yet, by organisation; null: of the organisation alone. */
  readonly awaited: readonly { readonly org: string | null; readonly repositories: ReadonlySet<number | null>; /** Those of the last minutes, which it has not waited for long enough to miss them. */ readonly coming: ComingDeliveries["of"] }[];
  /** Messages in the queues. */
  readonly waiting: number;
};

export function onItsWay(kinds: readonly Kind[], { parts, deliveries, awaited, waiting }: WayFacts): OnItsWay {
  const traffic = deliveries.flatMap(({ key: [org, repository, kind] }) => {
    if (typeof kind !== "string") return [];
    const of = [...(typeof repository === "number" ? [String(repository)] : []), ...(typeof org === "string" ? [`org:${org.toLowerCase()}`] : [])];
    return of.map((place) => `${place} ${kind}`);
  });
  // What it will be of is in the payload: all kinds of the place, and of its organisation.
  const open = awaited.flatMap(({ org, repositories }) => (repositories.size === 0 ? [] : [...(org === null ? [] : [`org:${org.toLowerCase()} *`]), ...[...repositories].flatMap((id) => (id === null ? [] : [`${id} *`]))]));
  const coming = awaited.flatMap(({ org, coming: of }) => of.flatMap(({ event, repository_id: id }) => toldBy(kinds, event).flatMap((kind) => [...(id === null ? [] : [`${id} ${kind}`]), ...(org === null ? [] : [`org:${org.toLowerCase()} ${kind}`])])));
  return { loading: new Set(parts.flatMap((document) => loadedBy(kinds, document))), traffic: new Set([...traffic, ...open, ...coming]), backlog: waiting > BACKLOG };
}

/** Kinds of which such an event makes documents, or has them asked for. */
function toldBy(kinds: readonly Kind[], event: string): readonly string[] {
  return kinds.filter(({ fromWebhook }) => Object.hasOwn(fromWebhook, event)).map(({ name }) => name);
}

function loadedBy(kinds: readonly Kind[], document: JsonObject): readonly string[] {
  const kind = textAt(document, "kind");
  if (kind === undefined) return [`source:${(textAt(document, "source") ?? "").toLowerCase()}`];
  const repository = part(document, "repository");
  const place: Place = { org: textAt(document, "org") ?? null, repository: repository === undefined ? null : { id: Number(repository["id"]), name_with_owner: textAt(repository, "name_with_owner") ?? "" } };
  const job = part(document, "job");
  // Short lists of several repositories are one part.
  const places = [place, ...objectsAt(part(job, "small"), "repositories").map(({ id }): Place => ({ ...place, repository: { id: Number(id), name_with_owner: "" } }))];
  const along = part(job, "list")?.["with"];
  const names = [kind, ...(isList(along) ? along.filter((name) => typeof name === "string") : []), ...readAlong(kinds, kind)];
  return places.flatMap((one) => names.map((name) => `${placeKey(one)} ${name}`));
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value) && !isJsonObject(value);
}

/** Kinds that are read from the items of this one's lists. */
function readAlong(kinds: readonly Kind[], name: string): readonly string[] {
  const list = kinds.find((kind) => kind.name === name)?.sources.list;
  return list === undefined || isNoWay(list) ? [] : list.flatMap((listing) => (listing.by === "rest" ? (listing.also ?? []) : []));
}
