import { describe, expect, test } from "@jest/globals";
import { kinds } from "@octally/model/registry";
import { planJobs, planRoots } from "./plan-parts.ts";
import { planSmall, type PlannedList } from "./plan-small.ts";

const RUN = { run: "r", source: "octo", since: null, until: null };

/** What is planned for repositories with these counts: how many lists are read together, and how many things are asked of each. */
function planned(wanted: readonly string[], repositories: readonly Readonly<Record<string, number>>[], since: string | null = null): readonly string[] {
  const roots = planRoots(kinds, new Set(wanted), "repository");
  const lists = repositories.flatMap((own, index): PlannedList[] => {
    const counts = new Map(Object.entries(own));
    const place = { org: "octo", org_id: null, repository: { id: index + 1, name_with_owner: `octo/r${index + 1}` } };
    return planJobs(roots, { ...RUN, since }, place, counts).map((job, rank) => ({ job, rank, nodeId: `R_${index + 1}`, counts }));
  });
  return planSmall(kinds, lists).map(({ list: { kind }, repository, small, expected }) => `${kind} of ${repository?.id ?? small?.repositories.map(({ node_id: id }) => id).join("+") ?? ""}${small === undefined ? "" : ` first ${small.first}`}${expected === null ? "" : ` = ${expected}`}`);
}

const stars = (...counts: readonly number[]): readonly Readonly<Record<string, number>>[] => counts.map((star) => ({ star }));

describe("short lists", () => {
  test("of several repositories are one part, the longest first", () => {
    expect(planned(["star"], stars(3, 9, 1))).toEqual(["star of R_2+R_1+R_3 first 9 = 13"]);
  });

  test("longer than a page, empty, not counted, or alone: by themselves or not at all", () => {
    expect(planned(["star"], [...stars(101, 0, 5), {}])).toEqual(["star of 1 = 101", "star of 3 = 5", "star of 4"]);
  });

  test("no more in a request than a few pages of what nothing hangs from, one page of what something hangs from", () => {
    expect(planned(["star"], stars(100, 100, 100, 100, 100, 100, 100))).toEqual(["star of R_1+R_2+R_3+R_4+R_5 first 100 = 500", "star of R_6+R_7 first 100 = 200"]);
    const pulls = (...counts: readonly number[]): readonly Readonly<Record<string, number>>[] => counts.map((count) => ({ "pull-request": count }));
    expect(planned(["pull-request", "review"], pulls(30, 20, 20, 5))).toEqual(["pull-request of 1 = 30", "pull-request of 4 = 5", "pull-request of R_2+R_3 first 20 = 40"]);
  });

  test("no more than fifty repositories", () => {
    const parts = planned(["star"], stars(...Array.from({ length: 60 }, () => 1)));
    expect(parts.map((part) => part.split("+").length)).toEqual([50, 10]);
  });

  test("what hangs from the things of a list is as short as that list", () => {
    expect(planned(["review-thread"], [{ "pull-request": 3 }, { "pull-request": 2 }])).toEqual(["review-thread of R_1+R_2 first 3"]);
  });

  test("what a list names is as much as that list is long", () => {
    expect(planned(["status"], [{ commit: 30, "pull-request": 3 }, { commit: 40, "pull-request": 2 }])).toEqual(["status of R_2+R_1 first 40", "status of R_1+R_2 first 3"]);
  });

  test("what REST lists, and what is read in the order of changes, stays by itself", () => {
    expect(planned(["milestone"], [{ milestone: 1 }, { milestone: 1 }])).toEqual(["milestone of 1 = 1", "milestone of 2 = 1"]);
    expect(planned(["star"], stars(1, 1), "2026-01-01T00:00:00Z")).toEqual(["star of 1", "star of 2"]);
  });

  test("what tells most comes first all the same", () => {
    const both = { "pull-request": 1, star: 1, milestone: 1 };
    expect(planned(["milestone", "star", "pull-request"], [both, both]).map((part) => part.split(" ")[0])).toEqual(planRoots(kinds, new Set(["milestone", "star", "pull-request"]), "repository").flatMap(({ kind: { name } }) => (name === "milestone" ? [name, name] : [name])));
  });
});
