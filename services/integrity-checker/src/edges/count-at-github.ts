/** GitHub's counts of places, page by page; a page that GitHub finds too heavy is asked in halves. */
import type { Call } from "@octally/github/call";
import type { GitHub } from "@octally/github/make-github";
import type { RepositoryRef } from "@octally/model/observation";
import { isJsonObject, numberAt, textAt, type Json } from "@octally/shared/json";
import { countDocument } from "@octally/model/graphql-documents";
import type { GraphqlProblem } from "@octally/github/graphql-problem";
import { deniedIn, permissionOf, readCounts, type Expected } from "../core/count-answer.ts";
import { placeKey } from "../core/place.ts";
import type { CountPage } from "../core/plan-counts.ts";

/** By place and kind. */
export type Counted = ReadonlyMap<string, ReadonlyMap<string, Expected>>;

/** A repository that has another name or owner than the store knows. */
export type Move = { readonly org: string; readonly repository: RepositoryRef; /** What the store calls it. */ readonly from: string; /** GitHub's clock, ISO 8601. */ readonly seenAt: string };

export type Counting = { readonly counted: Counted; readonly moves: readonly Move[]; /** GraphQL queries, and what they took from the hourly budget. */ readonly requests: number; readonly points: number };

export async function countAtGitHub(github: Pick<GitHub, "graphql">, pages: readonly CountPage[], call: Call): Promise<Counting> {
  const counted = new Map<string, ReadonlyMap<string, Expected>>();
  const open = [...pages];
  const moves: Move[] = [];
  let [requests, points] = [0, 0];
  for (let page = open.shift(); page !== undefined; page = open.shift()) {
    const answer = await github.graphql(page.document, { ids: page.places.map(({ nodeId }) => nodeId) }, call);
    requests += 1;
    points += answer.is === "data" ? answer.cost : 1;
    if (answer.is === "too-heavy" && page.places.length > 1) open.unshift(...halvesOf(page));
    else {
      for (const [key, counts] of countsOf(page, answer)) counted.set(key, new Map([...(counted.get(key) ?? []), ...counts]));
      if (answer.is === "data") open.unshift(...withoutDenied(page, answer.data["nodes"], answer.problems));
    }
    if (answer.is === "data" && answer.observedAt !== null) moves.push(...movesIn(page, answer.data["nodes"], answer.observedAt));
  }
  return { counted, moves, requests, points };
}

/** One list that may not be seen takes its whole place with it, where GitHub promises that the list is there: the place is asked again without. */
function withoutDenied({ level, kinds, places }: CountPage, nodes: Json | undefined, problems: readonly GraphqlProblem[]): readonly CountPage[] {
  const again = places.flatMap((place, index) => {
    const denied = Array.isArray(nodes) && nodes[index] === null ? deniedIn(kinds, index, problems) : [];
    const left = kinds.filter((kind) => !denied.includes(kind));
    return denied.length === 0 || left.length === 0 ? [] : [{ place, left }];
  });
  return [...Map.groupBy(again, ({ left }) => left.map(({ name }) => name).join(" ")).values()].map((group) => {
    const left = group[0]?.left ?? [];
    return { level, kinds: left, document: countDocument(left, level), places: group.map(({ place }) => place) };
  });
}

/** Known for nothing: each node says what it is called today. */
function movesIn({ places }: CountPage, nodes: Json | undefined, seenAt: string): readonly Move[] {
  return places.flatMap(({ place: { repository } }, index): readonly Move[] => {
    const node = Array.isArray(nodes) && isJsonObject(nodes[index]) ? nodes[index] : undefined;
    const name = textAt(node, "nameWithOwner");
    if (repository === null || name === undefined || numberAt(node, "databaseId") !== repository.id || name === repository.name_with_owner) return [];
    return [{ org: name.split("/")[0] ?? "", repository: { id: repository.id, name_with_owner: name }, from: repository.name_with_owner, seenAt }];
  });
}

function halvesOf(page: CountPage): readonly CountPage[] {
  const middle = Math.ceil(page.places.length / 2);
  return [page.places.slice(0, middle), page.places.slice(middle)].map((places) => ({ ...page, places }));
}

function countsOf({ kinds, places }: CountPage, answer: Awaited<ReturnType<GitHub["graphql"]>>): Counted {
  const nodes = answer.is === "data" && Array.isArray(answer.data["nodes"]) ? answer.data["nodes"] : [];
  return new Map(
    places.map(({ place }, index) => {
      if (answer.is === "data") return [placeKey(place), readCounts(kinds, isJsonObject(nodes[index]) ? nodes[index] : null, index, answer.problems)];
      const all = (of: (kind: CountPage["kinds"][number]) => Expected): ReadonlyMap<string, Expected> => new Map(kinds.map((kind) => [kind.name, of(kind)]));
      if (answer.is === "too-heavy") return [placeKey(place), all(() => ({ is: "unknown", reason: `GitHub could not count it in time: ${answer.message}` }))];
      return [placeKey(place), all((kind) => ({ is: "cannot-see", permission: permissionOf(kind, answer), reason: answer.missing.message }))];
    }),
  );
}
