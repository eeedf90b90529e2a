import { describe, expect, test } from "@jest/globals";
import { kinds } from "@octally/model/registry";
import { isNoWay } from "@octally/model/sources";
import { jobBelow, planJobs, planRoots, rootsBelow } from "./plan-parts.ts";

const ALL = new Set(kinds.map(({ name }) => name));
const rootNames = (wanted: Iterable<string>, scope: "repository" | "organization" = "repository"): readonly string[] => planRoots(kinds, new Set(wanted), scope).map(({ kind, with: along }) => [kind.name, ...along].join("+"));
const RUN = { run: "r", source: "octo", since: null, until: null };
const PLACE = { org: "octo", org_id: null, repository: { id: 1, name_with_owner: "octo/hello" } };
const jobNames = (wanted: Iterable<string>, counts: Readonly<Record<string, number>>): readonly string[] => planJobs(planRoots(kinds, new Set(wanted), "repository"), RUN, PLACE, new Map(Object.entries(counts))).map(({ list }) => list.kind);

describe("the lists of a run", () => {
  test("what comes in the pages of its parents has no list of its own", () => {
    expect(rootNames(["pull-request", "review", "pull-request-commit"])).toEqual(["pull-request+review+pull-request-commit"]);
    expect(rootNames(["review"])).toEqual(["review"]);
  });

  test("what comes by the way of all its lists has none either", () => {
    expect(rootNames(["issue", "issue-comment", "review-comment", "reactions"])).toEqual(["issue+reactions", "review-comment+reactions", "issue-comment+reactions"]);
    expect(rootNames(["issue", "reactions"])).toContain("reactions");
  });

  test("lists by several parents complement each other", () => {
    expect(rootNames(["timeline-event"])).toEqual(["timeline-event", "timeline-event"]);
  });

  test("every kind that GitHub lists is in a list of a repository or an organisation, or comes along with one", () => {
    const listed = new Set([...rootNames(ALL), ...rootNames(ALL, "organization")].flatMap((names) => names.split("+")));
    const missing = kinds.filter(({ name, sources: { list } }) => !isNoWay(list) && !listed.has(name)).map(({ name }) => name);
    // The discovery reads these.
    expect(missing).toEqual(["repository"]);
  });

  test("one request for each of many things comes last", () => {
    const order = rootNames([...ALL].filter((name) => name !== "workflow-run"));
    expect(order.indexOf("workflow-job")).toBeGreaterThan(order.indexOf("label"));
    expect(order[0]).toContain("pull-request");
  });

  test("what hangs from the things of a list has a part once that list shows that there are any", () => {
    expect(rootNames(["workflow-run", "workflow-job", "check-run"])).toEqual(["workflow-run+check-run+workflow-job", "check-run", "check-run"]);
    expect(rootsBelow(kinds, new Set(["workflow-job", "check-run", "label"]), "workflow-run").map(({ kind, way }) => `${kind.name} ${way}`)).toEqual(["workflow-job 0", "check-run 2"]);
    expect(rootsBelow(kinds, new Set(["workflow-job"]), "label")).toEqual([]);
    const [job] = planJobs(planRoots(kinds, new Set(["workflow-run", "workflow-job"]), "repository"), RUN, PLACE, new Map());
    const [root] = rootsBelow(kinds, new Set(job?.list.with), "workflow-run");
    // The same part as if it had been planned by itself.
    const alone = planJobs(planRoots(kinds, new Set(["workflow-job"]), "repository"), RUN, PLACE, new Map());
    expect(job === undefined || root === undefined ? [] : [jobBelow(job, root)]).toEqual(alone);
  });

  test("what hangs from the same commits comes in the same pages; alone it has its own", () => {
    expect(rootNames(["check-run", "status"])).toEqual(["check-run+status", "check-run+status", "check-run"]);
    expect(rootNames(["status"])).toEqual(["status", "status"]);
  });

  test("what GitHub counts as empty is not asked for", () => {
    expect(jobNames(["milestone", "pull-request", "review-comment"], { milestone: 0, "pull-request": 0 })).toEqual([]);
    expect(jobNames(["milestone", "pull-request", "review-comment"], {})).toEqual(["pull-request", "milestone", "review-comment"].toSorted((a, b) => ["pull-request", "review-comment", "milestone"].indexOf(a) - ["pull-request", "review-comment", "milestone"].indexOf(b)));
    // Comments of pull requests are in the list of issues' comments, and pull requests in that of issues.
    expect(jobNames(["issue-comment", "issue"], { issue: 0, "pull-request": 5 })).toEqual(["issue", "issue-comment"]);
    expect(jobNames(["issue-comment", "issue"], { issue: 0, "pull-request": 0 })).toEqual([]);
    // Commits of the default branch, those of pull requests, and the runs of which nobody knows how many there are.
    expect(jobNames(["check-run"], { commit: 5, "pull-request": 0 })).toEqual(["check-run", "check-run"]);
    expect(jobNames(["status"], { commit: 5, "pull-request": 0 })).toEqual(["status"]);
  });
});
