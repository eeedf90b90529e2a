import Table from "cli-table3";
import type { Command } from "commander";
import { toSettingRows } from "../core/setting-rows.ts";

export function registerConfig(program: Command): void {
  program
    .command("config")
    .description("list every setting: what it means, its default and its value now")
    .option("--json", "one JSON object a line")
    .action((options: { readonly json?: boolean }) => {
      const rows = toSettingRows(process.env);
      if (options.json === true) {
        for (const row of rows) console.log(JSON.stringify(row));
      } else {
        const table = new Table({ head: ["variable", "meaning", "default", "now"], colWidths: [32, 44, 34, 34], wordWrap: true, style: { head: [], border: [] } });
        for (const row of rows) table.push([row.name, row.meaning, row.default, row.problem === null ? (row.value ?? "") : `${row.value ?? ""}\nNOT VALID: ${row.problem}`]);
        console.log(table.toString());
      }
      if (rows.some(({ problem }) => problem !== null)) process.exitCode = 1;
    });
}
