import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { EVER, isOfPeriod, isWhole } from "./period.ts";

const time = fc.integer({ min: 0, max: 1000 });
const iso = (ms: number): string => new Date(ms).toISOString();

test("cut into periods, each thing is in that in which it was made, and in none after it last changed or before it was there", () => {
  fc.assert(
    fc.property(time, time, fc.uniqueArray(time, { minLength: 1, maxLength: 5 }), (made, later, cuts) => {
      const bounds = [null, ...cuts.toSorted((a, b) => a - b), null];
      const changed = made + later;
      for (const [index, since] of bounds.slice(0, -1).entries()) {
        const until = bounds[index + 1] ?? null;
        const found = isOfPeriod({ createdAt: iso(made), updatedAt: iso(changed) }, { since: since === null ? null : iso(since), until: until === null ? null : iso(until) });
        expect(found).toBe((until === null || made < until) && (since === null || changed >= since));
        if ((since ?? -1) <= made && made < (until ?? Infinity)) expect(found).toBe(true);
      }
    }),
  );
});

test("what tells no times is of every period; without bounds everything is", () => {
  expect([isOfPeriod({}, { since: iso(1), until: iso(2) }), isOfPeriod({ createdAt: iso(5), updatedAt: iso(0) }, EVER), isWhole(EVER), isWhole({ since: null, until: iso(1) })]).toEqual([true, true, true, false]);
});
