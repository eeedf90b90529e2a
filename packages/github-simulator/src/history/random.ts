/**
 * Random streams. Each process of the history has its own, seeded by the world's seed, the process's name and its number, so that
 * one more draw in one of them changes nothing in the others.
 */

/** sfc32: 128 bits of state, small and fast; seeded by hashing a text four times. */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  constructor(seed: string) {
    this.#a = hashText(seed, 0x9e3779b9);
    this.#b = hashText(seed, 0x243f6a88);
    this.#c = hashText(seed, 0xb7e15162);
    for (let round = 0; round < 12; round++) this.next();
  }

  /** Another stream, for a story that goes on beside this one. */
  fork(): Random {
    return new Random(`${this.next()} ${this.next()}`);
  }

  /** At least 0, below 1. */
  next(): number {
    const t = (((this.#a + this.#b) | 0) + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = ((this.#c << 21) | (this.#c >>> 11)) + t;
    return (t >>> 0) / 0x1_0000_0000;
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** Both ends included. */
  integer(from: number, to: number): number {
    return from + Math.floor(this.next() * (to - from + 1));
  }

  between(from: number, to: number): number {
    return from + this.next() * (to - from);
  }

  pick<T>(list: readonly T[]): T {
    const item = list[Math.floor(this.next() * list.length)];
    if (item === undefined) throw new Error("Nothing to pick from");
    return item;
  }

  pickMaybe<T>(list: readonly T[]): T | undefined {
    return list[Math.floor(this.next() * list.length)];
  }

  /** By weight; undefined where nothing weighs anything. */
  pickWeighted<T>(list: readonly T[], weightOf: (item: T) => number): T | undefined {
    let total = 0;
    for (const item of list) total += weightOf(item);
    let left = this.next() * total;
    for (const item of list) {
      const weight = weightOf(item);
      if (weight > 0 && left < weight) return item;
      left -= weight;
    }
    return undefined;
  }

  /** `count` different items (fewer where there are no more). */
  sample<T>(list: readonly T[], count: number): T[] {
    const rest = [...list];
    const taken: T[] = [];
    while (taken.length < count && rest.length > 0) taken.push(...rest.splice(Math.floor(this.next() * rest.length), 1));
    return taken;
  }

  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.next())) * Math.cos(2 * Math.PI * this.next());
  }

  /** A long tail: half of the values lie below the median; sigma 1 puts one in six above 2.7 times of it, 1.5 above 4.5 times. */
  logNormal(median: number, sigma: number): number {
    return median * Math.exp(sigma * this.normal());
  }

  exponential(mean: number): number {
    return -mean * Math.log(1 - this.next());
  }

  /** 0, 1, 2 … with the given mean; its tail is long, its commonest value 0. */
  count(mean: number): number {
    return mean <= 0 ? 0 : Math.floor(Math.log(1 - this.next()) / Math.log(mean / (1 + mean)));
  }
}

export type Streams = (name: string, number?: number | string) => Random;

export function makeStreams(seed: string): Streams {
  return (name, number = 0) => new Random(`${seed}\n${name}\n${number}`);
}

/** A number of 32 bits; FNV-1a with a final mix. */
export function hashText(text: string, start = 0x811c9dc5): number {
  let hash = start;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return mix(hash);
}

/** A draw that needs no stream: the same numbers always give the same value, at least 0, below 1. */
export function noise(one: number, two: number): number {
  return mix(Math.imul(one, 0x85ebca6b) ^ mix(two)) / 0x1_0000_0000;
}

function mix(value: number): number {
  let hash = value;
  hash = Math.imul(hash ^ (hash >>> 16), 0x7feb352d);
  hash = Math.imul(hash ^ (hash >>> 15), 0x846ca68b);
  return (hash ^ (hash >>> 16)) >>> 0;
}
