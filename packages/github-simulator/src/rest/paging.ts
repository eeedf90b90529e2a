/** The ways in which GitHub cuts lists: numbered pages, cursors, both at once, ids. */
import { ApiError, pageCap } from "../server/api-error.ts";
import { ok, type Answer, type Call } from "./call.ts";

/** What pages are cut from; only the items of one page are touched. */
export type Items<T> = { readonly length: number; readonly at: (index: number) => T | undefined };

export function reversed<T>(items: Items<T>): Items<T> {
  return { length: items.length, at: (index) => items.at(items.length - 1 - index) };
}

/** `wrap`: for lists that stand in an object beside their count. `maxPages`, `maxItems`: GitHub counts no further and answers 422. */
export type PageOptions<T> = { readonly maxPages?: number; readonly maxItems?: number; readonly wrap?: (shapes: readonly unknown[], total: number) => unknown; readonly filter?: (item: T) => boolean; readonly defaultSize?: number };

export function pageSize(call: Call, defaultSize = 30): number {
  const asked = Number(call.query.get("per_page"));
  return Number.isInteger(asked) && asked > 0 ? Math.min(asked, 100) : defaultSize;
}

export function pageNumber(call: Call): number {
  const asked = Number(call.query.get("page"));
  return Number.isInteger(asked) && asked > 0 ? asked : 1;
}

/** Pages by number: `Link` with prev, next, last and first. */
export function page<T>(call: Call, items: Items<T>, shape: (item: T) => unknown, options: PageOptions<T> = {}): Answer {
  const [size, number] = [pageSize(call, options.defaultSize), pageNumber(call)];
  if (options.maxPages !== undefined && number > options.maxPages) throw pageCap();
  if (options.maxItems !== undefined && (number - 1) * size >= options.maxItems) throw pageCap();
  const total = Math.min(items.length, options.maxItems ?? Infinity);
  const last = Math.min(Math.max(1, Math.ceil(total / size)), options.maxPages ?? Infinity);
  const shapes: unknown[] = [];
  for (let index = (number - 1) * size; index < Math.min(number * size, total); index += 1) shapes.push(shape(items.at(index) as T));
  const links = number < last || number > 1 ? numberedLinks(call, number, last) : {};
  return { ...ok(options.wrap === undefined ? shapes : options.wrap(shapes, items.length)), headers: links };
}

function numberedLinks(call: Call, number: number, last: number): Readonly<Record<string, string>> {
  const links: [string, string][] = [];
  const to = (target: number): string => linkTo(call, { page: String(target) });
  if (number > 1) links.push(["prev", to(Math.min(number - 1, last))]);
  if (number < last) links.push(["next", to(number + 1)], ["last", to(last)]);
  if (number > 1) {
    // Past the end GitHub still names the last page.
    if (number > last) links.push(["last", to(last)]);
    links.push(["first", to(1)]);
  }
  return { link: links.map(([rel, url]) => `<${url}>; rel="${rel}"`).join(", ") };
}

/** How a list is sorted, so that a cursor still finds its place after the list changed. */
export type Order<T> = { readonly key: (item: T) => number; readonly id: (item: T) => number; readonly direction: "asc" | "desc" };

/** Pages by `after` and `before`; with `alsoPages` by number too, as long as the list is not too long for that. */
export function cursorPage<T>(call: Call, items: Items<T>, order: Order<T>, shape: (item: T) => unknown, { alsoPages = false, wrap }: { readonly alsoPages?: boolean; readonly wrap?: (shapes: readonly unknown[], total: number) => unknown } = {}): Answer {
  const size = pageSize(call);
  const [after, before] = [call.query.get("after"), call.query.get("before")];
  const number = pageNumber(call);
  let start = 0;
  if (after !== null && after !== "") start = place(items, order, parseCursor(after), true);
  else if (before !== null && before !== "") start = Math.max(0, place(items, order, parseCursor(before), false) - size);
  else if (alsoPages && number > 1) {
    if (number * size >= 10_000) throw new ApiError(422, "Pagination with the page parameter is not supported for large datasets, please use cursor based pagination (after/before)");
    start = (number - 1) * size;
  }
  const end = Math.min(start + size, items.length);
  const found: T[] = [];
  for (let index = start; index < end; index += 1) found.push(items.at(index) as T);
  const [first, last] = [found[0], found.at(-1)];
  const links: string[] = [];
  const beside = (target: number): Record<string, string> => (alsoPages ? { page: String(target) } : {});
  if (last !== undefined && end < items.length) links.push(`<${linkTo(call, { after: cursorOf(order, last), ...beside(number + 1) }, ["before"])}>; rel="next"`);
  if (first !== undefined && start > 0) links.push(`<${linkTo(call, { before: cursorOf(order, first), ...beside(Math.max(1, number - 1)) }, ["after"])}>; rel="prev"`);
  const shapes = found.map(shape);
  return { ...ok(wrap === undefined ? shapes : wrap(shapes, items.length)), headers: links.length === 0 ? {} : { link: links.join(", ") } };
}

/** `since=<id>`: what came after that id; the lists of all users, organisations and repositories. */
export function sincePage<T>(call: Call, items: readonly T[], id: (item: T) => number, shape: (item: T) => unknown): Answer {
  const since = Number(call.query.get("since") ?? 0);
  const found = items.filter((item) => id(item) > since).toSorted((a, b) => id(a) - id(b)).slice(0, pageSize(call));
  const last = found.at(-1);
  return { ...ok(found.map(shape)), headers: last === undefined ? {} : { link: `<${linkTo(call, { since: String(id(last)) })}>; rel="next", <${call.linkPath}{?since}>; rel="first"` } };
}

export function linkTo(call: Call, change: Readonly<Record<string, string>>, without: readonly string[] = []): string {
  const query = new URLSearchParams(call.query);
  for (const name of without) query.delete(name);
  for (const [name, value] of Object.entries(change)) query.set(name, value);
  return `${call.linkPath}?${query.toString()}`;
}

type Place = readonly [key: number, id: number];

/** As GitHub writes them: base64 of `cursor:v2:` and a MessagePack array of two 64-bit numbers. */
export function writeCursor([key, id]: Place): string {
  const bytes = Buffer.alloc(29);
  bytes.write("cursor:v2:", "latin1");
  bytes[10] = 0x92;
  bytes[11] = 0xcf;
  bytes.writeBigUInt64BE(BigInt(Math.max(0, Math.floor(key))), 12);
  bytes[20] = 0xcf;
  bytes.writeBigUInt64BE(BigInt(id), 21);
  return bytes.toString("base64");
}

export function parseCursor(text: string): Place {
  const bytes = Buffer.from(text, "base64");
  if (bytes.length !== 29 || bytes.toString("latin1", 0, 10) !== "cursor:v2:") throw new ApiError(400, "Bad Request: The cursor is not valid.");
  return [Number(bytes.readBigUInt64BE(12)), Number(bytes.readBigUInt64BE(21))];
}

function cursorOf<T>(order: Order<T>, item: T): string {
  return writeCursor([order.key(item), order.id(item)]);
}

/** The first index behind (`after`) or at the place. */
function place<T>(items: Items<T>, order: Order<T>, [key, id]: Place, after: boolean): number {
  const sign = order.direction === "asc" ? 1 : -1;
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const item = items.at(middle) as T;
    const difference = (Math.floor(order.key(item)) - key || order.id(item) - id) * sign;
    if (difference < 0 || (after && difference === 0)) low = middle + 1;
    else high = middle;
  }
  return low;
}
