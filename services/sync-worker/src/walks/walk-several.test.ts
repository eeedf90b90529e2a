import { expect, test } from "@jest/globals";
import type { GraphqlAnswer } from "@octally/github/graphql";
import { kinds } from "@octally/model/registry";
import type { JsonObject } from "@octally/shared/json";
import type { BackfillJob } from "@octally/shared/sync-job";
import { severalRead } from "../core/plan-small.ts";
import { walkSeveral } from "./walk-several.ts";
import type { GitHubPort, Step, WalkContext } from "./walk.ts";

const AT = "2026-11-21T07:00:00Z";
const IDS = [1, 2, 3, 4];
const JOB: BackfillJob = { type: "backfill", run: "r", part: "p", turn: 0, source: "octo", since: null, until: null, org: "octo", org_id: null, repository: null, list: { kind: "watcher", way: 0, with: [] }, expected: null };

const watcher = (id: number): JsonObject => ({ __typename: "User", login: `user${id}`, databaseId: id });

function node(id: number, { name = `octo/r${id}`, watchers = [watcher(id * 10)], next = null }: { readonly name?: string; readonly watchers?: readonly (JsonObject | null)[]; readonly next?: string | null } = {}): JsonObject {
  return { __typename: "Repository", id: `R_${id}`, databaseId: id, nameWithOwner: name, watchers: { totalCount: 1, pageInfo: { hasNextPage: next !== null, endCursor: next }, nodes: watchers } };
}

const told = (nodes: readonly (JsonObject | null)[], failedAt: readonly number[] = []): GraphqlAnswer => ({
  is: "data", data: { nodes }, cost: 1, nodeCount: 1, observedAt: AT,
  problems: failedAt.map((index) => ({ path: ["nodes", index, "watchers"], type: "SOME", message: "failed", lost: ["nodes", index, "watchers"], missing: null })),
});
const numberOf = (id: string): number => Number(id.slice(2));

/** Which watchers were read of whom, which repositories were left to parts of their own, and how many were asked for at once. */
async function walked(answer: (ids: readonly string[], after: string | null) => GraphqlAnswer, cursor: JsonObject | null = null): Promise<{ readonly read: readonly string[]; readonly left: readonly number[]; readonly asked: readonly number[]; readonly steps: readonly Step[] }> {
  const [asked, left]: [number[], number[]] = [[], []];
  const github: Pick<GitHubPort, "graphql"> = {
    graphql: async (_document, { ids, id, after }) => {
      await Promise.resolve();
      const some = typeof id === "string" ? [id] : (ids as readonly string[]);
      asked.push(some.length);
      return answer(some, typeof after === "string" ? after : null);
    },
  };
  const context: WalkContext = { github: github as GitHubPort, call: { purpose: "backfill", kind: "watcher" }, kinds, place: { org: "octo", repository: null }, since: null, until: null };
  const { list } = kinds.find(({ name }) => name === "watcher")!.sources;
  const small = { first: 5, repositories: IDS.map((id) => ({ id, name_with_owner: `octo/r${id}`, node_id: `R_${id}` })) };
  const leave = async (repositories: readonly { readonly id: number }[]): Promise<void> => void left.push(...repositories.map(({ id }) => id));
  const walk = walkSeveral(context, { ...severalRead(kinds, JOB, Array.isArray(list) ? list[0] : undefined), small, leave }, cursor);
  const steps: Step[] = [];
  for await (const step of walk) steps.push(step);
  return { read: steps.flatMap(({ gathered }) => gathered.observations.map(({ id }) => id)), left, asked, steps };
}

const all = (ids: readonly string[]): GraphqlAnswer => told(ids.map((id) => node(numberOf(id))));

test("all of them in one request, each where it is", async () => {
  const { read, left, asked, steps } = await walked(all);
  expect({ read, left, asked }).toEqual({ read: ["1:10", "2:20", "3:30", "4:40"], left: [], asked: [4] });
  expect(steps).toMatchObject([{ seen: 4, cursor: { done: 4, size: 4 }, last: true }]);
  expect(steps[0]!.gathered.observations.map(({ org, repository }) => `${org ?? ""} ${repository?.name_with_owner ?? ""}`)).toEqual(["octo octo/r1", "octo octo/r2", "octo octo/r3", "octo octo/r4"]);
});

test("one that grew since it was counted is read to its end", async () => {
  const { read, asked } = await walked((ids, after) => (after === "more" ? { ...told([]), data: { node: node(2, { watchers: [watcher(21)] }) } } as GraphqlAnswer : told(ids.map((id) => node(numberOf(id), id === "R_2" ? { next: "more" } : {})))));
  expect({ read, asked }).toEqual({ read: ["1:10", "2:20", "2:21", "3:30", "4:40"], asked: [4, 1] });
});

test.each<readonly [string, (ids: readonly string[]) => GraphqlAnswer]>([
  ["is not shown", (ids) => told(ids.map((id) => (id === "R_3" ? null : node(numberOf(id)))))],
  ["has another name now", (ids) => told(ids.map((id) => node(numberOf(id), id === "R_3" ? { name: "octo/renamed" } : {})))],
  ["GitHub failed at in part", (ids) => told(ids.map((id) => node(numberOf(id))), [2])],
  ["has somebody in its list who is not shown", (ids) => told(ids.map((id) => node(numberOf(id), id === "R_3" ? { watchers: [watcher(30), null] } : {})))],
  ["has something in its list that makes no document", (ids) => told(ids.map((id) => node(numberOf(id), id === "R_3" ? { watchers: [{ __typename: "User" }] } : {})))],
])("one that %s is left to a part of its own", async (_, answer) => {
  const { read, left } = await walked(answer);
  expect({ read, left }).toEqual({ read: ["1:10", "2:20", "4:40"], left: [3] });
});

test("fewer at once where it is too heavy; what is too heavy alone is left, and the cursor keeps how many GitHub bears", async () => {
  const { read, left, asked, steps } = await walked((ids) => (ids.length > 2 || ids.includes("R_4") ? { is: "too-heavy", reason: "timeout", message: "" } : all(ids)));
  expect({ read, left, asked }).toEqual({ read: ["1:10", "2:20", "3:30"], left: [4], asked: [4, 2, 2, 1, 1] });
  expect(steps.map(({ cursor }) => cursor)).toEqual([{ done: 2, size: 2 }, { done: 3, size: 1 }, { done: 4, size: 1 }]);
});

test("a token that may not see any of it leaves each to its own part, which says so; and it goes on at its cursor", async () => {
  const missing = { message: "no", permissions: [], scopes: [], grantedScopes: null, ssoUrl: null };
  expect((await walked(() => ({ is: "forbidden", missing }))).left).toEqual(IDS);
  expect((await walked(all, { done: 3, size: 1 })).read).toEqual(["4:40"]);
});

test("what the lists of several repositories name is asked for together, and stays each in its own repository", async () => {
  const asked: string[] = [];
  const list = (...nodes: readonly JsonObject[]): JsonObject => ({ totalCount: nodes.length, pageInfo: { hasNextPage: false, endCursor: null }, nodes });
  const status = (context: string): JsonObject => ({ id: "SC_1", context, state: "SUCCESS", description: null, targetUrl: null, createdAt: AT });
  const github: Pick<GitHubPort, "graphql"> = {
    graphql: async ({ name }, { ids }) => {
      await Promise.resolve();
      const some = ids as readonly string[];
      asked.push(`${name}: ${some.join()}`);
      if (name.startsWith("nodes commit")) return told(some.map((id) => ({ __typename: "Commit", id, oid: id.toLowerCase(), status: { contexts: [status("ci")] } })));
      return told(some.map((id) => ({ __typename: "Repository", id, databaseId: numberOf(id), nameWithOwner: `octo/r${numberOf(id)}`, pullRequests: list({ id: "PR", commits: list({ commit: { id: `C${numberOf(id)}` } }), timelineItems: list() }) })));
    },
  };
  const context: WalkContext = { github: github as GitHubPort, call: { purpose: "backfill", kind: "status" }, kinds, place: { org: "octo", repository: null }, since: null, until: null };
  const { list: listings } = kinds.find(({ name }) => name === "status")!.sources;
  const small = { first: 5, repositories: [1, 2].map((id) => ({ id, name_with_owner: `octo/r${id}`, node_id: `R_${id}` })) };
  const job = { ...JOB, list: { kind: "status", way: 1, with: [] } };
  const steps: Step[] = [];
  for await (const step of walkSeveral(context, { ...severalRead(kinds, job, Array.isArray(listings) ? listings[1] : undefined), small, leave: () => Promise.reject(new Error("left")) }, null)) steps.push(step);
  expect(steps.flatMap(({ gathered }) => gathered.observations.map(({ id, repository }) => `${id} in ${repository?.name_with_owner ?? ""}`))).toEqual(["1:c1:ci in octo/r1", "2:c2:ci in octo/r2"]);
  expect(asked).toEqual(["several names pull-request: R_1,R_2", "nodes commit keys status: C1,C2"]);
});
