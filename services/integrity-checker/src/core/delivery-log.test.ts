import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { awaitedFrom, comingNow, LOG_RULES, planDeliveryLog, readFrom, toLogEntry, type LogEntry, type LogPlan, type LogState } from "./delivery-log.ts";

const START = Date.parse("2026-11-20T00:00:00Z");
const at = (minutes: number): string => new Date(START + minutes * 60_000).toISOString();
const NONE: LogState = { watermark: null, open: [] };
const entry = (id: number, minutes: number, more: Partial<LogEntry> = {}): LogEntry => ({ id: String(id), guid: `g${id}`, event: "push", deliveredAt: at(minutes), ok: true, throttled: false, repositoryId: null, ...more });
/** GitHub's clock and this machine's agree, unless it is said how many minutes GitHub's is behind. */
function plan(state: LogState, entries: readonly LogEntry[], stored: ReadonlySet<string>, whole: boolean, now: number, behind = 0, waits = false): LogPlan {
  return planDeliveryLog(state, { entries, whole, observedAt: at(now - behind) }, { stored, waits }, at(now));
}

describe("a log", () => {
  test("is read from its beginning, then from the watermark with an overlap, never further back than GitHub keeps it", () => {
    expect(readFrom(NONE, at(72 * 60))).toBe(at(0));
    expect(readFrom({ watermark: at(100), open: [] }, at(120))).toBe(at(90));
    expect(readFrom({ watermark: at(0), open: [] }, at(100 * 60))).toBe(at(28 * 60));
  });

  test("what has no document is fetched, failed or not; the young are left alone", () => {
    const planned = plan(NONE, [entry(4, 59), entry(3, 30, { ok: false }), entry(2, 20), entry(1, 10)], new Set(["g1"]), true, 60);
    expect(planned).toMatchObject({ seen: 3, failed: 1, missing: 2, givenUp: [] });
    expect(planned.fetch.map(({ guid, id }) => [guid, id])).toEqual([["g3", "3"], ["g2", "2"]]);
    expect(planned.state.watermark).toBe(at(50));
  });

  test("what is young and no document yet is on its way, for as long as it may be", () => {
    const { coming } = plan(NONE, [entry(5, 59, { event: "issues", repositoryId: 7 }), entry(4, 58, { event: "issues", repositoryId: 7 }), entry(3, 57), entry(2, 56, { event: "ping" }), entry(1, 10, { event: "star" })], new Set(["g3"]), true, 60);
    expect(comingNow(coming, at(61))).toEqual([{ event: "issues", repository_id: 7 }]);
    expect([comingNow(coming, at(70)), comingNow(null, at(60))]).toEqual([[], []]);
  });

  test("a failed delivery that was sent again and has come asks for nothing", () => {
    expect(plan(NONE, [entry(2, 20, { guid: "g" }), entry(1, 10, { guid: "g", ok: false })], new Set(["g"]), true, 60)).toMatchObject({ failed: 0, missing: 0, fetch: [] });
  });

  test("of several deliveries of one event the newest is fetched, once", () => {
    expect(plan(NONE, [entry(1, 10, { guid: "g", ok: false }), entry(2, 20, { guid: "g", ok: false })], new Set(), true, 60).fetch.map(({ id }) => id)).toEqual(["2"]);
  });

  test("what was asked for is waited for, then asked for again, three times in all, and then said to be lost", () => {
    let state: LogState = NONE;
    const asks: number[] = [];
    const givenUp: number[] = [];
    for (let minutes = 60; minutes < 400; minutes += 10) {
      const planned = plan(state, minutes === 60 ? [entry(1, 10)] : [], new Set(), true, minutes);
      state = planned.state;
      if (planned.fetch.length > 0) asks.push(minutes);
      if (planned.givenUp.length > 0) givenUp.push(minutes);
    }
    expect(asks).toEqual([60, 90, 120]);
    expect(givenUp[0]).toBe(150);
  });

  test("what was taken in waits while anything stands in the queues, six hours at most; what failed is fetched at once", () => {
    let state: LogState = NONE;
    const asked: [number, readonly string[]][] = [];
    for (let minutes = 60; minutes <= 600; minutes += 60) {
      const entries = minutes === 60 ? [entry(1, 10, { repositoryId: 7 }), entry(2, 20, { ok: false, repositoryId: 8 })] : [];
      const planned = plan(state, entries, new Set(minutes > 60 ? ["g2"] : []), true, minutes, 0, true);
      if (minutes === 60) expect([planned.missing, planned.underWay, [...awaitedFrom(planned.state.open, at(60))]]).toEqual([2, 1, [7, 8]]);
      state = planned.state;
      if (planned.fetch.length > 0) asked.push([minutes, planned.fetch.map(({ guid }) => guid)]);
    }
    expect(asked.slice(0, 2)).toEqual([[60, ["g2"]], [420, ["g1"]]]);
    const waiting = plan(NONE, [entry(1, 10)], new Set(), true, 60, 0, true);
    expect(plan(waiting.state, [], new Set(), true, 120).fetch).toHaveLength(1);
    expect(awaitedFrom(waiting.state.open, at(60)).size).toBe(1);
  });

  test("a log that could not be read to its end moves no watermark", () => {
    expect(plan({ watermark: at(0), open: [] }, [entry(1, 10)], new Set(), false, 60).state.watermark).toBe(at(0));
  });

  test.each([["a month behind", 43_200], ["ten minutes ahead", -10]])("GitHub's clock is %s: its own says what is young, how far back the log goes, and where it was read to", (_, behind) => {
    const entries = [entry(2, 59 - behind), entry(1, 10 - behind)];
    const planned = plan(NONE, entries, new Set(), true, 60, behind);
    expect(planned.fetch.map(({ guid, asked_at }) => [guid, asked_at])).toEqual([["g1", at(60)]]);
    expect(planned.state.watermark).toBe(at(50 - behind));
    expect(readFrom(planned.state, at(120 - behind))).toBe(at(40 - behind));
    // What was asked for is waited for by the clock of who asked.
    expect(plan(planned.state, [], new Set(), true, 75, behind).fetch).toEqual([]);
    expect(plan(planned.state, [], new Set(), true, 95, behind).fetch.map(({ attempts }) => attempts)).toEqual([2]);
  });

  test("a watermark of GitHub's future was taken by another clock, and what was asked for in this machine's future is asked for again", () => {
    expect(readFrom({ watermark: at(43_200), open: [] }, at(80 * 60))).toBe(at(8 * 60));
    expect(plan({ watermark: null, open: [{ guid: "g1", id: "1", attempts: 1, asked_at: at(43_200), delivered_at: null, repository_id: null }] }, [], new Set(), true, 60).fetch).toMatchObject([{ guid: "g1", attempts: 2 }]);
  });

  test("where GitHub does not say its present, nothing is young enough to be judged", () => {
    expect(planDeliveryLog({ watermark: at(0), open: [] }, { entries: [entry(1, 10)], whole: true, observedAt: null }, { stored: new Set(), waits: false }, at(60))).toMatchObject({ seen: 0, fetch: [], state: { watermark: at(0) } });
  });

  test("pings are left to the canary", () => {
    expect(plan(NONE, [entry(1, 10, { event: "ping", ok: false })], new Set(), true, 60)).toMatchObject({ seen: 0, missing: 0, fetch: [] });
  });

  test("entries are read strictly", () => {
    expect(toLogEntry({ id: 1, guid: "g", event: "push", delivered_at: "2026-11-20T00:00:00Z", status_code: 503, status: "x", throttled_at: "2026-11-20T00:00:00Z" })).toEqual({ id: "1", guid: "g", event: "push", deliveredAt: at(0), ok: false, throttled: true, repositoryId: null });
    expect(toLogEntry({ id: 3804004623172239366n, guid: "g", event: "push", delivered_at: "2026-11-20T00:00:00Z", status_code: 200 })).toMatchObject({ id: "3804004623172239366" });
    expect([toLogEntry({ id: 1 }), toLogEntry(null), toLogEntry([])]).toEqual([undefined, undefined, undefined]);
  });
});

test("whatever is lost and whenever it is looked: everything older than the grace is a document, waited for, or said to be lost", () => {
  const sent = fc.array(fc.record({ minute: fc.nat({ max: 2000 }), lost: fc.boolean(), fetchWorks: fc.boolean() }), { maxLength: 40 });
  fc.assert(
    fc.property(sent, fc.array(fc.record({ gap: fc.integer({ min: 1, max: 240 }), whole: fc.boolean(), waits: fc.boolean() }), { minLength: 1, maxLength: 40 }), (deliveries, looks) => {
      const stored = new Set(deliveries.flatMap(({ lost }, id) => (lost ? [] : [`g${id}`])));
      let state: LogState = NONE;
      let minutes = 0;
      for (const { gap, whole, waits } of [...looks, { gap: 60, whole: true, waits: false }]) {
        minutes += gap;
        const since = Date.parse(readFrom(state, at(minutes)));
        const listed = deliveries.flatMap(({ minute }, id) => (minute <= minutes && START + minute * 60_000 >= since ? [entry(id, minute)] : []));
        const planned = plan(state, whole ? listed : listed.slice(0, 2), stored, whole, minutes, 0, waits);
        state = planned.state;
        for (const { guid } of planned.fetch) if (deliveries[Number(guid.slice(1))]?.fetchWorks === true) stored.add(guid);
      }
      const accounted = new Set([...stored, ...state.open.map(({ guid }) => guid)]);
      for (const [id, { minute }] of deliveries.entries()) if (minute * 60_000 <= minutes * 60_000 - LOG_RULES.graceMs && (minutes - minute) * 60_000 < LOG_RULES.keptMs - 5 * 3_600_000) expect(accounted).toContain(`g${id}`);
    }),
  );
});
