/** The language of GitHub's search: words, "quoted words" and qualifiers `name:value`, `-` before what must not be. */
export type Term = { readonly qualifier: string | null; /** Lower case. */ readonly value: string; readonly negated: boolean };
export type Search = { readonly terms: readonly Term[]; readonly sort: string; readonly descending: boolean };

const TERM = /(-?)(?:([a-z-]+):)?(?:"([^"]*)"|(\S+))/gi;

export function parseSearch(query: string): Search {
  const terms: Term[] = [];
  let [sort, descending] = ["created", true];
  for (const [, minus, name, quoted, plain] of query.matchAll(TERM)) {
    const value = (quoted ?? plain ?? "").toLowerCase();
    const qualifier = name?.toLowerCase() ?? null;
    if (qualifier === "sort") {
      const [, field, direction] = /^(.*?)(?:-(asc|desc))?$/.exec(value) ?? [];
      [sort, descending] = [field ?? "created", direction !== "asc"];
    } else terms.push({ qualifier, value, negated: minus === "-" });
  }
  return { terms, sort, descending };
}

/** By a number, and by id where it is equal. */
export function compareBy<T>(key: (item: T) => number, descending: boolean): (a: T, b: T) => number {
  return (a, b) => (descending ? key(b) - key(a) : key(a) - key(b));
}

const DAY = 24 * 60 * 60 * 1000;

/** `>5`, `<=2024-01-01`, `2024-01-01..2024-02-01`, `*..5`, `5`. A date without a time is the whole day. */
export function inRange(range: string, value: number): boolean {
  const [from, to] = bounds(range);
  return value >= from && value <= to;
}

function bounds(range: string): readonly [from: number, to: number] {
  const [, sign = "", rest = ""] = /^(>=|<=|>|<)?(.*)$/.exec(range) ?? [];
  if (rest.includes("..")) {
    const [low = "*", high = "*"] = rest.split("..");
    return [low === "*" ? -Infinity : point(low)[0], high === "*" ? Infinity : point(high)[1]];
  }
  const [first, last] = point(rest);
  if (sign === ">") return [last + 1, Infinity];
  if (sign === ">=") return [first, Infinity];
  if (sign === "<") return [-Infinity, first - 1];
  return sign === "<=" ? [-Infinity, last] : [first, last];
}

/** What a single value stands for: a number for itself, a day for all of its milliseconds. */
function point(text: string): readonly [first: number, last: number] {
  if (/^\d+$/.test(text)) return [Number(text), Number(text)];
  const time = Date.parse(text.toUpperCase());
  if (Number.isNaN(time)) return [Infinity, -Infinity];
  return [time, time + (/^\d{4}-\d{2}-\d{2}$/.test(text) ? DAY : 1000) - 1];
}
