/** How much there was in the last so many seconds, second by second. */
import type { Millis } from "../world/entities.ts";

export class RollingWindow {
  readonly #slots: Float64Array;
  #last = 0;
  #total = 0;

  constructor(seconds: number) {
    this.#slots = new Float64Array(seconds);
  }

  total(now: Millis): number {
    const second = Math.floor(now / 1000);
    if (second - this.#last >= this.#slots.length) {
      this.#slots.fill(0);
      this.#total = 0;
    } else {
      for (let past = this.#last + 1; past <= second; past += 1) {
        const slot = past % this.#slots.length;
        this.#total -= this.#slots[slot] ?? 0;
        this.#slots[slot] = 0;
      }
    }
    this.#last = Math.max(this.#last, second);
    return this.#total;
  }

  add(now: Millis, amount: number): void {
    this.total(now);
    const slot = this.#last % this.#slots.length;
    this.#slots[slot] = (this.#slots[slot] ?? 0) + amount;
    this.#total += amount;
  }
}
