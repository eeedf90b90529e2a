import { expect, test } from "@jest/globals";
import { push } from "../operations/branches-and-commits.ts";
import { createStatus } from "../operations/checks.ts";
import { addSubIssue, deleteIssue, openIssue } from "../operations/issues.ts";
import { deleteUser } from "../operations/accounts.ts";
import { createRepository, deleteRepository } from "../operations/repository.ts";
import { fork } from "../operations/stars-forks-watchers.ts";
import { exampleWorld } from "./example-world.ts";
import { makeGraphql, type GraphqlBody } from "./graphql.ts";

const example = exampleWorld(2);
const { world, owner, shop, people } = example;
const graphql = makeGraphql(world);
const run = (query: string, variables: object = {}, next = false): GraphqlBody => graphql.execute({ query, variables }, owner, { nextGlobalIds: next }).body;

test("nodes takes ids of both formats and of every type; what is gone is null with an error of its own", () => {
  const { data } = run(`{ repository(owner: "octo-demo", name: "shop") { id issues(first: 1) { nodes { id comments(first: 1) { nodes { id } } } } pullRequests(first: 1) { nodes { id
    reviews(first: 1) { nodes { id } } reviewThreads(first: 1) { nodes { id comments(first: 1) { nodes { id } } } } timelineItems(first: 1) { nodes { ... on Node { id } } } } } defaultBranchRef { id target { id } }
    labels(first: 1) { nodes { id } } discussions(first: 1) { nodes { id comments(first: 1) { nodes { id } } } } latestRelease { id releaseAssets(first: 1) { nodes { id } } } vulnerabilityAlerts(first: 1) { nodes { id } } owner { id } } }`);
  const ids = [...JSON.stringify(data).matchAll(/"id":"(.+?)"/g)].map(([, id = ""]) => id);
  expect(ids.length).toBe(17);
  const answered = run("query($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }", { ids });
  expect(answered.errors).toBeUndefined();
  expect((answered.data as { nodes: { id: string }[] }).nodes.map(({ id }) => id)).toEqual(ids);

  const [issue] = shop.issues;
  const old = Buffer.from(`05:Issue${issue?.id}`).toString("base64");
  const gone = Buffer.from("05:Issue99").toString("base64");
  expect(run("query($ids: [ID!]!) { nodes(ids: $ids) { ... on Issue { title } ... on User { login } } }", { ids: [old, gone, "nonsense", Buffer.from(`04:User${people.bob.id}`).toString("base64")] })).toEqual({
    data: { nodes: [{ title: "It breaks" }, null, null, { login: "bob" }] },
    errors: [1, 2].map((index) => ({ type: "NOT_FOUND", path: ["nodes", index], locations: [{ line: 1, column: 23 }], message: `Could not resolve to a node with the global id of '${index === 1 ? gone : "nonsense"}'` })),
  });
});

test("more than 100 ids are refused", () => {
  expect(run("query($ids: [ID!]!) { nodes(ids: $ids) { id } }", { ids: Array.from({ length: 101 }, () => "x") })).toMatchObject({ data: null, errors: [{ type: "ARGUMENT_LIMIT", message: "You may not provide more than 100 node ids; you provided 101." }] });
});

test("an object made before the formats changed has its old id, but for those who ask for the new one", () => {
  const query = '{ user(login: "ghostwriter") { id } }';
  const early = exampleWorld(0);
  const user = { ...early.people.bob, login: "ghostwriter", id: 583_231, createdAt: Date.UTC(2011, 0, 25) };
  early.world.users.set(user.id, user);
  early.world.accountsByLogin.set("ghostwriter", user);
  const answer = (next: boolean) => makeGraphql(early.world).execute({ query }, early.owner, { nextGlobalIds: next }).body.data;
  expect([answer(false), answer(true)]).toEqual([{ user: { id: "MDQ6VXNlcjU4MzIzMQ==" } }, { user: { id: "U_kgDOAAjmPw" } }]);
});

test("a deleted account is null where it wrote, and its id is gone", () => {
  const { world: other, people: { eve }, owner: ada } = exampleWorld(1);
  const api = makeGraphql(other);
  const id = Buffer.from(`04:User${eve.id}`).toString("base64");
  deleteUser(other, { user: eve });
  expect(api.execute({ query: `{ repository(owner: "octo-demo", name: "shop") { issue(number: 1) { title author { login } } } node(id: "${id}") { id } }` }, ada).body).toMatchObject({ data: { repository: { issue: { title: "It breaks", author: null } }, node: null }, errors: [{ type: "NOT_FOUND", path: ["node"] }] });
});

test("an event's other end is null where its repository is gone", () => {
  const { world: other, owner: ada, organization, shop: here } = exampleWorld(1);
  const api = makeGraphql(other);
  const actor = organization.members[0]!.user;
  const elsewhere = createRepository(other, { actor, owner: organization, name: "plans" });
  const child = openIssue(other, { actor, repository: here, title: "A part" });
  addSubIssue(other, { actor, parent: openIssue(other, { actor, repository: elsewhere, title: "All" }), child });
  const ask = () => api.execute({ query: `{ repository(owner: "octo-demo", name: "shop") { issue(number: ${child.number}) { timelineItems(first: 9) { nodes { ... on ParentIssueAddedEvent { parent { title } } } } } } }` }, ada).body.data;
  const told = (parent: object | null): object => ({ repository: { issue: { timelineItems: { nodes: [{ parent }] } } } });
  expect(ask()).toEqual(told({ title: "All" }));
  deleteRepository(other, { actor, repository: elsewhere });
  expect(ask()).toEqual(told(null));
});

test("ids beyond 32 bits are sent, as GitHub does", () => {
  expect(run('{ repository(owner: "octo-demo", name: "shop") { issue(number: 1) { databaseId fullDatabaseId } } }').data).toEqual({ repository: { issue: { databaseId: 2_150_000_000, fullDatabaseId: "2150000000" } } });
});

test("a comment on a pull request knows it and the issue behind it", () => {
  const { data } = run('{ repository(owner: "octo-demo", name: "shop") { pullRequest(number: 4) { databaseId comments(first: 1) { nodes { pullRequest { number } issue { number databaseId subIssues(first: 1) { totalCount } } } } } } }');
  const [pull] = shop.pullRequests;
  expect(data).toEqual({ repository: { pullRequest: { databaseId: pull?.id, comments: { nodes: [{ pullRequest: { number: 4 }, issue: { number: 4, databaseId: pull?.issueId, subIssues: { totalCount: 0 } } }] } } } });
});

test("a read of the past", () => {
  const { world: other, owner: ada, shop: repository, people: { bob }, tick } = exampleWorld(1);
  const api = makeGraphql(other);
  const count = (): unknown => api.execute({ query: '{ repository(owner: "octo-demo", name: "shop") { issues(first: 100) { totalCount nodes { number } } defaultBranchRef { target { ... on Commit { history(first: 2) { totalCount nodes { oid status { contexts { context } } } } } } } } }' }, ada).body.data;
  other.journal.remember(3_600_000);
  const [before, at] = [count(), other.now()];
  tick();
  openIssue(other, { actor: bob, repository, title: "After", body: null });
  const head = repository.branches.find(({ name }) => name === "main")?.head.sha ?? "";
  createStatus(other, { actor: bob, repository, sha: head, context: "late", state: "success" });
  push(other, { actor: bob, repository, branch: "main", commits: [{ message: "After" }] });
  const after = count();
  expect(after).not.toEqual(before);
  expect(other.journal.asOf(at, count)).toEqual(before);
  expect(count()).toEqual(after);
});

test("a deleted issue is not found by number or id, others are", () => {
  const { world: other, shop: repository, owner: ada, people: { ada: actor } } = exampleWorld(0);
  const [first] = repository.issues;
  if (first === undefined) throw new Error("No issue");
  deleteIssue(other, { actor, issue: first });
  const { body } = makeGraphql(other).execute({ query: '{ repository(owner: "octo-demo", name: "shop") { one: issue(number: 1) { id } two: issue(number: 2) { number } } }' }, ada);
  expect(body).toMatchObject({ data: { repository: { one: null, two: { number: 2 } } }, errors: [{ type: "NOT_FOUND", path: ["repository", "one"], message: "Could not resolve to an Issue with the number of 1." }] });
});

test("the commits of a fork outlive the repository that it was made from, without its checks", () => {
  const { world: other, owner: ada, shop: origin, people: { bob } } = exampleWorld(1);
  createStatus(other, { actor: bob, repository: origin, sha: origin.commits[0]?.sha ?? "", context: "ci", state: "success" });
  fork(other, { actor: bob, repository: origin, name: "kept" });
  deleteRepository(other, { actor: bob, repository: origin });
  const query = '{ repository(owner: "bob", name: "kept") { defaultBranchRef { target { ... on Commit { status { state } statusCheckRollup { state } checkSuites(first: 1) { totalCount } } } } } }';
  expect(makeGraphql(other).execute({ query }, ada, {}).body).toEqual({ data: { repository: { defaultBranchRef: { target: { status: null, statusCheckRollup: null, checkSuites: { totalCount: 0 } } } } } });
});
