import { expect, jest, test } from "@jest/globals";
import { findEntries } from "../../../tools/build-bundles.ts";
import { measureBundles } from "./measure-bundles.ts";

jest.setTimeout(120_000);

test("every bundle can be imported with what the local system gives it, and is measured", async () => {
  const measured = await measureBundles(1);
  const entries = [...findEntries()].flatMap(([service, ones]) => ones.map((entry) => `${service}/${entry}`));
  expect(measured.length).toBe(4 * entries.length);
  for (const { figure, value } of measured) expect([figure, Number.isFinite(value)]).toEqual([figure, true]);
});
