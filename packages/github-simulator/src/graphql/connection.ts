/** Pages of lists: GitHub's bounds on `first` and `last`, cursors that name a place in the order, everything computed only when asked for. */
import { type FieldNode, type GraphQLResolveInfo, Kind, type SelectionSetNode } from "graphql";
import type { Context } from "./context.ts";
import { type CursorPart, decodeCursor, encodeCursor } from "./cursor.ts";
import { TypedError } from "./errors.ts";

export type PageArgs = { readonly first?: number | null; readonly last?: number | null; readonly after?: string | null; readonly before?: string | null };
export type OrderArg = { readonly field: string; readonly direction: "ASC" | "DESC" };

export type Listing<T> = {
  /** In the order of the list itself, which for most is that of creation. */
  readonly items: readonly T[];
  readonly filter?: ((item: T) => boolean) | undefined;
  /** Unique in the list; decides between equal keys. */
  readonly id: (item: T) => CursorPart;
  /** What the list is ordered by; without it the list's own order. */
  readonly key?: ((item: T) => CursorPart) | undefined;
  readonly descending?: boolean | undefined;
  /** What is shown as the node; the item itself by default. */
  readonly node?: ((item: T) => unknown) | undefined;
};

const WORK_OF_CONNECTION = 5;
const MOST = 100;

export function connection<T>(listing: Listing<T>, args: PageArgs, context: Context, info: GraphQLResolveInfo): Connection<T> {
  checkBounds(args, info);
  context.spend(WORK_OF_CONNECTION);
  return new Connection(listing, args, context);
}

export function emptyConnection(_source: unknown, args: PageArgs, context: Context, info: GraphQLResolveInfo): Connection<never> {
  return connection({ items: [], id: () => 0 }, args, context, info);
}

/** Also for connections that are not a `Connection`. */
export function checkBounds({ first, last }: PageArgs, info: GraphQLResolveInfo): void {
  const name = info.fieldName;
  if (first !== undefined && first !== null && last !== undefined && last !== null) {
    throw new TypedError("EXCESSIVE_PAGINATION", `Passing both \`first\` and \`last\` to paginate the \`${name}\` connection is not supported.`);
  }
  for (const [bound, value] of [["first", first], ["last", last]] as const) {
    if (value === undefined || value === null) continue;
    if (value > MOST) throw new TypedError("EXCESSIVE_PAGINATION", `Requesting ${value} records on the \`${name}\` connection exceeds the \`${bound}\` limit of ${MOST} records.`);
    if (value < 0) throw new TypedError("EXCESSIVE_PAGINATION", `\`${bound}\` on the \`${name}\` connection cannot be less than zero.`);
  }
  const unbounded = (first === undefined || first === null) && (last === undefined || last === null);
  if (unbounded && info.fieldNodes.some((node) => asksForNodes(node, info))) {
    throw new TypedError("MISSING_PAGINATION_BOUNDARIES", `You must provide a \`first\` or \`last\` value to properly paginate the \`${name}\` connection.`);
  }
}

/** A connection of which only the count is asked for needs no bounds. */
function asksForNodes(field: FieldNode | { readonly selectionSet?: SelectionSetNode | undefined }, info: GraphQLResolveInfo): boolean {
  return (field.selectionSet?.selections ?? []).some((selection) => {
    if (selection.kind === Kind.FIELD) return ["nodes", "edges", "pageInfo"].includes(selection.name.value);
    const inner = selection.kind === Kind.INLINE_FRAGMENT ? selection : info.fragments[selection.name.value];
    return inner !== undefined && asksForNodes(inner, info);
  });
}

export class Edge<T> {
  readonly item: T;
  readonly #listing: Listing<T>;

  constructor(item: T, listing: Listing<T>) {
    this.item = item;
    this.#listing = listing;
  }

  get node(): unknown {
    return this.#listing.node === undefined ? this.item : this.#listing.node(this.item);
  }

  get cursor(): string {
    return cursorOf(this.item, this.#listing);
  }
}

type Bounds = { readonly first: number | null | undefined; readonly last: number | null | undefined; readonly after: readonly CursorPart[] | undefined; readonly before: readonly CursorPart[] | undefined };
type Page<T> = { readonly items: readonly T[]; readonly before: number; readonly after: number };

export class Connection<T> {
  readonly #listing: Listing<T>;
  readonly #args: PageArgs;
  readonly #context: Context;
  readonly #after: readonly CursorPart[] | undefined;
  readonly #before: readonly CursorPart[] | undefined;
  #matching: readonly T[] | undefined;
  #page: Page<T> | undefined;

  constructor(listing: Listing<T>, args: PageArgs, context: Context) {
    this.#listing = listing;
    this.#args = args;
    this.#context = context;
    const parts = listing.key === undefined ? 1 : 2;
    this.#after = decode(args.after, parts);
    this.#before = decode(args.before, parts);
  }

  get matching(): readonly T[] {
    const { items, filter } = this.#listing;
    return (this.#matching ??= filter === undefined ? items : items.filter(filter));
  }

  get totalCount(): number {
    return this.matching.length;
  }

  get page(): Page<T> {
    if (this.#page === undefined) {
      const bounds: Bounds = { first: this.#args.first, last: this.#args.last, after: this.#after, before: this.#before };
      const { key } = this.#listing;
      this.#page = key === undefined ? pageOfList(this.matching, this.#listing, bounds) : pageByKey(this.matching, this.#listing, key, bounds);
      this.#context.spend(this.#page.items.length);
    }
    return this.#page;
  }

  get nodes(): readonly unknown[] {
    const { node } = this.#listing;
    return node === undefined ? this.page.items : this.page.items.map(node);
  }

  get edges(): readonly Edge<T>[] {
    return this.page.items.map((item) => new Edge(item, this.#listing));
  }

  get pageInfo(): object {
    const { items, before, after } = this.page;
    const [first, last] = [items[0], items.at(-1)];
    return {
      hasNextPage: after > 0,
      hasPreviousPage: before > 0,
      startCursor: first === undefined ? null : cursorOf(first, this.#listing),
      endCursor: last === undefined ? null : cursorOf(last, this.#listing),
    };
  }
}

function cursorOf<T>(item: T, { id, key }: Listing<T>): string {
  return encodeCursor(key === undefined ? [id(item)] : [key(item), id(item)]);
}

function decode(cursor: string | null | undefined, parts: number): readonly CursorPart[] | undefined {
  if (cursor === undefined || cursor === null || cursor === "") return undefined;
  const decoded = decodeCursor(cursor);
  if (decoded?.length !== parts) throw new TypedError("INVALID_CURSOR_ARGUMENTS", `\`${cursor}\` does not appear to be a valid cursor.`);
  return decoded;
}

function cut<T>(items: readonly T[], from: number, to: number, { first, last }: Bounds): Page<T> {
  const start = first === undefined || first === null ? Math.max(from, to - (last ?? MOST)) : from;
  const end = first === undefined || first === null ? to : Math.min(to, from + first);
  return { items: items.slice(start, end), before: start, after: items.length - end };
}

/** The list's own order. Where the cursor's item is gone, its neighbours' ids tell where it stood. */
function pageOfList<T>(matching: readonly T[], { id, descending }: Listing<T>, bounds: Bounds): Page<T> {
  const items = descending === true ? matching.toReversed() : matching;
  const [after] = bounds.after ?? [];
  const [before] = bounds.before ?? [];
  const place = (cursor: CursorPart): { readonly at: number; readonly there: boolean } => {
    const at = items.findIndex((item) => id(item) === cursor);
    if (at >= 0) return { at, there: true };
    const next = items.findIndex((item) => (descending === true ? id(item) < cursor : id(item) > cursor));
    return { at: next < 0 ? items.length : next, there: false };
  };
  const start = after === undefined ? { at: 0, there: false } : place(after);
  const end = before === undefined ? items.length : place(before).at;
  const from = start.there ? start.at + 1 : start.at;
  return cut(items, from, Math.max(from, end), bounds);
}

function pageByKey<T>(matching: readonly T[], { id, descending }: Listing<T>, key: (item: T) => CursorPart, { first, last, after, before }: Bounds): Page<T> {
  const sign = descending === true ? -1 : 1;
  const compareTo = (item: T, other: readonly CursorPart[]): number => sign * (compare(key(item), other[0]) || compare(id(item), other[1]));
  let [skipped, beyond] = [0, 0];
  const isBetween = (item: T): boolean => {
    if (after !== undefined && compareTo(item, after) <= 0) skipped += 1;
    else if (before !== undefined && compareTo(item, before) >= 0) beyond += 1;
    else return true;
    return false;
  };
  const between = after === undefined && before === undefined ? matching : matching.filter(isBetween);
  const order = (a: T, b: T): number => sign * (compare(key(a), key(b)) || compare(id(a), id(b)));
  const backwards = first === undefined || first === null;
  const most = (backwards ? last : first) ?? MOST;
  const items = backwards ? firstOf(between, most, (a, b) => order(b, a)).toReversed() : firstOf(between, most, order);
  const left = between.length - items.length;
  return backwards ? { items, before: skipped + left, after: beyond } : { items, before: skipped, after: left + beyond };
}

function compare(a: CursorPart | undefined, b: CursorPart | undefined): number {
  if (a === b || a === undefined || b === undefined) return 0;
  return a < b ? -1 : 1;
}

/** The first few of an order, without sorting all of a long list. */
function firstOf<T>(items: readonly T[], most: number, order: (a: T, b: T) => number): T[] {
  if (items.length <= 4 * most) return items.toSorted(order).slice(0, most);
  const best: T[] = [];
  for (const item of items) {
    const worst = best[most - 1];
    if (worst !== undefined && order(item, worst) >= 0) continue;
    let [low, high] = [0, best.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (order(best[middle] as T, item) <= 0) low = middle + 1;
      else high = middle;
    }
    best.splice(low, 0, item);
    if (best.length > most) best.pop();
  }
  return best;
}
