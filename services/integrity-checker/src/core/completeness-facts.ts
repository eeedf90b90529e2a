/** What the kinds' declarations say of how completeness is known, as a table for people: docs/completeness.md holds it. Pure. */
import type { Kind } from "@octally/model/define-kind";
import { isNoWay, type Count, type Deletion, type Inventory, type NoWay } from "@octally/model/sources";
import { levelOf } from "./place.ts";

export function factsTable(kinds: readonly Kind[]): string {
  const head = ["| kind | counted in | GitHub's count | compared one by one by | what says that one is gone | permission |", "|---|---|---|---|---|---|"];
  return [...head, ...kinds.map((kind) => rowOf(kinds, kind))].join("\n");
}

function rowOf(kinds: readonly Kind[], kind: Kind): string {
  const { count, inventory, deletion, permission } = kind.sources;
  const cells = [kind.name, levelOf(kinds, kind), countText(count), inventoryText(inventory), deletionText(deletion), isNoWay(permission) ? "-" : `\`${permission.name}=${permission.access}\``];
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
}

function countText(count: Count | NoWay): string {
  if (count.by === "nothing") return `none: ${lowerFirst(count.because)}`;
  return count.by === "graphql" ? `\`${[...(count.through ?? []), count.field].filter((step) => !step.startsWith("...")).join(".")}${count.scalar === true ? "" : ".totalCount"}\`` : `the sum of \`${count.field}\` of each ${count.parent}`;
}

function inventoryText(inventory: Inventory | NoWay): string {
  if (inventory.by === "nothing") return `nothing: ${lowerFirst(inventory.because)}`;
  if (inventory.by === "graphql") return "its keys, 100 a page";
  return inventory.by === "parent" ? `its keys below each ${inventory.parent}` : "its whole list";
}

function deletionText(deletion: Deletion): string {
  if ("never" in deletion) return `never: ${lowerFirst(deletion.never)}${deletion.shown === true ? "; a whole list without it, and a 404 for itself" : ""}`;
  if ("goesWith" in deletion) return `it goes with its ${deletion.goesWith}; a whole list without it`;
  const ways = [deletion.events.map((event) => `\`${event}\``).join(", "), deletion.answers410 ? "the answer 410" : "", deletion.listing ? "a whole list without it" : ""];
  return ways.filter((way) => way !== "").join("; ");
}

function lowerFirst(text: string): string {
  const plain = text.replace(/\.$/, "");
  return /^(?:GitHub|GraphQL|REST|Octally)/.test(plain) ? plain : plain.charAt(0).toLowerCase() + plain.slice(1);
}
