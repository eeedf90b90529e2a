/** GitHub's clock: virtual, so that a year passes in seconds; it moves only when somebody moves it. */
import type { Millis } from "./world/entities.ts";

export class VirtualClock {
  #now: Millis;

  constructor(start: Millis) {
    this.#now = start;
  }

  readonly now = (): Millis => this.#now;

  /** Never backwards. */
  moveTo(time: Millis): void {
    if (time > this.#now) this.#now = time;
  }
}
