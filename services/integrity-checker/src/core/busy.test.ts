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
