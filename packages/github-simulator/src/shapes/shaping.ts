/** What every shape needs besides the record: which GitHub speaks (its addresses), in which format it gives node ids, and the world. */
import type { Account, App, Millis, Repository } from "../world/entities.ts";
import type { NodeType } from "../world/node-id.ts";
import type { World } from "../world/world.ts";

/** GitHub's addresses, without a slash at the end. */
export type UrlBase = { readonly api: string; readonly html: string; readonly avatars: string; readonly uploads: string; readonly raw: string };

export const GITHUB_COM: UrlBase = {
  api: "https://api.github.com",
  html: "https://github.com",
  avatars: "https://avatars.githubusercontent.com",
  uploads: "https://uploads.github.com",
  raw: "https://raw.githubusercontent.com",
};

/** As a GitHub Enterprise Server at `origin` (`http://127.0.0.1:4100`) gives them. */
export function enterpriseUrls(origin: string): UrlBase {
  return { api: `${origin}/api/v3`, html: origin, avatars: `${origin}/avatars`, uploads: `${origin}/api/uploads`, raw: `${origin}/raw` };
}

/** As github.com would give them, were it at `origin`: the API at the root. */
export function originUrls(origin: string): UrlBase {
  return { ...enterpriseUrls(origin), api: origin };
}

/** `scope`: id of the repository or organisation that the thing is in; 0 for accounts, repositories and apps, which are in nothing. */
export type NodeIdOf = (type: NodeType, scope: number, id: number | string) => string;

/** For one answer or one payload: `memo` keeps what occurs in it more than once, so it must not outlive a change of the world. */
export type Shaping = { readonly base: UrlBase; readonly world: World; readonly nodeId: NodeIdOf; readonly memo: Memo };

export type Json = Readonly<Record<string, unknown>>;
export type Memo = Map<string, Map<object, Json>>;

export function makeShaping(world: World, nodeId: NodeIdOf, base: UrlBase = GITHUB_COM): Shaping {
  return { base, world, nodeId, memo: new Map() };
}

export function once(s: Shaping, form: string, record: object, make: () => Json): Json {
  let forms = s.memo.get(form);
  if (forms === undefined) s.memo.set(form, (forms = new Map<object, Json>()));
  let shape = forms.get(record);
  if (shape === undefined) forms.set(record, (shape = make()));
  return shape;
}

/** The shape for a place where GitHub leaves some of its keys out. */
export function without(shape: Json, ...keys: readonly string[]): Json {
  return Object.fromEntries(Object.entries(shape).filter(([key]) => !keys.includes(key)));
}

/** `2019-05-15T15:20:33Z`: GitHub's times are whole seconds. */
export function iso(time: Millis): string {
  return `${toSeconds(time)}Z`;
}

const DAY_MS = 86_400_000;
const TWO_DIGITS = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, "0"));
/** The days that were asked for: a page holds hundreds of times, and Date takes ten times as long. */
const DATES = new Map<number, string>();

function toSeconds(time: Millis): string {
  const day = Math.floor(time / DAY_MS);
  let date = DATES.get(day);
  if (date === undefined) DATES.set(day, (date = new Date(day * DAY_MS).toISOString().slice(0, 11)));
  const seconds = Math.floor((time - day * DAY_MS) / 1000);
  return `${date}${TWO_DIGITS[Math.floor(seconds / 3600)]}:${TWO_DIGITS[Math.floor(seconds / 60) % 60]}:${TWO_DIGITS[seconds % 60]}`;
}

export function isoOrNull(time: Millis | null): string | null {
  return time === null ? null : iso(time);
}

/** `2020-10-02T12:42:30.000Z`: some parts of GitHub write the milliseconds, which are always 0. */
export function isoMillis(time: Millis): string {
  return `${toSeconds(time)}.000Z`;
}

/** `2019-05-15T15:20:55+00:00`: and some write the zone. */
export function isoZone(time: Millis): string {
  return `${toSeconds(time)}+00:00`;
}

export function fullName(repository: Repository): string {
  return `${repository.owner.login}/${repository.name}`;
}

export function repoApi(s: Shaping, repository: Repository): string {
  return `${s.base.api}/repos/${repository.owner.login}/${repository.name}`;
}

export function repoHtml(s: Shaping, repository: Repository): string {
  return `${s.base.html}/${repository.owner.login}/${repository.name}`;
}

export function avatar(s: Shaping, of: Account | App): string {
  if (!("type" in of)) return `${s.base.avatars}/in/${of.id}?v=4`;
  return of.type === "Bot" && of.app !== null ? `${s.base.avatars}/in/${of.app.id}?v=4` : `${s.base.avatars}/u/${of.id}?v=4`;
}
