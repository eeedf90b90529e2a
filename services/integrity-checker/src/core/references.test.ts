import { expect, test } from "@jest/globals";
import { isNoWay } from "@octally/model/sources";
import { kindNamed, kinds } from "@octally/model/registry";
import { planReferences, REFERENCES, type Dangling } from "./references.ts";

const place = { org: "octo", repository: { id: 7, name_with_owner: "octo/hello" } };
const pull = (named: number, namedBy = "review"): Dangling => ({ parent: "pull-request", place, named, key: String(named), namedBy });

function hasField(kind: string, path: string): boolean {
  return path.split(".").reduce<unknown>((at, name) => (typeof at === "object" && at !== null ? Reflect.get("properties" in at ? (at.properties as object) : at, name) : undefined), kindNamed(kind)?.mappings) !== undefined;
}

test("every reference is between kinds that there are, by fields that they have", () => {
  for (const { child, parent, names, is, key, where, writtenAt } of REFERENCES) {
    const fields = [...(writtenAt === undefined ? [] : [[child, writtenAt]]), [child, names], [parent, is], ...(key === null ? [] : [[child, key]]), ...Object.keys(where?.is ?? {}).map((field) => [child, field])];
    expect(fields.filter(([kind = "", path = ""]) => !hasField(kind, path))).toEqual([]);
  }
});

test("every kind with a parent has a reference to it, but for those that hang from what is no document", () => {
  const named = new Set(REFERENCES.map(({ child, parent }) => `${child} ${parent}`));
  expect(kinds.filter(({ name, parent }) => parent !== undefined && parent !== "repository" && !named.has(`${name} ${parent}`)).map(({ name }) => name)).toEqual(["commit-comment"]);
});

test("a key is one that the parent can be fetched by", () => {
  for (const { parent, key } of REFERENCES) {
    const one = kindNamed(parent)?.sources.one;
    if (key !== null) expect(one !== undefined && !isNoWay(one) && one.some((way) => way.by === "rest")).toBe(true);
  }
});

test("what dangles is asked for by its kind and place, a hundred at once, with who names it", () => {
  const many = Array.from({ length: 101 }, (_, number) => pull(number + 1));
  const { jobs } = planReferences(kinds, [...many, pull(1, "review-comment")], {});
  expect(jobs.map((job) => (job.type === "refresh" ? [job.kind, job.repository?.id, job.subjects.length, job.reason] : []))).toEqual([
    ["pull-request", 7, 100, "named by review, review-comment, and not in the store"],
    ["pull-request", 7, 1, "named by review, review-comment, and not in the store"],
  ]);
});

test("what has no key of its own is found by an inventory of its kind, once", () => {
  const discussion = (named: number): Dangling => ({ parent: "discussion", place, named, key: null, namedBy: "discussion-comment" });
  expect(planReferences(kinds, [discussion(1), discussion(2)], {}).jobs).toEqual([{ type: "inventory", kind: "discussion", ...place, reason: "named by discussion-comment, and not in the store" }]);
});

test("is asked for three times, then given up; what no longer dangles is forgotten", () => {
  let asked = {};
  const sizes = Array.from({ length: 5 }, () => {
    const plan = planReferences(kinds, [pull(1)], asked);
    asked = plan.asked;
    return [plan.jobs.length, plan.givenUp];
  });
  expect(sizes).toEqual([[1, 0], [1, 0], [1, 0], [0, 1], [0, 1]]);
  expect(planReferences(kinds, [pull(2)], asked).asked).toEqual({ "pull-request 7 2": 1 });
});

test("where such things are just coming in, it is asked for when it is seen a second time", () => {
  const first = planReferences(kinds, [pull(1)], {}, () => true);
  expect([first.jobs, first.givenUp, first.asked]).toEqual([[], 0, { "pull-request 7 1": 0 }]);
  expect(planReferences(kinds, [pull(1)], first.asked, () => true).jobs).toHaveLength(1);
  expect(planReferences(kinds, [pull(1)], {}, () => false).jobs).toHaveLength(1);
});
