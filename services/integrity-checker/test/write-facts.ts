/** Writes the kinds' facts into docs/completeness.md. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { kinds } from "@octally/model/registry";
import { factsTable } from "../src/core/completeness-facts.ts";

const file = join(import.meta.dirname, "../../../docs/completeness.md");
const guide = readFileSync(file, "utf8");
writeFileSync(file, guide.replace(/(<!-- facts -->\n)[\s\S]*?(\n<!-- \/facts -->)/, (_, open: string, close: string) => `${open}${factsTable(kinds)}${close}`));
