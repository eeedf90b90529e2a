import { expect, test } from "@jest/globals";
import { checkDocument } from "@octally/github/test/check-document";
import { kinds } from "@octally/model/registry";
import { countedAt, planCounts, PLACES_A_PAGE, type CountedPlace } from "./plan-counts.ts";

const organization: CountedPlace = { place: { org: "octo", repository: null }, nodeId: "O_1" };
const repositories = (many: number): readonly CountedPlace[] =>
  Array.from({ length: many }, (_, index) => ({ place: { org: "octo", repository: { id: index, name_with_owner: `octo/r${index}` } }, nodeId: `R_${index}` }));

function priceOf(many: number): { readonly requests: number; readonly points: number; readonly problems: readonly string[] } {
  const pages = planCounts(kinds, [organization, ...repositories(many)]);
  const checked = pages.map(({ document, places }) => checkDocument(document.text, { variables: { ids: places.map(({ nodeId }) => nodeId) } }));
  return { requests: pages.length, points: checked.reduce((sum, { cost }) => sum + cost, 0), problems: checked.flatMap(({ problems }) => problems) };
}

test("a thousand repositories and their organisation are counted, of all kinds, with 21 requests", () => {
  expect(priceOf(1000)).toEqual({ requests: 21, points: 161, problems: [] });
});

test("the price grows with the number of repositories, page by page", () => {
  expect([10, 50, 100, 500].map((many) => priceOf(many)).map(({ requests, points }) => [requests, points])).toEqual([[2, 3], [2, 9], [3, 17], [11, 81]]);
});

test("every kind that GitHub counts is in one of the questions, and stands once", () => {
  const names = [...countedAt(kinds, "repository"), ...countedAt(kinds, "organization")].map(({ name }) => name);
  expect(names.toSorted()).toEqual(kinds.filter(({ sources: { count } }) => count.by === "graphql").map(({ name }) => name).toSorted());
  expect(countedAt(kinds, "organization").map(({ name }) => name).toSorted()).toEqual(["member", "project", "repository", "team"]);
});

test("pages hold every place once", () => {
  const places = [organization, ...repositories(PLACES_A_PAGE * 2 + 1)];
  expect(planCounts(kinds, places).flatMap((page) => page.places)).toEqual(places);
  expect(planCounts(kinds, [])).toEqual([]);
});
