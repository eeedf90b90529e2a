/** One REST list for each thing of another kind: the things are listed by REST, and their lists read some at a time. */
import type { Kind } from "@octally/model/define-kind";
import type { RestListing } from "@octally/model/sources";
import { isJsonObject, textAt, type Json, type JsonObject } from "@octally/shared/json";
import pMap from "p-map";
import * as z from "zod";
import { NOTHING, together, type Gathered } from "../core/gathered.ts";
import { EVER, isOfPeriod } from "../core/period.ts";
import { parentsListing } from "../core/parents-listing.ts";
import { withQuery } from "../core/with-query.ts";
import { findRepository } from "../find-repository.ts";
import { endOf, isRedirected, parametersOf, walkRest } from "./walk-rest.ts";
import { WHOLE, type Walk, type WalkContext, type WalkEnd } from "./walk.ts";

export type EachWalk = { readonly kind: Kind; readonly listing: RestListing; readonly parent: Kind };

/** `page`: the page of parents; `index`: how many of it are done. */
const cursorSchema = z.object({ page: z.string().nullable(), index: z.number() });

/** As many lists at once as the governor lets backfill have requests. */
const AT_ONCE = 3;
const A_STEP = 12;

/** @throws RangeError for a kind whose parents REST does not list */
export async function* walkEach(context: WalkContext, walk: EachWalk, stored: JsonObject | null): Walk {
  const parsed = cursorSchema.safeParse(stored);
  let { page, index } = parsed.success ? parsed.data : { page: null, index: 0 };
  const parents = parentsListing(walk.parent);
  const first = { path: parents.load === undefined ? parents.path : withQuery(parents.path, parents.load), parameters: parametersOf(context, parents.path) };
  for await (const answer of context.github.list(page === null ? first : { path: page }, context.call)) {
    if (page === null && isRedirected(context, answer)) return { is: "elsewhere" };
    if (answer.is !== "page") return endOf(answer, parents, walk.parent);
    const items = answer.items.filter((item) => isJsonObject(item)).filter(({ created_at: createdAt, updated_at: updatedAt }) => isOfPeriod({ createdAt, updatedAt }, context));
    for (; index < items.length; index += A_STEP) {
      const steps = await pMap(items.slice(index, index + A_STEP), (item) => readBelow(context, walk, item), { concurrency: AT_ONCE });
      const over = steps.find(({ end }) => end.is === "forbidden" || end.is === "elsewhere") ?? (await allAbsent(context, steps));
      if (over !== undefined) return over.end;
      const done = index + A_STEP >= items.length;
      const cursor = done ? { page: answer.next, index: 0 } : { page: answer.url, index: index + A_STEP };
      yield { gathered: steps.reduce<Gathered>((all, step) => together(all, step.gathered), NOTHING), seen: steps.reduce((sum, step) => sum + step.seen, 0), cursor, last: done && answer.next === null };
    }
    index = 0;
    page = answer.next;
  }
  return WHOLE;
}

/** One may be gone by now. Where none is there, the repository may be: what it still has would be passed over. */
async function allAbsent({ github, call, place }: WalkContext, steps: readonly Below[]): Promise<Below | undefined> {
  const [first] = steps;
  if (first === undefined || place.repository === null || steps.some(({ end }) => end.is !== "absent")) return undefined;
  const { is } = await findRepository(github, call, place.repository);
  return is === "there" ? undefined : first;
}

type Below = { readonly gathered: Gathered; readonly seen: number; readonly end: WalkEnd };

export async function readBelow(context: WalkContext, { kind, listing, parent }: EachWalk, item: JsonObject): Promise<Below> {
  let gathered = NOTHING;
  let seen = 0;
  const walk = walkRest({ ...context, ...EVER }, { kind, listing, below: { ...item, kind: parent.name }, parameters: namesIn(listing.path, item) }, null);
  for (;;) {
    const { done, value } = await walk.next();
    if (done === true) {
      // One that is gone by now, or a commit that GitHub has no more, has nothing below it.
      if (value.is === "capped") return { gathered: together(gathered, { ...NOTHING, gaps: [`${kind.name} of ${parent.name} ${textAt(item, "url") ?? ""}: ${value.message}`] }), seen, end: value };
      return { gathered, seen, end: value };
    }
    gathered = together(gathered, value.gathered);
    seen += value.seen;
  }
}

/** `{head.sha}` is the `sha` of its `head`. */
function namesIn(path: string, item: JsonObject): Readonly<Record<string, string | number>> {
  const names = [...path.matchAll(/\{\+?([\w.]+)\}/g)].flatMap(([, name]) => (name === undefined || name === "owner" || name === "repo" || name === "org" ? [] : [name]));
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = name.split(".").reduce<Json | undefined>((found, step) => (isJsonObject(found) ? found[step] : undefined), item);
      return typeof value === "string" || typeof value === "number" ? [[name, value]] : [];
    }),
  );
}
