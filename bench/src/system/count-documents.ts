import { readOpenSearch } from "@octally/octally/edges/opensearch-http";
import { isJsonObject, numberAt } from "@octally/shared/json";

/** Documents behind an index, alias or pattern, the newest included. */
export async function countDocuments(openSearchUrl: string, target: string): Promise<number> {
  await fetch(`${openSearchUrl}/${target}/_refresh`, { method: "POST" }).then((answer) => answer.arrayBuffer());
  const answer = await readOpenSearch(openSearchUrl, `/${target}/_count`);
  const count = isJsonObject(answer) ? numberAt(answer, "count") : undefined;
  if (count === undefined) throw new Error(`OpenSearch does not count ${target}.`);
  return count;
}
