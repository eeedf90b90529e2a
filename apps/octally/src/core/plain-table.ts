/** A table without lines, as narrow as its words: names to the left, numbers to the right. Pure. */
import Table from "cli-table3";

export type Row = readonly string[];

const NO_LINES = ["top", "top-mid", "top-left", "top-right", "bottom", "bottom-mid", "bottom-left", "bottom-right", "left", "left-mid", "mid", "mid-mid", "right", "right-mid"] as const;
const CHARS = { ...Object.fromEntries(NO_LINES.map((name) => [name, ""])), middle: "  " };

/** `numbers`: which columns hold them. */
export function plainTable(head: Row, rows: readonly Row[], numbers: readonly number[] = []): string {
  const table = new Table({ head: [...head], chars: CHARS, colAligns: head.map((_, column) => (numbers.includes(column) ? "right" : "left")), style: { head: [], border: [], "padding-left": 0, "padding-right": 0 } });
  table.push(...rows.map((row) => [...row]));
  return table.toString().split("\n").map((line) => line.trimEnd()).join("\n");
}

/** Lines no wider than that, the second and later ones indented; a word that is wider has a line of its own. */
export function wrapped(text: string, width: number, indent = ""): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/).filter((one) => one !== "")) {
    if (line.trim() !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = `${indent}${word}`;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return line === "" ? lines : [...lines, line];
}
