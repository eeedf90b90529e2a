import { expect, test } from "@jest/globals";
import { kinds } from "@octally/model/registry";
import { busyOf, onItsWay } from "./busy.ts";

const place = (id: number) => ({ org: "octo", repository: { id, name_with_owner: `octo/r${id}` } });

test("a part with short lists of several repositories is under way in each of them, for its kind and what comes with it", () => {
  const repositories = [1, 2].map((id) => ({ id, name_with_owner: `octo/r${id}`, node_id: `R_${id}` }));
  const part = { kind: "pull-request", source: "octo", org: "octo", repository: null, job: { list: { kind: "pull-request", way: 0, with: ["review"] }, small: { first: 3, repositories } } };
  const way = onItsWay(kinds, { parts: [part], deliveries: [], awaited: [], waiting: 0 });
  const loading = (id: number, kind: string): boolean => busyOf(way, place(id), kind).loading;
  expect([loading(1, "pull-request"), loading(2, "review"), loading(3, "pull-request"), loading(1, "star")]).toEqual([true, true, false, false]);
});

test("deliveries that the log waits for are on their way to every kind of their repository, and of the organisation", () => {
  const way = onItsWay(kinds, { parts: [], deliveries: [], awaited: [{ org: "Octo", repositories: new Set([1, null]), coming: [] }, { org: "other", repositories: new Set(), coming: [] }], waiting: 0 });
  const traffic = (at: Parameters<typeof busyOf>[1], kind: string): boolean => busyOf(way, at, kind).traffic;
  expect([traffic(place(1), "star"), traffic(place(2), "star"), traffic({ org: "octo", repository: null }, "member"), traffic({ org: "other", repository: null }, "member")]).toEqual([true, false, true, false]);
});

test("deliveries of the last minutes that the log shows, and the store has not, are on their way to the kinds that such an event tells of", () => {
  const way = onItsWay(kinds, { parts: [], deliveries: [], awaited: [{ org: "Octo", repositories: new Set(), coming: [{ event: "issues", repository_id: 1 }, { event: "organization", repository_id: null }] }], waiting: 0 });
  const traffic = (at: Parameters<typeof busyOf>[1], kind: string): boolean => busyOf(way, at, kind).traffic;
  expect([traffic(place(1), "issue"), traffic(place(1), "star"), traffic(place(2), "issue"), traffic({ org: "octo", repository: null }, "member"), traffic({ org: "octo", repository: null }, "team")]).toEqual([true, false, false, true, false]);
});
