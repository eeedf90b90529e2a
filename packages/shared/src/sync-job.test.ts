import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { MAX_REFRESH_SUBJECTS, parseSyncJob, toJobMessage, type FollowUpJob } from "./sync-job.ts";

const subject = fc.record({ node_id: fc.string({ minLength: 1 }), key: fc.string({ minLength: 1, unit: "binary" }) });
const job: fc.Arbitrary<FollowUpJob> = fc.record({
  type: fc.constant("refresh" as const),
  kind: fc.constantFrom("pull-request", "issue"),
  org: fc.option(fc.string({ minLength: 1 })),
  repository: fc.option(fc.record({ id: fc.nat(), name_with_owner: fc.string({ minLength: 1, unit: "grapheme" }) })),
  subjects: fc.array(subject, { minLength: 1, maxLength: MAX_REFRESH_SUBJECTS }),
  reason: fc.string({ minLength: 1 }),
});

describe("the message of a job", () => {
  test("is ASCII alone and holds the job whole", () => {
    fc.assert(
      fc.property(job, (original) => {
        const { body } = toJobMessage(original);
        expect(Buffer.byteLength(body)).toBe(body.length);
        expect(parseSyncJob(body)).toEqual(original);
      }),
    );
  });

  test.each(["", "{}", "[]", "null", '{"type":"refresh"}', '{"type":"unheard-of"}'])("%p is no job", (body) => {
    expect(() => parseSyncJob(body)).toThrow(expect.objectContaining({ code: "not-a-job", retryable: false }));
  });
});

test("a delivery's id keeps all its digits, which are more than a number holds", () => {
  const fetching = { type: "fetch-delivery", hook: "/orgs/octo/hooks/1", hook_id: "1", target_type: "organization", target_id: null, source: "octo" } as const;
  expect(parseSyncJob(JSON.stringify({ ...fetching, delivery: "3804004623172239366" }))).toEqual({ ...fetching, delivery: "3804004623172239366" });
  // As earlier releases sent it.
  expect(parseSyncJob(JSON.stringify({ ...fetching, delivery: 199287304442 }))).toEqual({ ...fetching, delivery: "199287304442" });
  expect(() => parseSyncJob(JSON.stringify({ ...fetching, delivery: 2 ** 62 }))).toThrow();
});
