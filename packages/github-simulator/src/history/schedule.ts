/** Discrete events on the virtual clock: whoever is due next goes on; what happens at the same moment happens in the order of planning. */
import type { VirtualClock } from "../clock.ts";
import type { Millis } from "../world/entities.ts";

/** Does something now, yields when it goes on (a time of the clock; one that is past means at once), and ends when its story ends. */
export type Process = Generator<Millis, void, void>;

type Step = { readonly at: Millis; readonly order: number; readonly process: Process };

export class Schedule {
  readonly #clock: VirtualClock;
  /** A binary heap, the next step first. */
  readonly #steps: Step[] = [];
  #order = 0;

  constructor(clock: VirtualClock) {
    this.#clock = clock;
  }

  /** The process begins at this time. */
  start(at: Millis, process: Process): void {
    this.#plan(at, process);
  }

  nextAt(): Millis | undefined {
    return this.#steps[0]?.at;
  }

  get waiting(): number {
    return this.#steps.length;
  }

  /** Everything that is due up to and with this time; then the clock shows this time. It counts whole milliseconds. */
  runTo(time: Millis): void {
    for (let next = this.#steps[0]; next !== undefined && next.at <= time; next = this.#steps[0]) this.#runNext(next);
    this.#clock.moveTo(Math.floor(time));
  }

  /** The next step alone, whenever it is due; false where nothing is planned. */
  runNext(): boolean {
    const next = this.#steps[0];
    if (next === undefined) return false;
    this.#runNext(next);
    return true;
  }

  #runNext(step: Step): void {
    this.#removeFirst();
    this.#clock.moveTo(step.at);
    const { done, value } = step.process.next();
    if (done !== true) this.#plan(value, step.process);
  }

  #plan(at: Millis, process: Process): void {
    // GitHub's times are shown in seconds, but order within one second matters: milliseconds stay.
    const step: Step = { at: Math.max(Math.round(at), this.#clock.now()), order: this.#order++, process };
    const steps = this.#steps;
    let index = steps.length;
    steps.push(step);
    while (index > 0) {
      const parent = (index - 1) >> 1;
      const above = steps[parent];
      if (above === undefined || isBefore(above, step)) break;
      steps[index] = above;
      steps[parent] = step;
      index = parent;
    }
  }

  #removeFirst(): void {
    const steps = this.#steps;
    const last = steps.pop();
    if (last === undefined || steps.length === 0) return;
    let index = 0;
    steps[0] = last;
    for (;;) {
      const left = 2 * index + 1;
      const leftStep = steps[left];
      if (leftStep === undefined) return;
      const rightStep = steps[left + 1];
      const [child, childStep] = rightStep !== undefined && isBefore(rightStep, leftStep) ? [left + 1, rightStep] : [left, leftStep];
      if (isBefore(last, childStep)) return;
      steps[index] = childStep;
      steps[child] = last;
      index = child;
    }
  }
}

const isBefore = (one: Step, other: Step): boolean => one.at < other.at || (one.at === other.at && one.order < other.order);
