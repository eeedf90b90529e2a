/**
 * Octally's benchmarks: `pnpm bench [name …] [--json]`. One JSON line a figure, then a table with the design's targets.
 * They measure, they do not judge: a missed target is shown, and is no error.
 */
import { parseArgs } from "node:util";
import { benchmarkNames, runBenchmarks } from "./benchmarks.ts";
import { toFigure, toTable, type Figure } from "./figure.ts";
import { describeMachine } from "./machine.ts";
import { listenForInterruption } from "./system/interruption.ts";

const { positionals, values } = parseArgs({ allowPositionals: true, options: { json: { type: "boolean", default: false }, help: { type: "boolean", default: false } } });
const unknown = positionals.filter((name) => !benchmarkNames.includes(name));

if (values.help || unknown.length > 0) {
  if (unknown.length > 0) process.stderr.write(`There is no benchmark "${unknown.join('", "')}".\n`);
  process.stderr.write(`Usage: pnpm bench [name …] [--json]\nBenchmarks: ${benchmarkNames.join(", ")} (all, if none is named)\n`);
  process.exit(values.help ? 0 : 1);
}

listenForInterruption();
const machine = await describeMachine();
const figures: Figure[] = [];
await runBenchmarks(positionals.length === 0 ? benchmarkNames : positionals, (bench, measured) => {
  for (const one of measured) {
    const figure = toFigure(bench, one, machine);
    figures.push(figure);
    process.stdout.write(`${JSON.stringify(figure)}\n`);
  }
});
if (!values.json) process.stdout.write(`${toTable(figures)}\n`);
