/** The REST requests that are sent, by part. Every page of every list is as likely as any other, as it is for who reads all of them. */
import type { Inventory, RepositoryInventory } from "./inventory.ts";

export const PARTS = ["page of 100", "page of 30", "children of one", "single", "unchanged (304)"] as const;
export type Part = (typeof PARTS)[number];

export type RestRequest = { readonly path: string; /** Sent with the ETag that a first request gave: the answer is a 304. */ readonly conditional: boolean };

/** Always the same ones for the same inventory. */
export function makeRequests(inventory: Inventory, part: Part, count: number): readonly RestRequest[] {
  const pick = makePicker(PARTS.indexOf(part) + 1);
  const candidates = candidatesOf(inventory, part);
  return Array.from({ length: count }, () => ({ path: pick(candidates), conditional: part === "unchanged (304)" }));
}

/** A fifth each, in turns. */
export function makeMix(inventory: Inventory, count: number): readonly RestRequest[] {
  const parts = PARTS.map((part) => makeRequests(inventory, part, Math.ceil(count / PARTS.length)));
  return Array.from({ length: count }, (_, index) => parts[index % PARTS.length]?.[Math.floor(index / PARTS.length)]).filter((request) => request !== undefined);
}

function candidatesOf({ organization, repositories }: Inventory, part: Part): readonly string[] {
  return repositories.flatMap((repository) => pathsOf(repository, part).map((path) => `/repos/${organization}/${repository.name}${path}`));
}

function pathsOf(repository: RepositoryInventory, part: Part): readonly string[] {
  const { pullRequests, issues } = repository;
  switch (part) {
    case "page of 100":
      return pagesOf(repository, 100);
    case "page of 30":
      return pagesOf(repository, 30);
    // What is asked for again and again are first pages and single things.
    case "unchanged (304)":
      return [...pagesOf(repository, 100).filter((path) => path.endsWith("page=1")), ...pullRequests.map((number) => `/pulls/${number}`)];
    case "children of one":
      return pullRequests.flatMap((number) => [`/pulls/${number}/reviews`, `/pulls/${number}/comments`, `/pulls/${number}/commits`, `/issues/${number}/comments`, `/issues/${number}/timeline`]);
    case "single":
      return ["", ...pullRequests.map((number) => `/pulls/${number}`), ...issues.map((number) => `/issues/${number}`)];
    default:
      return part satisfies never;
  }
}

/** Full ones only, or the first where there is none. The page number of an issue list ends at the 10,000th item. */
function pagesOf({ lists }: RepositoryInventory, size: number): readonly string[] {
  return lists.flatMap(({ path, length }) => Array.from({ length: Math.max(1, Math.floor(Math.min(length, 9_900) / size)) }, (_, index) => `/${path}per_page=${size}&page=${index + 1}`));
}

/** Numerical Recipes' linear congruential generator: enough to spread over a list, and the same in every run. */
function makePicker(seed: number): (candidates: readonly string[]) => string {
  let state = seed;
  return (candidates) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const picked = candidates[Math.floor((state / 2 ** 32) * candidates.length)];
    if (picked === undefined) throw new Error("There is nothing to ask for in this organisation.");
    return picked;
  };
}
