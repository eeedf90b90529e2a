/** One measured number, as it is printed: a JSON line, and a row of the table at the end. */
import Table from "cli-table3";
import type { Machine } from "./machine.ts";
import { isMet, shownTarget, targets } from "./targets.ts";

/** What a benchmark gives. */
export type Measured = { readonly figure: string; readonly value: number; readonly unit: string };

export type Figure = Measured & { readonly bench: string; readonly target: string | null; readonly met: boolean | null; readonly on: Machine };

export function toFigure(bench: string, { figure, value, unit }: Measured, on: Machine): Figure {
  const target = targets[`${bench} ${figure}`];
  return {
    bench,
    figure,
    value: rounded(value),
    unit,
    target: target === undefined ? null : shownTarget(target),
    met: target === undefined ? null : isMet(target, value),
    on,
  };
}

export function toTable(figures: readonly Figure[]): string {
  const table = new Table({ head: ["benchmark", "figure", "value", "unit", "target", ""], colAligns: ["left", "left", "right", "left", "right", "left"], style: { head: [], border: [], compact: true } });
  for (const { bench, figure, value, unit, target, met } of figures) table.push([bench, figure, value, unit, target ?? "", met === null ? "" : met ? "met" : "missed"]);
  return table.toString();
}

/** Three significant digits: no figure here is more exact than that. Counts stay whole. */
function rounded(value: number): number {
  return Number.isInteger(value) ? value : Number(value.toPrecision(Math.max(3, String(Math.trunc(Math.abs(value))).length)));
}
