import { expect, jest, test } from "@jest/globals";
import type { GraphqlAnswer } from "@octally/github/graphql";
import { kinds } from "@octally/model/registry";
import { isNamed } from "@octally/github-simulator/oracle";
import type { JsonObject } from "@octally/shared/json";
import { makeJobWorld } from "../../test/job-world.ts";
import { simulateGitHub } from "../../test/simulated-github.ts";
import { kindOf } from "../core/kind-of.ts";
import type { Gathered } from "../core/gathered.ts";
import { walkNamed } from "./walk-named.ts";
import type { GitHubPort, WalkContext, WalkEnd } from "./walk.ts";

jest.setTimeout(60_000);

const AT = "2026-11-21T07:00:00Z";
const NAMES = ["RUN_1", "RUN_2", "RUN_3", "RUN_4"];
const wanted = { whole: false, children: ["check-run"] };

function run(id: string): JsonObject {
  const number = Number(id.slice(4));
  const checkSuite = { databaseId: 1, commit: { oid: "c0ffee" }, app: null };
  const check = { __typename: "CheckRun", id: `CR_${number}`, databaseId: number, name: "test", status: "QUEUED", conclusion: null, startedAt: null, completedAt: null, title: null, detailsUrl: null, permalink: "https://github.com/octo/hello/runs/1", checkSuite };
  return { __typename: "WorkflowRun", id, databaseId: number, checkSuite: { checkRuns: { totalCount: 1, pageInfo: { hasNextPage: false, endCursor: null }, nodes: [check] } } };
}

const told = (nodes: readonly (JsonObject | null)[], problems: readonly { readonly index: number; readonly missing?: boolean }[] = []): GraphqlAnswer => ({
  is: "data",
  data: { nodes },
  cost: 1,
  nodeCount: 1,
  observedAt: AT,
  problems: problems.map(({ index, missing = false }) => {
    const path = ["nodes", index, "checkSuite"];
    const lacking = { message: "checks", permissions: [["checks=read"]], scopes: [], grantedScopes: null, ssoUrl: null };
    return { path, type: missing ? "FORBIDDEN" : "SOME", message: missing ? "checks" : "Something went wrong", lost: path, missing: missing ? lacking : null };
  }),
});

/** What it gathered of REST's four runs, in which documents it asked for them, and how it ended. */
async function walked(answer: (ids: readonly string[]) => GraphqlAnswer): Promise<{ readonly ids: readonly string[]; readonly gaps: readonly string[]; readonly asked: readonly number[]; readonly end: WalkEnd }> {
  const asked: number[] = [];
  const github: Pick<GitHubPort, "graphql" | "list"> = {
    graphql: async (_document, { ids }) => {
      await Promise.resolve();
      const some = ids as readonly string[];
      asked.push(some.length);
      return answer(some);
    },
    async *list() {
      await Promise.resolve();
      yield { is: "page", url: "1", items: NAMES.map((id) => ({ node_id: id })), totalCount: 4, incomplete: false, observedAt: AT, cost: 1, moved: null, etag: null, lastModified: null, next: null, hiddenOrganizations: [], scopes: null };
    },
  };
  const context: WalkContext = { github: github as GitHubPort, call: { purpose: "backfill", kind: "check-run" }, kinds, place: { org: "octo", repository: { id: 1, name_with_owner: "octo/hello" } }, since: null, until: null };
  const walk = walkNamed(context, { parent: kindOf(kinds, "workflow-run"), names: { by: "rest" }, wanted, atOnce: 100 }, null);
  const steps: Gathered[] = [];
  for (;;) {
    const { done, value } = await walk.next();
    if (done === true) return { ids: steps.flatMap(({ observations }) => observations.map(({ id }) => id)), gaps: steps.flatMap(({ gaps }) => gaps), asked, end: value };
    steps.push(value.gathered);
  }
}

test("all at once; what is gone since its name was read is passed over", async () => {
  expect(await walked((ids) => told(ids.map((id) => (id === "RUN_3" ? null : run(id)))))).toEqual({ ids: ["1", "2", "4"], gaps: [], asked: [4], end: { is: "whole" } });
});

test("what GitHub failed at is asked for by itself; what it fails at again is a gap", async () => {
  const answer = (ids: readonly string[]): GraphqlAnswer => told(ids.map(run), ids.flatMap((id, index) => (id === "RUN_4" || (id === "RUN_2" && ids.length > 1) ? [{ index }] : [])));
  expect(await walked(answer)).toEqual({ ids: ["1", "2", "3"], gaps: ["workflow-run RUN_4: Something went wrong"], asked: [4, 1, 1], end: { is: "whole" } });
});

test("fewer at once where it is too heavy; one that is too heavy alone is a gap", async () => {
  const answer = (ids: readonly string[]): GraphqlAnswer => (ids.length > 2 || ids.includes("RUN_3") ? { is: "too-heavy", reason: "timeout", message: "too heavy" } : told(ids.map(run)));
  expect(await walked(answer)).toEqual({ ids: ["1", "2", "4"], gaps: ["workflow-run RUN_3: too heavy"], asked: [4, 2, 2, 1, 1], end: { is: "whole" } });
});

test("a permission that is missing ends it", async () => {
  expect(await walked((ids) => told(ids.map(run), [{ index: 0, missing: true }]))).toMatchObject({ ids: [], end: { is: "forbidden", missing: { permissions: [["checks=read"]] } } });
});

test.each([250, 6000])("a token that may see statuses and no checks: all statuses come, and the checks say which permission they take (an answer takes %d ms)", async (latencyMs) => {
  const simulated = simulateGitHub({
    latencyMs,
    repositories: 1,
    pullRequests: 60,
    richness: "full",
    token: ({ server, organization, world }) => {
      for (const repository of world.repositories.values()) if (repository.owner === organization) world.journal.set(repository, "visibility", "private");
      const [owner] = organization.members;
      if (owner === undefined) throw new Error("No members");
      return server.credentials.fineGrained(owner.user, { metadata: "read", contents: "read", pull_requests: "read", actions: "read", statuses: "read" });
    },
  });
  const world = makeJobWorld(simulated);
  await world.send({ type: "discover", run: "r1", part: "r1:octo-demo", turn: 0, source: "octo-demo", since: null, until: null, kinds: ["check-run", "status"] });
  await world.drain();
  const repository = simulated.oracle.repositories().find(({ owner }) => owner === simulated.organization);
  const statuses = [...simulated.oracle.things("status", repository)].filter(({ record: { sha } }) => repository !== undefined && isNamed(repository, sha));
  expect(statuses.length).toBeGreaterThan(5);
  expect(world.store.sources("status")).toHaveLength(statuses.length);
  expect(world.store.sources("check-run")).toEqual([]);
  const parts = world.parts().filter(({ type }) => type === "backfill");
  expect(parts.map(({ state, missing_permission: permission, missing_kinds: missed }) => `${state} ${permission ?? ""} ${missed.join()}`)).toEqual(Array.from({ length: 3 }, () => "cannot-see checks=read; classic token: repo check-run"));
  // Three answers fit into an invocation: there are several, and each goes on where the one before it stopped.
  if (latencyMs > 1000) expect(Math.max(...parts.map(({ turn }) => turn))).toBeGreaterThan(1);
});
