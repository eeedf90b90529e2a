import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { LOG_RULES, planDeliveryLog, readFrom, toLogEntry, type LogEntry, type LogState } from "./delivery-log.ts";

const START = Date.parse("2026-11-20T00:00:00Z");
const at = (minutes: number): string => new Date(START + minutes * 60_000).toISOString();
const NONE: LogState = { watermark: null, open: [] };
const entry = (id: number, minutes: number, more: Partial<LogEntry> = {}): LogEntry => ({ id, guid: `g${id}`, deliveredAt: at(minutes), ok: true, throttled: false, ...more });

describe("a log", () => {
  test("is read from its beginning, then from the watermark with an overlap, never further back than GitHub keeps it", () => {
    expect(readFrom(NONE, at(72 * 60))).toBe(at(0));
    expect(readFrom({ watermark: at(100), open: [] }, at(120))).toBe(at(90));
    expect(readFrom({ watermark: at(0), open: [] }, at(100 * 60))).toBe(at(28 * 60));
  });

  test("what has no document is fetched, failed or not; the young are left alone", () => {
    const plan = planDeliveryLog(NONE, [entry(4, 59), entry(3, 30, { ok: false }), entry(2, 20), entry(1, 10)], new Set(["g1"]), true, at(60));
    expect(plan).toMatchObject({ seen: 3, failed: 1, missing: 2, givenUp: [] });
    expect(plan.fetch.map(({ guid, id }) => [guid, id])).toEqual([["g3", 3], ["g2", 2]]);
    expect(plan.state.watermark).toBe(at(50));
  });

  test("a failed delivery that was sent again and has come asks for nothing", () => {
    expect(planDeliveryLog(NONE, [entry(2, 20, { guid: "g" }), entry(1, 10, { guid: "g", ok: false })], new Set(["g"]), true, at(60))).toMatchObject({ failed: 0, missing: 0, fetch: [] });
  });

  test("of several deliveries of one event the newest is fetched, once", () => {
    expect(planDeliveryLog(NONE, [entry(1, 10, { guid: "g", ok: false }), entry(2, 20, { guid: "g", ok: false })], new Set(), true, at(60)).fetch.map(({ id }) => id)).toEqual([2]);
  });

  test("what was asked for is waited for, then asked for again, three times in all, and then said to be lost", () => {
    let state: LogState = NONE;
    const asks: number[] = [];
    const givenUp: number[] = [];
    for (let minutes = 60; minutes < 400; minutes += 10) {
      const plan = planDeliveryLog(state, minutes === 60 ? [entry(1, 10)] : [], new Set(), true, at(minutes));
      state = plan.state;
      if (plan.fetch.length > 0) asks.push(minutes);
      if (plan.givenUp.length > 0) givenUp.push(minutes);
    }
    expect(asks).toEqual([60, 90, 120]);
    expect(givenUp[0]).toBe(150);
  });

  test("a log that could not be read to its end moves no watermark", () => {
    expect(planDeliveryLog({ watermark: at(0), open: [] }, [entry(1, 10)], new Set(), false, at(60)).state.watermark).toBe(at(0));
  });

  test("entries are read strictly", () => {
    expect(toLogEntry({ id: 1, guid: "g", delivered_at: "2026-11-20T00:00:00Z", status_code: 503, status: "x", throttled_at: "2026-11-20T00:00:00Z" })).toEqual({ id: 1, guid: "g", deliveredAt: at(0), ok: false, throttled: true });
    expect([toLogEntry({ id: 1 }), toLogEntry(null), toLogEntry([])]).toEqual([undefined, undefined, undefined]);
  });
});

test("whatever is lost and whenever it is looked: everything older than the grace is a document, waited for, or said to be lost", () => {
  const sent = fc.array(fc.record({ minute: fc.nat({ max: 2000 }), lost: fc.boolean(), fetchWorks: fc.boolean() }), { maxLength: 40 });
  fc.assert(
    fc.property(sent, fc.array(fc.record({ gap: fc.integer({ min: 1, max: 240 }), whole: fc.boolean() }), { minLength: 1, maxLength: 40 }), (deliveries, looks) => {
      const stored = new Set(deliveries.flatMap(({ lost }, id) => (lost ? [] : [`g${id}`])));
      let state: LogState = NONE;
      let minutes = 0;
      for (const { gap, whole } of [...looks, { gap: 60, whole: true }]) {
        minutes += gap;
        const since = Date.parse(readFrom(state, at(minutes)));
        const listed = deliveries.flatMap(({ minute }, id) => (minute <= minutes && START + minute * 60_000 >= since ? [entry(id, minute)] : []));
        const plan = planDeliveryLog(state, whole ? listed : listed.slice(0, 2), stored, whole, at(minutes));
        state = plan.state;
        for (const { guid } of plan.fetch) if (deliveries[Number(guid.slice(1))]?.fetchWorks === true) stored.add(guid);
      }
      const accounted = new Set([...stored, ...state.open.map(({ guid }) => guid)]);
      for (const [id, { minute }] of deliveries.entries()) if (minute * 60_000 <= minutes * 60_000 - LOG_RULES.graceMs && (minutes - minute) * 60_000 < LOG_RULES.keptMs - 5 * 3_600_000) expect(accounted).toContain(`g${id}`);
    }),
  );
});
