import { describe, expect, jest, test } from "@jest/globals";
import { kinds } from "@octally/model/registry";
import { issue as issueKind } from "@octally/model/kinds/issue";
import { isNoWay } from "@octally/model/sources";
import type { GitHub } from "@octally/github/make-github";
import { toObservation } from "@octally/model/to-observation";
import { deleteComment, editComment } from "@octally/github-simulator/operations/conversations";
import { deleteIssue } from "@octally/github-simulator/operations/issues";
import { inviteMember, removeMember } from "@octally/github-simulator/operations/organization";
import { addDraftIssue, createProject, deleteItem, deleteProject } from "@octally/github-simulator/operations/projects";
import { deleteLabel } from "@octally/github-simulator/operations/labels-and-milestones";
import { createRepository, renameRepository } from "@octally/github-simulator/operations/repository";
import { toJobMessage } from "@octally/shared/sync-job";
import { makeJobWorld, type JobWorld } from "../test/job-world.ts";
import { simulateGitHub, type SimulatedGitHub, type SimulatedOptions } from "../test/simulated-github.ts";
import { relocate } from "./relocate.ts";

jest.setTimeout(60_000);

async function loaded(options: SimulatedOptions = {}): Promise<{ readonly simulated: SimulatedGitHub; readonly world: JobWorld; readonly repository: { readonly id: number; readonly name_with_owner: string } }> {
  const simulated = simulateGitHub({ richness: "full", pullRequests: 40, repositories: 1, ...options });
  const world = makeJobWorld(simulated);
  await world.send({ type: "discover", run: "r1", part: "r1:octo-demo", turn: 0, source: "octo-demo", since: null, until: null, kinds: kinds.map(({ name }) => name) });
  await world.drain();
  const repository = simulated.oracle.repositories().find(({ owner }) => owner === simulated.organization);
  return { simulated, world, repository: { id: repository?.id ?? 0, name_with_owner: `octo-demo/${repository?.name ?? ""}` } };
}

const found = async (world: JobWorld, run: string): Promise<unknown> => {
  const document = (await world.states.read("sync-run", [run])).get(run)?.document;
  return { state: document?.["state"], missing: document?.["missing"], stale: document?.["stale"], surplus: document?.["surplus"] };
};

describe("an inventory", () => {
  test("finds nothing where nothing has changed, of every kind that has one", async () => {
    const { simulated, world, repository } = await loaded();
    simulated.clock.moveTo(simulated.clock.now() + 60_000);
    const all = kinds.filter(({ sources: { inventory } }) => !isNoWay(inventory)).filter(({ name }) => name !== "repository");
    for (const { name, scope } of all) await world.syncJobs.sendAll([toJobMessage({ type: "inventory", run: `i:${name}`, kind: name, org: "octo-demo", repository: scope === "organization" || name === "team-repository" ? null : repository, reason: "test" })]);
    await world.drain();
    for (const { name } of all) expect({ name, ...(await found(world, `i:${name}`) as object) }).toEqual({ name, state: "done", missing: 0, stale: 0, surplus: 0 });
    expect(all.length).toBeGreaterThan(25);
  });

  test("what is never gone, and in no list any more, is no surplus", async () => {
    const { world, repository, simulated } = await loaded();
    const [known] = (await world.ports.library.scan("status", { repositoryId: repository.id })[Symbol.asyncIterator]().next()).value ?? [];
    if (known === undefined) throw new Error("There are no statuses.");
    const at = new Date(simulated.clock.now() - 86_400_000).toISOString();
    const sha = "f".repeat(40);
    await world.ports.store.write([{ ...known, kind: "status", id: `${repository.id}:${sha}:ci`, document: { ...known.document, sha, context: "ci" }, observedAt: at, version: 1n, source: "webhook", archive: null, deletedAt: null }]);
    await world.syncJobs.sendAll([toJobMessage({ type: "inventory", run: "i:status", kind: "status", org: "octo-demo", repository, reason: "test" })]);
    await world.drain();
    expect(await found(world, "i:status")).toEqual({ state: "done", missing: 0, stale: 0, surplus: 0 });
  });

  test("goes on where its time was over", async () => {
    // Every answer takes as long: one fits into an invocation's time, and no second.
    const { simulated, world, repository } = await loaded({ passTime: () => Promise.resolve() });
    simulated.clock.moveTo(simulated.clock.now() + 60_000);
    const before = simulated.requests();
    for (const kind of ["issue-comment", "review", "timeline-event"]) await world.syncJobs.sendAll([toJobMessage({ type: "inventory", run: `i:${kind}`, kind, org: "octo-demo", repository, reason: "test" })]);
    await world.drain({ timeMs: 300 });
    for (const kind of ["issue-comment", "review", "timeline-event"]) expect({ kind, ...(await found(world, `i:${kind}`) as object) }).toEqual({ kind, state: "done", missing: 0, stale: 0, surplus: 0 });
    expect(simulated.requests() - before).toBeLessThan(20);
  });

  test("of the content finds what changed without moving a time, and what stands under a former name", async () => {
    const { simulated, world, repository } = await loaded();
    const [founder] = simulated.organization.members;
    const mine = simulated.oracle.repositories().find(({ id }) => id === repository.id);
    const labeled = mine?.issues.find(({ labels }) => labels.length > 0);
    const [label] = labeled?.labels ?? [];
    const renamed = mine?.issues.find((issue) => label !== undefined && issue !== labeled && !issue.labels.includes(label));
    if (founder === undefined || labeled === undefined || label === undefined || renamed === undefined) throw new Error("too small");
    const before = labeled.updatedAt;
    deleteLabel(simulated.world, { actor: founder.user, label });
    expect(labeled.updatedAt).toBe(before);
    const stored = (await world.ports.library.byIds("issue", [String(renamed.id)]))[0];
    if (stored === undefined) throw new Error("not loaded");
    const at = new Date(simulated.clock.now() + 1000).toISOString();
    await world.store.write([toObservation(issueKind, stored.id, stored.document, { org: "octo-demo", repository: { id: repository.id, name_with_owner: "octo-demo/formerly" } }, { observedAt: at, source: "webhook", archive: null, deletedAt: null })]);
    const others = mine?.issues.filter(({ labels }) => labels.includes(label)).length ?? 0;
    simulated.clock.moveTo(simulated.clock.now() + 120_000);
    for (const compares of ["times", "content"] as const) await world.syncJobs.sendAll([toJobMessage({ type: "inventory", run: `i:${compares}`, kind: "issue", org: "octo-demo", repository, compares, reason: "test" })]);
    await world.drain({ lanes: 1, batchSize: 1 });
    expect(others).toBe(0);
    expect(await found(world, "i:times")).toEqual({ state: "done", missing: 0, stale: 0, surplus: 0 });
    expect(await found(world, "i:content")).toMatchObject({ state: "done", missing: 0, surplus: 0 });
    expect(world.store.sourceOf("issue", String(labeled.id))).toMatchObject({ labels: labeled.labels.map(({ name }) => ({ name })) });
    expect(world.store.sourceOf("issue", String(renamed.id))).toMatchObject({ repository });
  });

  test("mends what no event told: comments that were changed, deleted, or never seen", async () => {
    const { simulated, world, repository } = await loaded();
    const [founder] = simulated.organization.members;
    const mine = simulated.oracle.repositories().find(({ id }) => id === repository.id);
    const [edited, deleted] = mine?.issueComments ?? [];
    const [issue] = mine?.issues ?? [];
    if (founder === undefined || edited === undefined || deleted === undefined || issue === undefined) throw new Error("too small");
    simulated.clock.moveTo(simulated.clock.now() + 120_000);
    editComment(simulated.world, { actor: founder.user, comment: edited, body: "Better said" });
    deleteComment(simulated.world, { actor: founder.user, comment: deleted });
    const below = mine?.issueComments.filter(({ on }) => on === issue).length ?? 0;
    deleteIssue(simulated.world, { actor: founder.user, issue });
    simulated.clock.moveTo(simulated.clock.now() + 120_000);
    for (const kind of ["issue-comment", "issue"]) await world.syncJobs.sendAll([toJobMessage({ type: "inventory", run: `i:${kind}`, kind, org: "octo-demo", repository, reason: "test" })]);
    await world.drain();
    expect(await found(world, "i:issue")).toEqual({ state: "done", missing: 0, stale: 0, surplus: 1 });
    expect(await found(world, "i:issue-comment")).toMatchObject({ state: "done", missing: 0, surplus: expect.any(Number) });
    expect(world.store.sourceOf("issue", String(issue.id))).toMatchObject({ octally: { deleted: true } });
    expect(world.store.sourceOf("issue-comment", String(deleted.id))).toMatchObject({ octally: { deleted: true } });
    if (edited.on !== issue) expect(world.store.sourceOf("issue-comment", String(edited.id))).toMatchObject({ body: "Better said", octally: { deleted: false } });
    expect(below).toBeGreaterThanOrEqual(0);
  });

  test("a project that is shown, and on which nothing is left, tells that its items are gone", async () => {
    const simulated = simulateGitHub({ pullRequests: 5, repositories: 1 });
    const actor = (simulated.organization.members[0] ?? { user: undefined }).user;
    if (actor === undefined) throw new Error("too small");
    for (const project of simulated.organization.projects) deleteProject(simulated.world, { actor, project });
    const item = addDraftIssue(simulated.world, { actor, project: createProject(simulated.world, { actor, organization: simulated.organization, title: "Private" }), title: "Once" });
    const world = makeJobWorld(simulated);
    await world.send({ type: "discover", run: "r1", part: "r1:octo-demo", turn: 0, source: "octo-demo", since: null, until: null, kinds: ["project", "project-item"] });
    await world.drain();
    deleteItem(simulated.world, { actor, item });
    simulated.clock.moveTo(simulated.clock.now() + 600_000);
    await world.syncJobs.sendAll([toJobMessage({ type: "inventory", run: "i:items", kind: "project-item", org: "octo-demo", repository: null, compares: "content", reason: "test" })]);
    await world.drain();
    expect(await found(world, "i:items")).toEqual({ state: "done", missing: 0, stale: 0, surplus: 1 });
    expect(world.store.sourceOf("project-item", String(item.id))).toMatchObject({ octally: { deleted: true } });
  });

  test.each(["issue", "label", "review", "branch"])("of a repository whose name another has by now buries nothing, and finds it where the store knows it to be: %s", async (kind) => {
    const { simulated, world, repository } = await loaded({ repositories: 2 });
    const [founder] = simulated.organization.members;
    const moved = simulated.world.repositories.get(repository.id);
    if (founder === undefined || moved === undefined) throw new Error("The organisation is too small.");
    const stored = [...world.store.entries(kind)].filter(({ source }) => (source()["repository"] as { readonly id: number }).id === repository.id);
    expect(stored.length).toBeGreaterThan(0);
    renameRepository(simulated.world, { actor: founder.user, repository: moved, name: "elsewhere" });
    createRepository(simulated.world, { actor: founder.user, owner: simulated.organization, name: repository.name_with_owner.split("/")[1] ?? "" });
    simulated.clock.moveTo(simulated.clock.now() + 600_000);
    const order = async (run: string): Promise<void> => {
      await world.syncJobs.sendAll([toJobMessage({ type: "inventory", run, kind, org: "octo-demo", repository, reason: "test" })]);
      await world.drain();
    };
    await order("i:before");
    expect(await found(world, "i:before")).toMatchObject({ state: "failed", surplus: 0 });
    await relocate(world.ports, { type: "relocate-repository", org: "octo-demo", repository: { id: moved.id, name_with_owner: "octo-demo/elsewhere" }, from: repository.name_with_owner, change: "renamed", at: new Date(simulated.clock.now() - 60_000).toISOString() });
    await order("i:after");
    expect(await found(world, "i:after")).toEqual({ state: "done", missing: 0, stale: 0, surplus: 0 });
    expect([...world.store.entries(kind)].filter(({ deletedAt }) => deletedAt !== null)).toEqual([]);
  });

  test("who was a member and is only invited by now is a member no more", async () => {
    const { simulated, world } = await loaded({ pullRequests: 5 });
    const [founder, other] = simulated.organization.members;
    if (founder === undefined || other === undefined) throw new Error("too small");
    const [of, { user }] = [{ actor: founder.user, organization: simulated.organization }, other];
    removeMember(simulated.world, { ...of, user });
    inviteMember(simulated.world, { ...of, user });
    simulated.clock.moveTo(simulated.clock.now() + 600_000);
    await world.syncJobs.sendAll([toJobMessage({ type: "inventory", run: "i:members", kind: "member", org: "octo-demo", repository: null, reason: "test" })]);
    await world.drain();
    expect(await found(world, "i:members")).toEqual({ state: "done", missing: 0, stale: 0, surplus: 1 });
    expect(world.store.sourceOf("member", `${simulated.organization.id}:${user.id}`)).toMatchObject({ octally: { deleted: true } });
  });

  test("who was a member, and whose login another member has by now, is a member no more", async () => {
    const { simulated, world } = await loaded();
    const [known] = world.store.observations("member");
    if (known === undefined) throw new Error("There are no members.");
    simulated.clock.moveTo(simulated.clock.now() + 600_000);
    const { organization, user } = known.document as { readonly organization: { readonly id: number }; readonly user: { readonly id: number; readonly login: string } };
    const id = `${organization.id}:4711`;
    await world.ports.store.write([{ ...known, id, document: { ...known.document, user: { ...user, id: 4711 } }, version: 1n }]);
    await world.syncJobs.sendAll([toJobMessage({ type: "inventory", run: "i:member", kind: "member", org: "octo-demo", repository: null, reason: "test" })]);
    await world.drain();
    expect(await found(world, "i:member")).toEqual({ state: "done", missing: 0, stale: 0, surplus: 1 });
    expect([...world.store.entries("member")].filter(({ deletedAt }) => deletedAt !== null).map((one) => one.id)).toEqual([id]);
  });

  test("takes a list as a word about what hangs from its things; what GitHub shows by itself, or has switched off, stays", async () => {
    const { simulated, world, repository } = await loaded();
    simulated.clock.moveTo(simulated.clock.now() + 600_000);
    const made = async (kind: string, change: object): Promise<string> => {
      const [entry] = world.store.entries(kind);
      const { org, repository: of, octally: _, ...document } = entry?.source() ?? {};
      const at = new Date(simulated.clock.now() - 60_000).toISOString();
      const id = `made-${kind}`;
      await world.store.write([{ kind, id, org: org as string, repository: of as never, document: { ...document, ...change }, deletedAt: null, version: 1n, observedAt: at, source: "rest", archive: null }]);
      return id;
    };
    const gone = [await made("workflow-job", { id: 1 }), await made("pull-request-files", {}), await made("dependabot-alert", { number: 4711 })];
    const shown = [...world.store.entries("secret-scanning-alert")].length;
    expect(shown).toBeGreaterThan(0);
    const switchedOff = [...world.store.entries("code-scanning-alert")].length;
    expect(switchedOff).toBeGreaterThan(0);
    const { github } = world.ports;
    const clientFor: typeof github.clientFor = async (...asked) => {
      const connected = await github.clientFor(...asked);
      if (connected.is === "not-installed") return connected;
      const list: typeof connected.github.list = (request, call) => (request.path.includes("code-scanning") ? disabled() : request.path.includes("secret-scanning") ? emptied(connected.github.list(request, call)) : connected.github.list(request, call));
      return { ...connected, github: { ...connected.github, list } };
    };
    Object.assign(world.ports, { github: { ...github, clientFor } });
    const asked = ["workflow-job", "pull-request-files", "dependabot-alert", "secret-scanning-alert", "code-scanning-alert"];
    for (const kind of asked) await world.syncJobs.sendAll([toJobMessage({ type: "inventory", run: `i:${kind}`, kind, org: "octo-demo", repository, reason: "test" })]);
    await world.drain();
    for (const [index, id] of gone.entries()) expect(world.store.sourceOf(asked[index] ?? "", id)).toMatchObject({ octally: { deleted: true } });
    expect(await found(world, "i:dependabot-alert")).toEqual({ state: "done", missing: 0, stale: 0, surplus: 1 });
    expect(await found(world, "i:secret-scanning-alert")).toEqual({ state: "done", missing: 0, stale: 0, surplus: 0 });
    expect(await found(world, "i:code-scanning-alert")).toEqual({ state: "cannot-see", missing: 0, stale: 0, surplus: switchedOff });
    expect([...world.store.entries("code-scanning-alert"), ...world.store.entries("secret-scanning-alert")].filter(({ deletedAt }) => deletedAt !== null)).toEqual([]);
  });
});

async function* emptied(pages: ReturnType<GitHub["list"]>): ReturnType<GitHub["list"]> {
  for await (const page of pages) yield page.is === "page" ? { ...page, items: [] } : page;
}

async function* disabled(): ReturnType<GitHub["list"]> {
  yield await Promise.resolve({ is: "disabled" as const, message: "Code scanning is not enabled for this repository.", url: "", observedAt: null, cost: 1, moved: null, etag: null, lastModified: null });
}
