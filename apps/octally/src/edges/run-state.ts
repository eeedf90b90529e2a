/** What the store says of loads and checks, in small reads. */
import { isJsonObject, numberAt, objectsAt, part, textAt } from "@octally/shared/json";
import { allAlias, DEFAULT_PREFIX, readAlias } from "@octally/store/names";
import { readOpenSearch } from "./opensearch-http.ts";

/** A part that has not moved for a day does not load anything. */
const STILL_MS = 24 * 60 * 60_000;

/** @throws TransientError */
export async function isLoading(url: string, now: Date): Promise<boolean> {
  const since = new Date(now.getTime() - STILL_MS).toISOString();
  const query = { bool: { filter: [{ terms: { state: ["waiting", "running"] } }, { range: { "octally.observed_at": { gte: since } } }] } };
  const answer = await readOpenSearch(url, `/${allAlias(DEFAULT_PREFIX, "sync-part")}/_count?ignore_unavailable=true`, { query });
  return (isJsonObject(answer) ? (numberAt(answer, "count") ?? 0) : 0) > 0;
}

/** When the last run whose id begins so began, in milliseconds. @throws TransientError */
export async function lastRunBegan(url: string, idBegins: string): Promise<number | undefined> {
  const body = { size: 1, _source: ["started_at"], query: { prefix: { id: idBegins } }, sort: [{ started_at: "desc" }] };
  const answer = await readOpenSearch(url, `/${readAlias(DEFAULT_PREFIX, "sync-run")}/_search?ignore_unavailable=true`, body);
  const [hit] = objectsAt(part(isJsonObject(answer) ? answer : undefined, "hits"), "hits");
  const began = Date.parse(textAt(part(hit, "_source"), "started_at") ?? "");
  return Number.isNaN(began) ? undefined : began;
}
