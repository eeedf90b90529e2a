import { describe, expect, test } from "@jest/globals";
import { MAX_REFRESH_SUBJECTS, syncJob, type RefreshJob, type FollowUpJob } from "@octally/shared/sync-job";
import fc from "fast-check";
import { mergeJobs } from "./merge-jobs.ts";

const repositoryRef = (id: number): { id: number; name_with_owner: string } => ({ id, name_with_owner: `octo/r${id}` });
const refresh = (subjects: RefreshJob["subjects"], more: Partial<RefreshJob> = {}): RefreshJob => ({ type: "refresh", kind: "issue", org: "octo", repository: repositoryRef(1), subjects, reason: "issues.opened", ...more });

/** What is asked for, one line a thing. */
function asked(jobs: readonly FollowUpJob[]): readonly string[] {
  return jobs.flatMap((job) => (job.type === "refresh" ? job.subjects.map((subject) => JSON.stringify([job.kind, job.org, job.repository?.id ?? null, subject])) : [JSON.stringify(job)]));
}

describe("the follow-ups of a batch", () => {
  test("of one kind and repository become one job", () => {
    expect(mergeJobs([refresh([{ node_id: "a" }]), refresh([{ node_id: "b" }]), refresh([{ node_id: "a" }]), refresh([{ key: "1" }], { kind: "label" })])).toEqual([
      refresh([{ node_id: "a" }, { node_id: "b" }]),
      refresh([{ key: "1" }], { kind: "label" }),
    ]);
  });

  test("that ask for 250 things become three jobs", () => {
    const subjects = Array.from({ length: 250 }, (_, n) => ({ node_id: `n${n}` }));
    expect(mergeJobs(subjects.map((subject) => refresh([subject])))).toEqual([refresh(subjects.slice(0, 100)), refresh(subjects.slice(100, 200)), refresh(subjects.slice(200))]);
  });

  test("names that contain a separator stay apart", () => {
    expect(mergeJobs([refresh([{ key: "1" }], { kind: "a/b", org: "c" }), refresh([{ key: "1" }], { kind: "a", org: "b/c" })])).toHaveLength(2);
  });

  test("nothing is lost, nothing is asked twice, and no job is larger than a hundred things", () => {
    const subject = fc.record({ node_id: fc.integer({ min: 0, max: 400 }).map((n) => `n${n}`), key: fc.constantFrom("1", "2") }, { requiredKeys: ["node_id"] });
    const job: fc.Arbitrary<FollowUpJob> = fc.oneof(
      fc.record({ subjects: fc.array(subject, { minLength: 1, maxLength: 100, size: "max" }), kind: fc.constantFrom("issue", "label"), repository: fc.constantFrom(repositoryRef(1), repositoryRef(2), null), org: fc.constantFrom("octo", null) }).map(({ subjects, ...more }) => refresh(subjects, more)),
      fc.constantFrom("renamed", "deleted").map((change) => ({ type: "relocate-repository", org: "octo", repository: repositoryRef(1), change, at: "2026-11-21T07:00:00Z" }) as const),
    );
    fc.assert(
      fc.property(fc.array(job, { maxLength: 12 }), (jobs) => {
        const merged = mergeJobs(jobs);
        expect(asked(merged).toSorted()).toEqual([...new Set(asked(jobs))].toSorted());
        for (const each of merged) {
          expect(syncJob.safeParse(each).success).toBe(true);
          if (each.type === "refresh") expect(each.subjects.length).toBeLessThanOrEqual(MAX_REFRESH_SUBJECTS);
        }
      }),
      // Shrinking lists this large takes minutes and says nothing more.
      { endOnFailure: true },
    );
  });
});
