/**
 * Finds items of a long list by something of theirs that never changes. The world's lists only grow in place or are replaced, so that an index
 * is kept for as long as its list and extended when the list has grown.
 */
export class ListIndex<T, K> {
  readonly #key: (item: T) => K;
  readonly #known = new WeakMap<readonly T[], { indexed: number; readonly byKey: Map<K, T[]> }>();

  constructor(key: (item: T) => K) {
    this.#key = key;
  }

  all(list: readonly T[], key: K): readonly T[] {
    let known = this.#known.get(list);
    if (known === undefined) this.#known.set(list, (known = { indexed: 0, byKey: new Map() }));
    // A read of the past (journal.asOf) has taken the newest items out for a moment.
    if (known.indexed > list.length) return list.filter((item) => this.#key(item) === key);
    for (; known.indexed < list.length; known.indexed++) {
      const item = list[known.indexed] as T;
      const itsKey = this.#key(item);
      const others = known.byKey.get(itsKey);
      if (others === undefined) known.byKey.set(itsKey, [item]);
      else others.push(item);
    }
    return known.byKey.get(key) ?? NOTHING;
  }

  one(list: readonly T[], key: K): T | undefined {
    return this.all(list, key)[0];
  }
}

const NOTHING: readonly never[] = Object.freeze([]);
