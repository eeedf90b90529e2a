/**
 * The only way to change the world. While somebody asks for it, it remembers how things were, so that a read can be answered from
 * the past, as GitHub's replicas do (`asOf`).
 */
import type { Millis } from "./entities.ts";

/** Exchanges what is with what was; a second call exchanges them back. */
type Change = { readonly at: Millis; readonly swap: () => void };

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type ListKey<T> = { [K in keyof T]: T[K] extends readonly unknown[] ? K : never }[keyof T] & string;
type Item<L> = L extends readonly (infer I)[] ? I : never;

export class Journal {
  #changes: Change[] = [];
  #keepMs = 0;
  #revision = 0;
  readonly #now: () => Millis;

  constructor(now: () => Millis) {
    this.#now = now;
  }

  /** Another number whenever what is read may have changed: until then, what was derived from it holds. */
  get revision(): number {
    return this.#revision;
  }

  /** From now on the past of this many milliseconds can be read. 0 (the default): nothing is remembered. */
  remember(keepMs: number): void {
    this.#keepMs = keepMs;
    if (keepMs === 0) this.#changes = [];
  }

  set<T extends object, K extends keyof T & string>(target: T, key: K, value: T[K]): void {
    const record: Mutable<T> = target;
    let other = record[key];
    record[key] = value;
    this.#note(() => {
      const now = record[key];
      record[key] = other;
      other = now;
    });
  }

  assign<T extends object>(target: T, values: Partial<Mutable<T>>): void {
    for (const [key, value] of Object.entries(values)) this.set(target, key as keyof T & string, value as T[keyof T & string]);
  }

  /** Adds to the end of a list, in place: a list of a million is not copied. Only the shared empty one is replaced. */
  push<T extends object, K extends ListKey<T>>(target: T, key: K, item: Item<T[K]>): void {
    const list = target[key] as unknown[];
    if (Object.isFrozen(list)) return this.set(target, key, [item] as unknown as T[K]);
    list.push(item);
    let there = true;
    this.#note(() => {
      if (there) list.pop();
      else list.push(item);
      there = !there;
    });
  }

  remove<T extends object, K extends ListKey<T>>(target: T, key: K, item: Item<T[K]>): void {
    const list = target[key] as readonly unknown[];
    if (list.includes(item)) this.set(target, key, list.filter((other) => other !== item) as T[K]);
  }

  put<K, V>(map: Map<K, V>, key: K, value: V): void {
    this.#exchange(map, key, { value });
  }

  drop<K, V>(map: Map<K, V>, key: K): void {
    this.#exchange(map, key, undefined);
  }

  /** Runs `read` on the world as it was at a time within what is remembered. Synchronous; afterwards everything is as it is now. */
  asOf<R>(time: Millis, read: () => R): R {
    const later = this.#changes.filter((change) => change.at > time);
    for (const { swap } of later.toReversed()) swap();
    this.#revision += 1;
    try {
      return read();
    } finally {
      for (const { swap } of later) swap();
      this.#revision += 1;
    }
  }

  #exchange<K, V>(map: Map<K, V>, key: K, next: { readonly value: V } | undefined): void {
    let other = next;
    const swap = (): void => {
      const now = map.has(key) ? { value: map.get(key) as V } : undefined;
      if (other === undefined) map.delete(key);
      else map.set(key, other.value);
      other = now;
    };
    swap();
    this.#note(swap);
  }

  #note(swap: () => void): void {
    this.#revision += 1;
    if (this.#keepMs === 0) return;
    const now = this.#now();
    this.#changes.push({ at: now, swap });
    const oldest = now - this.#keepMs;
    if (this.#changes.length % 1000 === 0) this.#changes = this.#changes.filter((change) => change.at >= oldest);
  }
}
