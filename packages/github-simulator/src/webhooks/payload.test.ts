/**
 * A generated payload has the keys and types of the recorded payloads of its event. Where it has not, the reason is in DIFFERENCES: every difference must be in
 * that table, and every row of the table must be one that is met.
 */
import { beforeAll, expect, test } from "@jest/globals";
import { EVERY_HAPPENING } from "../../test/every-happening.ts";
import { DIFFERENCES, differencesOf, explains, type Found } from "../../test/recorded-differences.ts";
import { recordings } from "../../test/recorded-form.ts";
import { smallWorld } from "../../test/small-world.ts";
import { tellStory } from "../../test/story.ts";
import { shaping } from "../../test/tiny-world.ts";
import { makeShaping } from "../shapes/shaping.ts";
import type { Happening } from "../world/happening.ts";
import { encodeNodeId } from "../world/node-id.ts";
import { toPayload } from "./payload.ts";

/** Recorded, but not of this world. */
const NOT_HERE: Readonly<Record<string, string>> = {
  deployment_review: "environments with reviewers are not simulated",
  github_app_authorization: "users authorise no apps here",
  installation: "the installation of the app is given when the server starts and never changes",
  installation_repositories: "as installation",
  marketplace_purchase: "there is no marketplace",
  project: "classic projects ended in 2024",
  project_card: "classic projects ended in 2024",
  project_column: "classic projects ended in 2024",
  repository_import: "nothing is imported",
  sponsorship: "nobody is sponsored",
};

const happenings = Object.values(EVERY_HAPPENING).flat() as readonly Happening[];

const toldInStory = new Set<string>();
const foundInStory: Found[] = [];

/** Rendered at the moment each thing happens, as it is when it is sent. */
beforeAll(() => {
  const at = smallWorld();
  at.world.listen((happening) => {
    toldInStory.add(happening.event);
    foundInStory.push(...differencesOf(toPayload(happening, makeShaping(at.world, (type, scope, id) => encodeNodeId({ type, scope, id }, "new")), { id: 7 })));
  });
  tellStory(at);
});

const found = (told: readonly Happening[]) => told.flatMap((happening) => differencesOf(toPayload(happening, shaping(), { id: 7 })));

test("every difference from the recorded payloads is explained, and every explanation is needed", () => {
  const differences = [...found(happenings), ...foundInStory];
  expect(differences.filter((difference) => !DIFFERENCES.some((row) => explains(row, difference)))).toEqual([]);
  expect(DIFFERENCES.filter((row) => !differences.some((difference) => explains(row, difference)))).toEqual([]);
});

test("what operations do tells every event", () => {
  expect(Object.keys(EVERY_HAPPENING).filter((event) => !toldInStory.has(event))).toEqual([]);
});

test("every recorded event and action happens, or it is said why not", () => {
  const made = new Set(happenings.map(({ event, action }) => `${event}.${action ?? ""}`));
  const recorded = recordings.flatMap(({ name, examples }) => examples.map(({ action }) => [name, `${name}.${typeof action === "string" ? action : ""}`] as const));
  expect([...new Set(recorded.filter(([, name]) => !made.has(name)).map(([event]) => event))].toSorted()).toEqual(Object.keys(NOT_HERE));
});

test("a hook of a repository or organisation knows of no installation, one of an app does", () => {
  const [star] = EVERY_HAPPENING.star;
  expect(toPayload(star!, shaping()).payload).not.toHaveProperty("installation");
  expect(toPayload(star!, shaping(), { id: 7 }).payload).toMatchObject({ action: "created", starred_at: "2026-03-02T09:44:00Z", installation: { id: 7, node_id: "MDIzOkludGVncmF0aW9uSW5zdGFsbGF0aW9uNw==" } });
});

test("what GitHub does differently from event to event", () => {
  const payloadOf = (event: keyof typeof EVERY_HAPPENING, index = 0) => toPayload(EVERY_HAPPENING[event][index]!, shaping()).payload;
  expect(payloadOf("push")).toMatchObject({
    repository: { created_at: 1772442120, pushed_at: 1772442300, updated_at: "2026-03-02T09:03:00Z", owner: { name: "octo-demo", login: "octo-demo" }, master_branch: "main" },
    compare: "https://github.com/octo-demo/hello/compare/cccccccccccc...aaaaaaaaaaaa",
    commits: [{ id: "a".repeat(40), added: ["src/hello world.ts"], modified: ["README.md"], removed: [], author: { username: "alice" }, committer: { name: "GitHub" } }],
    head_commit: { id: "a".repeat(40) },
  });
  expect(payloadOf("push", 2)).toMatchObject({ deleted: true, head_commit: null, commits: [] });
  expect(payloadOf("pull_request_review")).toMatchObject({ review: { state: "approved", body: null, user: { login: "alice" } } });
  expect(payloadOf("pull_request_review")["pull_request"]).not.toHaveProperty("mergeable");
  expect(payloadOf("pull_request")).toMatchObject({ number: 3, pull_request: { mergeable: null, mergeable_state: "unknown", additions: 3, review_comments: 2, merged: false } });
  expect(payloadOf("issue_comment")).toMatchObject({ comment: { user: { login: "ghost", id: 10137 } } });
  const transferred = EVERY_HAPPENING.issues.findIndex(({ action }) => action === "transferred");
  expect(payloadOf("issues", transferred)).toMatchObject({
    issue: { id: 500, number: 2, url: "https://api.github.com/repos/octo-demo/hello/issues/2" },
    changes: { new_issue: { id: 502, number: 9, url: "https://api.github.com/repos/octo-demo/elsewhere/issues/9" }, new_repository: { name: "elsewhere" } },
    repository: { name: "hello" },
  });
  const edited = EVERY_HAPPENING.pull_request.findIndex(({ action }) => action === "edited");
  expect(payloadOf("pull_request", edited)["changes"]).toEqual({ title: { from: "Hello" }, base: { ref: { from: "next" }, sha: { from: "e".repeat(40) } } });
  expect(payloadOf("security_advisory")).not.toHaveProperty("sender");
});
