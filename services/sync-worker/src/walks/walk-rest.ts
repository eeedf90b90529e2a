/** A REST list of a repository or an organisation: page by page, list after list, around GitHub's caps. */
import type { Kind } from "@octally/model/define-kind";
import { entryOf, observeRestItems } from "@octally/model/observe-fetched";
import type { Around, RestListing } from "@octally/model/sources";
import { PermanentError } from "@octally/shared/errors";
import { isJsonObject, textAt, type Json, type JsonObject } from "@octally/shared/json";
import type { RestListAnswer } from "@octally/github/rest";
import * as z from "zod";
import { gather } from "../core/gathered.ts";
import { withQuery } from "../core/with-query.ts";
import { timeOf, WHOLE, type Step, type Walk, type WalkContext, type WalkEnd } from "./walk.ts";

export type RestWalk = {
  readonly kind: Kind;
  readonly listing: RestListing;
  readonly below: JsonObject;
  /** What `{name}` in the path stands for, beside the place. */
  readonly parameters: Readonly<Record<string, string | number>>;
};

/** `list`: the first, or one of `and`. `window`: beyond GitHub's cap, since when. */
const cursorSchema = z.object({ list: z.number(), url: z.string().nullable(), offset: z.number(), window: z.string().nullable() });
type Cursor = z.output<typeof cursorSchema>;

const EPOCH = "1970-01-01T00:00:00Z";

export async function* walkRest(context: WalkContext, walk: RestWalk, stored: JsonObject | null): Walk {
  const parsed = cursorSchema.safeParse(stored);
  let cursor: Cursor = parsed.success ? parsed.data : { list: 0, url: null, offset: 0, window: null };
  const { listing } = walk;
  let noted: WalkEnd = WHOLE;
  const lists = [listing, ...(listing.and ?? [])];
  for (; cursor.list < lists.length; cursor = { list: cursor.list + 1, url: null, offset: 0, window: null }) {
    const list = lists[cursor.list];
    if (list === undefined) break;
    const end = yield* walkOne(context, walk, { ...listing, ...list }, cursor, cursor.list === lists.length - 1);
    if (end.is !== "whole") return end;
    if (end.note !== undefined) noted = end;
  }
  return noted;
}

async function* walkOne(context: WalkContext, walk: RestWalk, list: RestListing, from: Cursor, isLast: boolean): AsyncGenerator<Step, WalkEnd, undefined> {
  let cursor = from;
  for (;;) {
    const end = yield* walkWindow(context, walk, list, cursor, isLast);
    if (end.is !== "next-window") return end;
    if (end.since === cursor.window) return { is: "capped", message: `More than ${list.cap?.items ?? 0} were changed in the same second; GitHub shows no more of them.` };
    cursor = { list: from.list, url: null, offset: 0, window: end.since };
  }
}

type WindowEnd = WalkEnd | { readonly is: "next-window"; readonly since: string };

/** One list as GitHub gives it: to its end, to the watermark, or to the cap. */
async function* walkWindow(context: WalkContext, walk: RestWalk, list: RestListing, from: Cursor, isLast: boolean): AsyncGenerator<Step, WindowEnd, undefined> {
  const { github, call, kinds, place, since } = context;
  const path = pathOf(list, from.window, since);
  const request = from.url === null ? { path, parameters: { ...parametersOf(context, path), ...walk.parameters, ...sinceOf(path, from.window ?? since) } } : { path: from.url };
  let { offset } = from;
  let last: Json | undefined;
  for await (const answer of github.list({ ...request, ...(list.accept === undefined ? {} : { accept: list.accept }) }, call)) {
    if (from.url === null && isRedirected(context, answer)) return { is: "elsewhere" };
    if (answer.is !== "page") {
      const end = endOf(answer, list);
      return end.is === "capped" ? beyondCap(list, from.window, last, end) : end;
    }
    const around: Around = { ...place, below: walk.below, observedAt: timeOf(answer.observedAt) };
    const items = answer.items.filter((item) => isJsonObject(item));
    const fetched = observeRestItems(kinds, walk.kind, list, items, around, offset);
    if (fetched.some(({ is }) => is === "elsewhere")) return { is: "elsewhere" };
    const readers = 1 + (list.also?.length ?? 0);
    offset += items.length;
    last = items.at(-1) ?? last;
    yield {
      gathered: gather(fetched),
      seen: fetched.filter(({ is }, index) => index % readers === 0 && is !== "nothing").length,
      cursor: answer.next === null ? { list: from.list + 1, url: null, offset: 0, window: null } : { ...from, url: answer.next, offset },
      last: answer.next === null && isLast,
    };
    if (answer.incomplete) throw new PermanentError("github-unexpected", `${list.path} is a search that ran out of time.`);
    if (list.changed?.reads === "to the watermark" && from.window === null && since !== null && isOlder(walk.kind, last, since, around)) return WHOLE;
    if (answer.next !== null && list.cap !== undefined && offset >= list.cap.items) return beyondCap(list, from.window, last, { is: "capped", message: `GitHub ends this list after ${list.cap.items}.` });
  }
  return WHOLE;
}

function pathOf(list: RestListing, window: string | null, since: string | null): string {
  if (window !== null && list.cap !== undefined && typeof list.cap.beyond === "object" && "window" in list.cap.beyond) return withQuery(list.path, list.cap.beyond.window);
  const query = since !== null && list.changed !== null ? list.changed.query : list.load;
  return query === undefined ? list.path : withQuery(list.path, query);
}

/** A parameter that the path does not name would become part of the query. */
function sinceOf(path: string, since: string | null): Readonly<Record<string, string>> {
  return since === null || !path.includes("{since}") ? {} : { since };
}

/** What the path names of the place: whatever it does not name would become part of the query. */
export function parametersOf({ place }: Pick<WalkContext, "place">, path: string): Readonly<Record<string, string>> {
  const [owner, repo] = place.repository?.name_with_owner.split("/") ?? [];
  const all = { owner, repo, org: place.org ?? undefined };
  return Object.fromEntries(Object.entries(all).flatMap(([name, value]) => (value === undefined || !path.includes(`{${name}}`) ? [] : [[name, value]])));
}

/** Windows begin where the last one ended, by the time of the last change: the first of them at the beginning. */
function beyondCap({ cap }: RestListing, window: string | null, last: Json | undefined, capped: WalkEnd): WindowEnd {
  if (cap === undefined || typeof cap.beyond === "string" || !("window" in cap.beyond)) return capped;
  if (window === null) return { is: "next-window", since: EPOCH };
  const since = isJsonObject(last) ? textAt(last, "updated_at") : undefined;
  return since === undefined ? capped : { is: "next-window", since };
}

/** The list's first address led on: its repository is elsewhere, and what is refused there says nothing of this token. */
export function isRedirected({ place }: Pick<WalkContext, "place">, { moved }: Pick<RestListAnswer, "moved">): boolean {
  return moved !== null && place.repository !== null;
}

/** `of`: the kind whose list it is, where others hang from it. */
export function endOf(answer: Exclude<RestListAnswer, { is: "page" }>, list: Pick<RestListing, "path">, of?: Kind): WalkEnd {
  switch (answer.is) {
    case "disabled":
      return { is: "whole", note: answer.message, disabled: true };
    case "empty-repository":
      return { is: "whole", note: "The repository is empty." };
    case "not-modified":
    case "not-ready":
      throw new PermanentError("github-unexpected", `GitHub answered ${answer.is} to ${list.path}.`);
    case "forbidden":
      return { is: "forbidden", missing: answer.missing, message: answer.missing.message, ...(of === undefined ? {} : { of }) };
    case "missing":
      return { is: "absent", message: `${answer.why}: ${answer.message}` };
    case "refused":
      if (answer.pageCap) return { is: "capped", message: answer.message };
      throw new PermanentError("github-refused", `GitHub refuses ${list.path}: ${answer.status} ${answer.message}`);
    default:
      return answer satisfies never;
  }
}

function isOlder(kind: Kind, item: Json | undefined, since: string, around: Around): boolean {
  const updatedAt = item === undefined ? null : (entryOf(kind, item, "rest", around)?.updatedAt ?? (isJsonObject(item) ? (textAt(item, "updated_at") ?? null) : null));
  return updatedAt !== null && Date.parse(updatedAt) < Date.parse(since);
}
