/** What goes wrong on purpose, how often, and decided by what: one list for the command line, the server and the tests. */
import { hash32, makeDice } from "./dice.ts";

/** Each with its meaning; the value is a rate from 0 to 1, but for `clock-skew`. */
export const FAULTS = {
  "webhook-dropped": "share of deliveries that GitHub never sends; they are not in its log either",
  "webhook-delayed": "share of deliveries sent minutes to hours late",
  "webhook-doubled": "share of deliveries sent twice",
  "webhook-reordered": "share of deliveries that overtake, or are overtaken by, others of the next minute",
  "rest-error": "share of REST requests answered with 500, 502 or 503",
  "graphql-error": "share of GraphQL requests answered with 500, 502 or 503",
  "graphql-timeout": "share of heavy GraphQL queries answered with 502 after ten seconds; of light ones in proportion to their weight",
  "connection-reset": "share of requests whose connection breaks: before GitHub acted, or after it acted and before its answer",
  "secondary-limit": "share of requests refused by a secondary limit, with retry-after",
  "stale-read": "share of reads answered by a replica that lags up to a minute behind",
  "clock-skew": "seconds by which GitHub's clock is ahead of the client's (negative: behind)",
  "token-revoked": "share of requests after which the token they came with is revoked",
  "old-node-ids": "share of things whose node id is given in the old format, whatever their age",
} as const;

export type FaultName = keyof typeof FAULTS;
export type FaultRates = Readonly<Partial<Record<FaultName, number>>>;

export class Faults {
  /** How often each struck. */
  readonly counts = Object.fromEntries(Object.keys(FAULTS).map((name) => [name, 0])) as Record<FaultName, number>;
  readonly #seed: number;
  readonly #rates: FaultRates;
  readonly #dice = new Map<FaultName, () => number>();
  readonly #chosen = new Map<FaultName, number>();

  constructor(seed: number, rates: FaultRates = {}) {
    this.#seed = seed;
    this.#rates = rates;
  }

  rate(name: FaultName): number {
    return this.#rates[name] ?? 0;
  }

  /** Decides about one request or delivery; `weight` from 0 to 1 makes it rarer. */
  strikes(name: FaultName, weight = 1): boolean {
    // A rate of 0 takes no number, so that the streams of the others stay as they are.
    if (this.#chosen.has(name)) return this.#chosenStrike(name);
    const rate = this.rate(name);
    if (rate <= 0 || this.roll(name) >= rate * weight) return false;
    this.counts[name] += 1;
    return true;
  }

  /** Another number of the fault's own stream: which of its forms, how long. */
  roll(name: FaultName): number {
    let dice = this.#dice.get(name);
    if (dice === undefined) this.#dice.set(name, (dice = makeDice(this.#seed, name)));
    return dice();
  }

  between(name: FaultName, least: number, most: number): number {
    return Math.floor(least + this.roll(name) * (most - least));
  }

  /** Lets it strike the next so many times for certain: for tests that need one. */
  force(name: FaultName, times = 1): void {
    this.#chosen.set(name, times);
  }

  /** The same answer for the same thing, always. */
  marks(name: FaultName, thing: string): boolean {
    return hash32(thing, this.#seed) / 4294967296 < this.rate(name);
  }

  /** How far GitHub's clock is ahead of the client's, in milliseconds. */
  get skewMs(): number {
    return this.rate("clock-skew") * 1000;
  }

  #chosenStrike(name: FaultName): boolean {
    const left = (this.#chosen.get(name) ?? 0) - 1;
    if (left <= 0) this.#chosen.delete(name);
    else this.#chosen.set(name, left);
    this.counts[name] += 1;
    return true;
  }
}

/** `NAME=RATE` as the command line gives it; the message is for a person. */
export function parseFault(text: string): { readonly name: FaultName; readonly rate: number } | { readonly wrong: string } {
  const [name = "", value = ""] = text.split("=", 2);
  if (!(name in FAULTS)) return { wrong: `There is no fault "${name}". Those there are: ${Object.keys(FAULTS).join(", ")}.` };
  const rate = Number(value);
  if (value.trim() === "" || !Number.isFinite(rate)) return { wrong: `"${text}" gives no number: write ${name}=${name === "clock-skew" ? "90" : "0.05"}.` };
  if (name !== "clock-skew" && (rate < 0 || rate > 1)) return { wrong: `The rate of ${name} is a share from 0 to 1, not ${value}.` };
  return { name: name as FaultName, rate };
}
