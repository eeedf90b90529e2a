/** meltanolabs-tap-github 1.30 collects a generated organisation to the end, and has what there is: the same ids, none twice. */
import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import { NOT_SERVED, STREAMS, type Truth } from "./expected.ts";
import { openPeerWorld, type PeerWorld } from "./peer-world.ts";
import { runTapGithub, type TapRun } from "./tap-github.ts";

jest.setTimeout(900_000);

let github: PeerWorld;
let run: TapRun;
let truth: Truth;

beforeAll(async () => {
  github = await openPeerWorld();
  run = await runTapGithub({ apiUrl: github.url, token: github.token, organization: github.truth().organization.login, isWanted: (stream) => !NOT_SERVED.includes(stream) });
  truth = github.truth();
});
afterAll(() => github.close());

test("it ends well", () => {
  expect({ exitCode: run.exitCode, errors: run.log.split("\n").filter((line) => line.includes("| ERROR")) }).toEqual({ exitCode: 0, errors: [] });
});

test.each(Object.entries(STREAMS))("%s", (stream, { key, expected }) => {
  const collected = (run.records.get(stream) ?? []).map((record) => String(key(record))).toSorted();
  const wanted = expected(truth).map(String).toSorted();
  expect(wanted.length).toBeGreaterThan(0);
  expect(collected).toEqual(wanted);
});

/** Streams whose records are made of what is compared above, or that this world has nothing of. */
const NOT_COMPARED = ["anonymous_contributors", "assignees", "commit_diffs", "community_profile", "custom_properties", "dependencies", "languages", "project_field_configurations", "pull_request_commit_diffs", "pull_request_diffs", "readme", "readme_html", "review_comment_reactions", "stats_contributors", "team_roles", "traffic_referral_paths", "traffic_referrers"];

test("every stream it has is compared, only run, or named as not served", () => {
  expect(run.streams.toSorted()).toEqual([...Object.keys(STREAMS), "events", ...NOT_SERVED, ...NOT_COMPARED].toSorted());
});

test("events: the newest 300 of each repository", () => {
  const collected = (run.records.get("events") ?? []).map(({ id }) => String(id)).toSorted();
  expect(collected.length).toBeGreaterThan(100);
  expect(collected).toEqual(github.eventIds().toSorted());
});
