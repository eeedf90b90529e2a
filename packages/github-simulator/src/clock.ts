/** GitHub's clock: virtual, so that a year passes in seconds; it moves only when somebody moves it. */
import type { Millis } from "./world/entities.ts";

export class VirtualClock {
  #now: Millis;

  constructor(start: Millis) {
    this.#now = start;
  }

  readonly now = (): Millis => this.#now;

  /** Never backwards; to the next whole millisecond, which GUIDs and times are made of. */
  moveTo(time: Millis): void {
    if (time > this.#now) this.#now = Math.ceil(time);
  }
}
