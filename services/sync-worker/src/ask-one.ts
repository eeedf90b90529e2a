/** One thing by REST, whole. */
import type { Call } from "@octally/github/call";
import type { Kind } from "@octally/model/define-kind";
import { observeRestObject } from "@octally/model/observe-fetched";
import { isNoWay } from "@octally/model/sources";
import { isJsonObject } from "@octally/shared/json";
import { gather, NOTHING, type Gathered } from "./core/gathered.ts";
import { parametersOf } from "./walks/walk-rest.ts";
import { timeOf, type GitHubPort, type WalkContext } from "./walks/walk.ts";

export async function askOne(github: GitHubPort, call: Call, kind: Kind, place: WalkContext["place"], { key }: { readonly key: string }): Promise<Gathered> {
  const { one } = kind.sources;
  const way = isNoWay(one) ? undefined : one.find(({ by }) => by === "rest");
  if (way?.by !== "rest") return NOTHING;
  const answer = await github.get({ path: way.path, parameters: { ...parametersOf({ place }, way.path), key } }, call);
  if (answer.is !== "found" || !isJsonObject(answer.data)) return NOTHING;
  return gather([observeRestObject(kind, answer.data, { ...place, below: {}, observedAt: timeOf(answer.observedAt) })]);
}
