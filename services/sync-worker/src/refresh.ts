/**
 * Some things of a kind again, whole, by the ways that the kind declares. What GitHub does not find is not gone: only its positive word
 * makes a tombstone (the kind's `deletion`).
 */
import type { Call } from "@octally/github/call";
import { finishNested } from "@octally/github/finish-nested";
import { problemsAt } from "@octally/github/graphql-problem";
import type { Kind } from "@octally/model/define-kind";
import { nodesDocument, type Wanted } from "@octally/model/graphql-documents";
import { observeGone, observeRestObject } from "@octally/model/observe-fetched";
import { wayToAsk } from "@octally/model/refresh-subject";
import { isNoWay, type One } from "@octally/model/sources";
import { PermanentError } from "@octally/shared/errors";
import { isJsonObject, type JsonObject } from "@octally/shared/json";
import { toJobMessage, type BackfillJob, type RefreshJob, type RefreshSubject } from "@octally/shared/sync-job";
import { gather, NOTHING, together, type Gathered } from "./core/gathered.ts";
import { kindOf } from "./core/kind-of.ts";
import { isEach, listingOf } from "./core/plan-parts.ts";
import { goneBelow, type ListBelow } from "./gone-below.ts";
import type { JobPorts } from "./job-ports.ts";
import { atItsPlace, followMoved } from "./overtaken.ts";
import { storeAll } from "./store-step.ts";
import { gatherFinished } from "./walks/walk-connection.ts";
import { parametersOf } from "./walks/walk-rest.ts";
import { readBelow } from "./walks/walk-each.ts";
import { timeOf, type GitHubPort, type WalkContext } from "./walks/walk.ts";

type Asking = { readonly ports: JobPorts; readonly github: GitHubPort; readonly call: Call; readonly kind: Kind; readonly job: RefreshJob };

/** @throws TransientError where GitHub or the store fails: the job comes again, whole */
export async function refresh(ports: JobPorts, github: GitHubPort, call: Call, asked: RefreshJob): Promise<void> {
  const kind = kindOf(ports.kinds, asked.kind);
  // A repository itself is asked for by the name at which somebody wants to know.
  const job = kind.name === "repository" ? asked : await atItsPlace(ports, asked);
  const asking: Asking = { ports, github, call, kind, job };
  const groups = Map.groupBy(job.subjects, (subject) => wayToAsk(kind, subject, job.repository !== null) ?? null);
  let gathered = NOTHING;
  for (const [way, subjects] of groups) gathered = together(gathered, way === null ? NOTHING : await askBy(asking, way, subjects));
  const { refused } = await storeAll(ports, gathered.observations);
  if (gathered.observations.length > 0 && job.repository !== null && kind.name !== "repository") await followMoved(ports, [job.repository]);
  const gaps = [...gathered.gaps, ...refused, ...gathered.refreshes.map(({ kind: name, subject }) => `${name} ${subject.key ?? subject.node_id ?? ""}: still not whole`)];
  if (gaps.length > 0) throw new PermanentError("not-whole", `GitHub did not give everything of ${job.kind}: ${gaps.slice(0, 5).join("; ")}`);
}

async function askBy(asking: Asking, way: One, subjects: readonly RefreshSubject[]): Promise<Gathered> {
  switch (way.by) {
    case "node":
      return askNodes(asking, way, subjects);
    case "rest": {
      let gathered = NOTHING;
      for (const subject of subjects) gathered = together(gathered, await askRest(asking, way, subject));
      return gathered;
    }
    case "parent": {
      let gathered = NOTHING;
      for (const key of new Set(subjects.map(({ key: name }) => name ?? ""))) {
        const below = await askParents(asking, key);
        gathered = together(gathered, together(below.gathered, { ...NOTHING, observations: await goneBelow(asking.ports, asking.job, key, below) }));
      }
      return gathered;
    }
    case "list":
      await askList(asking);
      return NOTHING;
    default:
      return way satisfies never;
  }
}

async function askNodes({ ports, github, call, kind, job }: Asking, { atOnce }: Extract<One, { by: "node" }>, subjects: readonly RefreshSubject[]): Promise<Gathered> {
  const wanted: Wanted = { whole: true, children: [] };
  const read = nodesDocument(ports.kinds, kind, wanted);
  let gathered = NOTHING;
  let size = atOnce;
  for (let start = 0; start < subjects.length; ) {
    const some = subjects.slice(start, start + size);
    const answer = await github.graphql(read.document, { ids: some.map(({ node_id: id }) => id ?? "") }, call);
    if (answer.is === "forbidden") throw new PermanentError("cannot-see", answer.missing.message);
    if (answer.is === "too-heavy") {
      if (size === 1) return together(gathered, { ...NOTHING, gaps: [`${kind.name} ${some[0]?.node_id ?? ""}: ${answer.message}`] });
      size = Math.ceil(size / 2);
      continue;
    }
    const nodes: readonly unknown[] = Array.isArray(answer.data["nodes"]) ? answer.data["nodes"] : [];
    const around = { org: job.org, repository: job.repository, below: {}, observedAt: timeOf(answer.observedAt) };
    for (const [index, subject] of some.entries()) {
      const node = nodes[index];
      const problems = problemsAt(answer.problems, ["nodes", index]);
      // NOT_FOUND: gone, or not visible. Inventories and events find out which.
      if (!isJsonObject(node)) continue;
      if (problems.length > 0) gathered = together(gathered, await askOtherwise({ ports, github, call, kind, job }, subject, problems[0]?.message ?? ""));
      else gathered = together(gathered, gatherFinished(ports.kinds, kind, wanted, await finishNested(github.graphql, node, read.nested, call), around));
    }
    start += some.length;
  }
  return gathered;
}

/** GitHub failed at a part of it. */
async function askOtherwise(asking: Asking, subject: RefreshSubject, problem: string): Promise<Gathered> {
  const { one } = asking.kind.sources;
  const way = isNoWay(one) ? undefined : one.find(({ by }) => by === "rest");
  if (way?.by === "rest" && subject.key !== undefined) return askRest(asking, way, subject);
  return { ...NOTHING, gaps: [`${asking.kind.name} ${subject.node_id ?? ""}: ${problem}`] };
}

async function askRest({ ports, github, call, kind, job }: Asking, way: Extract<One, { by: "rest" }>, subject: RefreshSubject): Promise<Gathered> {
  const place = { org: job.org, repository: job.repository };
  const answer = await github.get({ path: way.path, parameters: { ...parametersOf({ place }, way.path), key: subject.key } }, call);
  switch (answer.is) {
    case "found":
      return isJsonObject(answer.data) ? gather([observeRestObject(kind, answer.data, { ...place, below: {}, observedAt: timeOf(answer.observedAt) })]) : NOTHING;
    case "missing":
      return answer.why === "gone" && "answers410" in kind.sources.deletion && kind.sources.deletion.answers410 ? buryOne(ports, kind, subject, timeOf(answer.observedAt)) : NOTHING;
    case "forbidden":
      throw new PermanentError("cannot-see", answer.missing.message);
    case "refused":
      throw new PermanentError("github-refused", `GitHub refuses ${way.path}: ${answer.status} ${answer.message}`);
    case "disabled":
    case "empty-repository":
    case "not-modified":
    case "not-ready":
      return NOTHING;
    default:
      return answer satisfies never;
  }
}

async function buryOne({ library }: JobPorts, kind: Kind, { id }: RefreshSubject, observedAt: string): Promise<Gathered> {
  if (id === undefined) return NOTHING;
  const stored = (await library.byIds(kind.name, [id])).filter(({ deletedAt }) => deletedAt === null);
  return { ...NOTHING, observations: stored.map((one) => observeGone(kind, one, { observedAt, source: "rest" })) };
}

/** Of an issue or of a pull request: the number alone does not tell. */
async function askParents(asking: Asking, key: string): Promise<ListBelow> {
  const { one } = asking.kind.sources;
  for (const way of isNoWay(one) ? [] : one) {
    const below = way.by === "parent" ? await askParent(asking, way, key) : undefined;
    if (below !== undefined) return below;
  }
  return { gathered: NOTHING, wholeAt: null, path: "" };
}

/** With all others of its parent; undefined where there is none. */
async function askParent({ ports, github, call, kind, job }: Asking, way: Extract<One, { by: "parent" }>, key: string): Promise<ListBelow | undefined> {
  const { kinds } = ports;
  const parent = kindOf(kinds, way.parent);
  const item = await fetchParent({ github, call, job }, parent, key);
  if (item === undefined) return undefined;
  const toBelow = (gathered: Gathered, whole: boolean): ListBelow => ({ gathered, wholeAt: whole && gathered.gaps.length + gathered.refreshes.length === 0 ? item.observedAt : null, path: way.key });
  const { list } = kind.sources;
  const index = isNoWay(list) ? -1 : list.findIndex((listing) => isEach(listing) && listing.of.each === parent.name);
  const listing = index < 0 ? undefined : listingOf({ kind, way: index });
  const context: WalkContext = { github, call, kinds, place: { org: job.org, repository: job.repository }, since: null, until: null };
  if (listing !== undefined && isEach(listing)) {
    const { gathered, seen, end } = await readBelow(context, { kind, listing, parent }, item.found);
    // REST ends some lists without a word.
    if (listing.cap?.beyond !== "graphql" || seen < listing.cap.items) return toBelow(gathered, end.is === "whole" && end.disabled !== true);
  }
  const wanted: Wanted = { whole: false, children: [kind.name] };
  const read = nodesDocument(kinds, parent, wanted);
  const answer = await github.graphql(read.document, { ids: [item.nodeId] }, call);
  const [node] = answer.is === "data" && Array.isArray(answer.data["nodes"]) ? answer.data["nodes"] : [];
  if (answer.is !== "data" || !isJsonObject(node)) return toBelow({ ...NOTHING, gaps: [`${kind.name} of ${parent.name} ${key}`] }, false);
  const gathered = gatherFinished(kinds, parent, wanted, await finishNested(github.graphql, node, read.nested, call), { ...context.place, below: {}, observedAt: timeOf(answer.observedAt) });
  return toBelow(gathered, answer.problems.length === 0);
}

async function fetchParent({ github, call, job }: Pick<Asking, "github" | "call" | "job">, parent: Kind, key: string): Promise<{ readonly found: JsonObject; readonly nodeId: string; readonly observedAt: string } | undefined> {
  const { one } = parent.sources;
  const way = isNoWay(one) ? undefined : one.find(({ by }) => by === "rest");
  if (way?.by !== "rest") throw new PermanentError("no-way", `Nothing fetches a ${parent.name} by its key.`);
  const answer = await github.get({ path: way.path, parameters: { ...parametersOf({ place: { org: job.org, repository: job.repository } }, way.path), key } }, call);
  if (answer.is !== "found" || !isJsonObject(answer.data)) return undefined;
  const nodeId = answer.data["node_id"];
  return typeof nodeId === "string" ? { found: answer.data, nodeId, observedAt: timeOf(answer.observedAt) } : undefined;
}

/** With all others of its list: a part by itself, one a minute at most. */
async function askList({ ports, kind, job }: Asking): Promise<void> {
  const minute = ports.clock().toISOString().slice(0, 16);
  const owner = job.repository === null ? `org:${job.org ?? ""}` : String(job.repository.id);
  const part: BackfillJob = {
    type: "backfill",
    run: "repair:refresh",
    part: `repair:refresh:${owner}:${kind.name}:${minute}`,
    turn: 0,
    // Nobody asked for this one repository: where it leaves its owner, the part ends.
    source: job.org ?? job.repository?.name_with_owner ?? "",
    since: null,
    until: null,
    org: job.org,
    org_id: null,
    repository: job.repository,
    list: { kind: kind.name, way: 0, with: [] },
    expected: null,
  };
  await ports.syncJobs.sendAll([toJobMessage(part)]);
}
