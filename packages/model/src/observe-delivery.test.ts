/** What holds for every kind and every payload. */
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { isJsonObject, type JsonObject } from "@octally/shared/json";
import { syncJob } from "@octally/shared/sync-job";
import { observe, recorded, recordings } from "../test/recorded.ts";
import { canonicalJson, comparePrecedence, precedenceOf, toSource } from "./observation.ts";
import { contextOf } from "./observe-delivery.ts";
import { wayToAsk } from "./refresh-subject.ts";
import { kindNamed, kinds } from "./registry.ts";

const AT = "2026-11-21T07:00:00.000Z";
const events = [...new Set([...recordings.map(({ name }) => name), ...kinds.flatMap((kind) => Object.keys(kind.fromWebhook))]), "constructor", "__proto__", "toString"];
const payloads = recordings.flatMap(({ name, examples }) => examples.map((payload) => ({ event: name, payload })));

const anyJson = fc.jsonValue({ maxDepth: 4 });
/** A key that the kinds look at, or any other. */
const key = fc.oneof(fc.constantFrom("action", "repository", "organization", "sender", "issue", "pull_request", "comment", "commits", "changes", "__proto__", "constructor"), fc.string());
const anyPayload = fc.dictionary(key, anyJson) as fc.Arbitrary<JsonObject>;

function paths(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, child]) => [[...path, name], ...paths(child, [...path, name])]);
}

/** A recorded payload with one value, somewhere, replaced by anything. */
const bentPayload = fc.constantFrom(...payloads).chain(({ event, payload }) =>
  fc.tuple(fc.constantFrom(...paths(payload)), fc.oneof(anyJson, fc.constantFrom(null, "", 0, -1, 1.5, [], {}, [null], "2026"))).map(([path, value]) => {
    const bent = structuredClone(payload);
    const parent = path.slice(0, -1).reduce((at: Record<string, unknown>, name) => at[name] as Record<string, unknown>, bent as Record<string, unknown>);
    parent[path.at(-1)!] = value;
    return { event, payload: bent };
  }),
);

function expectSound(event: string, payload: JsonObject): void {
  const { observations, jobs } = observe(event, payload, AT);
  for (const job of jobs) {
    expect(syncJob.safeParse(job).success).toBe(true);
    // A job that no way of its kind can do would be done with nothing asked.
    if (job.type === "refresh") for (const subject of job.subjects) expect(wayToAsk(kindNamed(job.kind)!, subject, job.repository !== null)).toBeDefined();
  }
  for (const observation of observations) {
    const kind = kinds.find(({ name }) => name === observation.kind)!;
    expect(observation.id).not.toBe("");
    expect(Buffer.byteLength(observation.id)).toBeLessThanOrEqual(512);
    expect(Object.keys(kind.mappings)).toEqual(expect.arrayContaining(Object.keys(observation.document)));
    if (observation.deletedAt === null) expect(Object.keys(observation.document).toSorted()).toEqual(Object.keys(kind.mappings).toSorted());
    if (kind.scope === "repository" && observation.deletedAt === null) expect(observation.repository).not.toBeNull();
    if (kind.scope === "organization") expect(observation.repository).toBeNull();
    expectMapped(kind.mappings, observation.document);
  }
}

/** `dynamic: strict`: a field that is not mapped is a write that OpenSearch refuses. */
function expectMapped(mappings: Readonly<Record<string, unknown>>, document: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(document)) {
    expect(mappings).toHaveProperty([name]);
    const { properties } = mappings[name] as { properties?: Readonly<Record<string, unknown>> };
    for (const item of Array.isArray(value) ? value : [value]) {
      expect(item).not.toBeUndefined();
      if (properties !== undefined && isJsonObject(item)) expectMapped(properties, item);
      else expect(typeof item === "object" && item !== null).toBe(false);
    }
  }
}

describe("any payload (I4)", () => {
  test("arbitrary JSON never throws, and what comes out is sound", () => {
    fc.assert(fc.property(fc.constantFrom(...events), anyPayload, expectSound), { numRuns: 400 });
  });

  test("a recorded payload bent anywhere never throws, and what comes out is sound", () => {
    fc.assert(fc.property(bentPayload, ({ event, payload }) => expectSound(event, payload)), { numRuns: 600 });
  });

  test("nesting deeper than the call stack", () => {
    const deep = JSON.parse(`${'{"repository":'.repeat(20_000)}1${"}".repeat(20_000)}`);
    for (const event of events) expect(() => observe(event, { ...deep, alert: deep, issue: deep, commits: [deep], sender: deep }, AT)).not.toThrow();
  });

  test("every recorded payload is sound, and its observations are the same bytes each time", () => {
    for (const { event, payload } of payloads) {
      expectSound(event, payload);
      const bytes = () => JSON.stringify(observe(event, structuredClone(payload), AT).observations.map(toSource));
      expect(bytes()).toBe(bytes());
    }
  });

  test("the order of a payload's keys does not matter", () => {
    for (const { event, payload } of payloads) {
      const of = (input: JsonObject) => canonicalJson(observe(event, input, AT).observations.map(toSource));
      expect(of(JSON.parse(canonicalJson(payload)))).toBe(of(payload));
    }
  });
});

/** The event, the action that ends it, and one that tells of it. */
const ENDINGS = [
  ["issues", "deleted", "edited"],
  ["issue_comment", "deleted", "edited"],
  ["label", "deleted", "edited"],
  ["milestone", "deleted", "edited"],
  ["release", "deleted", "edited"],
  ["discussion", "deleted", "edited"],
  ["discussion_comment", "deleted", "edited"],
  ["pull_request_review_comment", "deleted", "edited"],
  ["star", "deleted", "created"],
  ["member", "removed", "added"],
  ["membership", "removed", "added"],
  ["organization", "member_removed", "member_added"],
  ["team", "deleted", "edited"],
  ["team", "removed_from_repository", "added_to_repository"],
  ["projects_v2_item", "deleted", "edited"],
  ["repository", "deleted", "edited"],
] as const;

test.each(ENDINGS)("a tombstone beats whatever was observed of the thing before (I2): %s %s", (event, ending, telling) => {
  const payload = { ...recorded(event), changes: { permission: { to: "admin" } }, starred_at: "2019-05-15T15:20:40Z" };
  const gone = observe(event, { ...payload, action: ending }, "2026-11-21T07:00:05.000Z").observations.filter(({ deletedAt }) => deletedAt !== null);
  expect(gone).toHaveLength(1);
  fc.assert(
    fc.property(fc.integer({ min: Date.parse("2023-06-01"), max: Date.parse("2026-11-21T07:00:04.999Z") }), (ms) => {
      const told = observe(event, { ...payload, action: telling }, new Date(ms).toISOString()).observations;
      const before = told.filter(({ kind, id }) => kind === gone[0]!.kind && id === gone[0]!.id);
      expect(before).toHaveLength(1);
      expect(comparePrecedence(precedenceOf(gone[0]!), precedenceOf(before[0]!))).toBeGreaterThan(0);
      expect(gone[0]!.version).toBeGreaterThan(before[0]!.version);
    }),
  );
});

test("what a delivery says beside its payload", () => {
  const payload = { action: "opened", repository: { id: 7, full_name: "o/r", owner: { login: "o" } } };
  expect(contextOf({ event: "issues", payload, observedAt: AT, archive: null })).toEqual({
    event: "issues",
    action: "opened",
    org: "o",
    repository: { id: 7, name_with_owner: "o/r" },
    observedAt: AT,
  });
  const installed = { action: "created", installation: { id: 5, account: { login: "o", id: 1, type: "Organization" } }, sender: { login: "ada", id: 2 } };
  expect(contextOf({ event: "installation", payload: installed, observedAt: AT, archive: null })).toMatchObject({ action: "created", org: "o", repository: null });
  const odd = { action: 1, organization: { login: "" }, repository: { id: 1.5, full_name: "o/r", owner: { login: null, name: "o" } } };
  expect(contextOf({ event: "push", payload: odd, observedAt: AT, archive: null })).toMatchObject({ action: null, org: "o", repository: null });
});

describe("every kind", () => {
  test("has a name of its own, mapped fields, and an identity made of them", () => {
    expect(new Set(kinds.map(({ name }) => name)).size).toBe(kinds.length);
    for (const kind of kinds) {
      expect(kind.name).toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect(kind.description).toMatch(/\.$/);
      for (const part of kind.identity) expect(part === "@repository" || part in kind.mappings).toBe(true);
      expect(kind.updatedAt === undefined || kind.updatedAt in kind.mappings).toBe(true);
      expect(kind.parent === undefined || kinds.some(({ name }) => name === kind.parent)).toBe(true);
      // The envelope's names: a field of the same name would be lost.
      for (const name of ["org", "repository", "octally"]) expect(kind.mappings).not.toHaveProperty(name);
    }
  });
});
