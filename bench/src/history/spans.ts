/** What requests under way come to. Pure. */
export type Span = { readonly startMs: number; readonly endMs: number };

const MINUTE_MS = 60_000;

/** The most that were under way at the same time. */
export function mostAtOnce(spans: readonly Span[]): number {
  // Where one ends and another begins at the same moment, the end comes first.
  const steps = spans.flatMap(({ startMs, endMs }) => [{ at: startMs, by: 1 }, { at: endMs, by: -1 }]).toSorted((a, b) => a.at - b.at || a.by - b.by);
  let [now, most] = [0, 0];
  for (const { by } of steps) {
    now += by;
    most = Math.max(most, now);
  }
  return most;
}

/** The most milliseconds that requests took which ended within any sixty seconds. */
export function busiestMinute(spans: readonly Span[]): number {
  const ended = spans.toSorted((a, b) => a.endMs - b.endMs);
  let [first, sum, most] = [0, 0, 0];
  for (const { startMs, endMs } of ended) {
    sum += endMs - startMs;
    for (let oldest = ended[first]; oldest !== undefined && oldest.endMs <= endMs - MINUTE_MS; oldest = ended[first]) {
      sum -= oldest.endMs - oldest.startMs;
      first += 1;
    }
    most = Math.max(most, sum);
  }
  return most;
}
