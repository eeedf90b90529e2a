/**
 * What GitHub lists and what the store holds, compared thing by thing: what is missing or older is asked for again, what GitHub no longer
 * lists is buried where the kind's `deletion` lets a whole list say so. Its `sync-run` document says how far it is and what it found.
 */
import type { Call } from "@octally/github/call";
import { finishNested } from "@octally/github/finish-nested";
import { readConnection } from "@octally/github/read-connection";
import { adaptivePage } from "@octally/github/adaptive-page";
import type { Kind } from "@octally/model/define-kind";
import { graphqlOf, inventoryDocument, parentsDocument, type ListRead, type Wanted } from "@octally/model/graphql-documents";
import { toKey } from "@octally/model/graphql-parts";
import { entriesBelow, entryOf } from "@octally/model/observe-fetched";
import { canonicalJson, type Observation } from "@octally/model/observation";
import { refreshSubjectOf } from "@octally/model/refresh-subject";
import { isNoWay, type Around } from "@octally/model/sources";
import { PermanentError, toAppError } from "@octally/shared/errors";
import { isJsonObject, textAt, type JsonObject } from "@octally/shared/json";
import { toJobMessage, MAX_REFRESH_SUBJECTS, type BackfillJob, type InventoryJob, type RefreshSubject } from "@octally/shared/sync-job";
import type { StoredDocument } from "@octally/store/library";
import * as z from "zod";
import { kindOf } from "./core/kind-of.ts";
import { permissionText } from "./core/permission-text.ts";
import { toInventoryObservation, type InventoryState } from "./core/inventory-state.ts";
import type { JobPorts } from "./job-ports.ts";
import { walkOf } from "./open-walk.ts";
import { findSurplus, parentOf, type Surplus } from "./find-surplus.ts";
import { atItsPlace } from "./overtaken.ts";
import { storeAll } from "./store-step.ts";
import { isElsewhere, namesOf } from "./walks/walk-connection.ts";
import { timeOf, type GitHubPort, type Cursor, type WalkContext, type WalkEnd } from "./walks/walk.ts";

/** What GitHub's list says of one thing. */
type Listed = { readonly id: string; readonly updatedAt: string | null; readonly subject: RefreshSubject | undefined; /** Where the list gives the thing itself. */ readonly observation?: Observation; /** It is there: more may not be known. */ readonly hidden?: boolean };
type ListedPage = { readonly listed: readonly Listed[]; /** By GitHub's clock. */ readonly at: string; readonly cursor: Cursor; /** Of its list: the walk is asked for its end at once. */ readonly last: boolean };
type Listing = AsyncGenerator<ListedPage, WalkEnd, undefined>;

/** Where it goes on: what was found so far is kept with it. */
const progressSchema = z.object({ from: z.custom<Cursor>((value) => isJsonObject(value)), began_at: z.string(), seen: z.array(z.string()), parents: z.array(z.string()).default([]), missing: z.number(), stale: z.number() });
type InventoryEnd = Pick<InventoryState, "state"> & Partial<InventoryState>;
type Progress = { from: Cursor | null; beganAt: string | undefined; readonly seen: Set<string>; /** Below which its things were listed. */ readonly parents: Set<string>; missing: number; stale: number };

/** False: time is over, and the same job goes on where it stopped. @throws TransientError where GitHub or the store fails: then too */
export async function inventory(ports: JobPorts, github: GitHubPort, call: Call, asked: InventoryJob, endsAtMs: number): Promise<boolean> {
  const kind = kindOf(ports.kinds, asked.kind);
  const job = await atItsPlace(ports, asked);
  const run = job.run ?? `inventory:${job.repository?.id ?? job.org ?? ""}:${job.kind}:${ports.clock().toISOString().slice(0, 13)}`;
  const known = (await ports.states.read("sync-run", [run])).get(run);
  const progress = toProgress(known?.document["cursor"]);
  const startedAt = textAt(known?.document, "started_at") ?? ports.clock().toISOString();
  const tell = (state: Pick<InventoryState, "state"> & Partial<InventoryState>): Promise<void> =>
    report(ports, job, { run, kind: kind.name, reason: job.reason, startedAt, seen: progress.seen.size, missing: progress.missing, stale: progress.stale, surplus: 0, permission: null, cursor: fromProgress(progress), ...state });
  await tell({ state: "running" });
  try {
    const end = await compareAll({ ports, github, call, kind, job }, progress, endsAtMs);
    await tell(end === undefined ? { state: "running" } : { cursor: null, ...end });
    return end !== undefined;
  } catch (thrown) {
    const error = toAppError(thrown);
    if (error.retryable) throw error;
    // Whoever ordered it reads of it there, and orders it again.
    await tell(error.code === "github-unauthorized" ? { state: "cannot-see", cursor: null, permission: "valid credentials", reason: error.message } : { state: "failed", cursor: null, reason: `${error.code}: ${error.message}` });
    return true;
  }
}

/** Undefined: time is over. */
async function compareAll(scene: Surplus, progress: Progress, endsAtMs: number): Promise<InventoryEnd | undefined> {
  const { ports, github, call, kind, job } = scene;
  const listing = listEntries({ github, call, kinds: ports.kinds, place: { org: job.org, repository: job.repository }, since: null, until: null }, kind, job, progress);
  for (;;) {
    const { done, value } = await listing.next();
    if (done === true) return value.is === "whole" ? endOfWhole(scene, value, progress) : endOf(kind, value);
    progress.beganAt ??= value.at;
    for (const { id } of value.listed) progress.seen.add(id);
    const found = await comparePage(ports, kind, job, value.listed.filter(({ hidden }) => hidden !== true));
    progress.missing += found.missing;
    progress.stale += found.stale;
    progress.from = value.cursor;
    if (github.nowMs() >= endsAtMs && !value.last) return undefined;
  }
}

/** What is switched off is not gone: it may be shown again. Where the store holds none, there is nothing to be blind for. */
async function endOfWhole(scene: Surplus, { disabled, note }: Extract<WalkEnd, { is: "whole" }>, progress: Progress): Promise<InventoryEnd> {
  const { surplus, doubtful } = await findSurplus(scene, progress, disabled !== true);
  if (disabled === true && surplus > 0) return { state: "cannot-see", surplus, reason: note ?? "GitHub shows none of these." };
  if (doubtful > 0) return { state: "cannot-see", surplus, reason: `GitHub lists ${doubtful} of these no more: they are gone, or hidden from this token.`, permission: permissionText(scene.kind, null) };
  return { state: "done", surplus };
}

function endOf(kind: Kind, end: Exclude<WalkEnd, { is: "whole" }>): InventoryEnd {
  if (end.is === "forbidden") return { state: "cannot-see", reason: end.message, permission: permissionText(end.of ?? kind, end.missing) };
  if (end.is === "absent") return { state: "cannot-see", reason: end.message, permission: permissionText(kind, null) };
  return { state: "failed", reason: end.is === "capped" ? end.message : "The repository has moved." };
}

function toProgress(stored: unknown): Progress {
  const parsed = progressSchema.safeParse(stored);
  if (!parsed.success) return { from: null, beganAt: undefined, seen: new Set(), parents: new Set(), missing: 0, stale: 0 };
  const { from, began_at: beganAt, seen, parents, missing, stale } = parsed.data;
  return { from, beganAt, seen: new Set(seen), parents: new Set(parents), missing, stale };
}

function fromProgress({ from, beganAt, seen, parents, missing, stale }: Progress): JsonObject | null {
  return from === null || beganAt === undefined ? null : { from, began_at: beganAt, seen: [...seen], parents: [...parents], missing, stale };
}

/** Two that work on the same run tell the same: whoever is second leaves it. */
async function report(ports: JobPorts, job: InventoryJob, state: InventoryState): Promise<void> {
  const known = (await ports.states.read("sync-run", [state.run])).get(state.run);
  await ports.states.put(toInventoryObservation(state, job, ports.clock().toISOString()), known?.state ?? null);
}

function listEntries(context: WalkContext, kind: Kind, job: InventoryJob, progress: Progress): Listing {
  const { from, parents } = progress;
  const { inventory: way } = kind.sources;
  if (isNoWay(way)) throw new PermanentError("no-inventory", way.because);
  // Keys tell by their times what has changed; of a kind without a time, and of a change that moved none, only the content does.
  if ((kind.updatedAt === undefined || job.compares === "content") && !isNoWay(kind.sources.list)) return readList(context, kind, job, progress);
  if (way.by === "graphql") {
    return readKeys(context, kind, inventoryDocument(context.kinds, kind), from, async (node, around) => {
      const entry = entryOf(kind, node, "graphql", around);
      const key = (graphqlOf(kind).toKey ?? toKey)(node, around);
      return entry === undefined ? [] : [{ id: entry.id, updatedAt: entry.updatedAt, hidden: entry.hidden, subject: key === null ? undefined : refreshSubjectOf(kind, entry.id, key) }];
    });
  }
  if (way.by === "parent") {
    const parent = kindOf(context.kinds, way.parent);
    const wanted: Wanted = { whole: false, children: [kind.name], childKeys: true };
    const read = parentsDocument(context.kinds, parent, wanted, way.first);
    const { one } = kind.sources;
    const byNode = !isNoWay(one) && one.some(({ by }) => by === "node");
    return readKeys(context, parent, read, from, async (node, around) => {
      const whole = await finishNested(context.github.graphql, node, read.nested, context.call);
      if (whole.gaps.length > 0) throw new PermanentError("not-whole", `GitHub did not list everything below a ${parent.name}.`);
      for (const name of namesOf(parent, node, around)) parents.add(name);
      return entriesBelow(context.kinds, parent, whole.node, wanted, around).map(({ id, nodeId, updatedAt, hidden }) => ({ id, updatedAt, hidden, subject: nodeId === null || !byNode ? undefined : { id, node_id: nodeId } }));
    });
  }
  return readList(context, kind, job, progress);
}

/** `of`: the kind whose list it is. */
async function* readKeys(context: WalkContext, of: Kind, read: ListRead, from: Cursor | null, toListed: (node: JsonObject, around: Around) => Promise<readonly Listed[]>): Listing {
  const { github, call, place } = context;
  const [owner = "", repository = ""] = place.repository?.name_with_owner.split("/") ?? [];
  const variables = place.repository === null ? { login: place.org ?? "" } : { owner, name: repository };
  const after = typeof from?.["after"] === "string" ? from["after"] : null;
  const request = { document: read.document, variables, path: read.path, after, page: adaptivePage(read.pageSize) };
  for await (const answer of readConnection(github.graphql, request, call)) {
    if (answer.is === "forbidden") return { is: "forbidden", missing: answer.missing, message: answer.missing.message, of };
    if (answer.is === "too-heavy") return { is: "capped", message: answer.message };
    // Another that has its name by now says nothing of what hangs from this one.
    if (isElsewhere(context, answer.data)) return { is: "elsewhere" };
    if (answer.is === "unreachable") {
      const [problem] = answer.problems;
      return problem === undefined ? { is: "whole" } : problem.missing === null ? { is: "absent", message: problem.message } : { is: "forbidden", missing: problem.missing, message: problem.message, of };
    }
    // A list with holes cannot say that something is gone.
    if (answer.problems.length > 0 || answer.holes > 0) throw new PermanentError("not-whole", `GitHub did not list every ${of.name}: ${answer.problems[0]?.message ?? "null in its list"}`);
    const around: Around = { ...place, below: {}, observedAt: timeOf(answer.observedAt) };
    const listed: Listed[] = [];
    for (const node of answer.nodes) listed.push(...(await toListed(node, around)));
    yield { listed, at: around.observedAt, cursor: { after: answer.next }, last: answer.next === null };
  }
  return { is: "whole" };
}

/** Its own list is as cheap as any, and gives the documents themselves. */
async function* readList(context: WalkContext, kind: Kind, job: InventoryJob, { from, seen, parents }: Progress): Listing {
  const { list } = kind.sources;
  const ways = isNoWay(list) ? [] : list[0].by === "parent" ? list.flatMap(({ by }, way) => (by === "parent" ? [way] : [])) : [0];
  const fromWay = typeof from?.["way"] === "number" ? from["way"] : 0;
  const inner = typeof from?.["inner"] === "object" ? from["inner"] : null;
  for (const way of ways.filter((one) => one >= fromWay)) {
    const walk = walkOf(context, kind, relist(job, way), { cursor: way === fromWay ? inner : null });
    for (;;) {
      const { done, value } = await walk.next();
      if (done === true) {
        if (value.is !== "whole" || value.disabled === true) return value;
        break;
      }
      if (value.gathered.gaps.length + value.gathered.refreshes.length > 0) throw new PermanentError("not-whole", `GitHub did not give every ${kind.name}: ${value.gathered.gaps[0] ?? ""}`);
      const observations = value.gathered.observations.filter((observation) => observation.kind === kind.name);
      const [first] = observations;
      for (const name of [...(value.parents ?? []), ...observations.flatMap(({ document }) => parentOf(kind, document))]) parents.add(name);
      for (const id of value.gathered.hidden.get(kind.name) ?? []) seen.add(id);
      if (first === undefined) continue;
      yield { at: first.observedAt, listed: observations.map((observation) => ({ id: observation.id, updatedAt: timeIn(kind, observation.document), subject: undefined, observation })), cursor: { way, inner: value.cursor }, last: value.last };
    }
  }
  return { is: "whole" };
}

function timeIn(kind: Kind, document: Readonly<Record<string, unknown>>): string | null {
  const updatedAt = kind.updatedAt === undefined ? undefined : document[kind.updatedAt];
  return typeof updatedAt === "string" ? updatedAt : null;
}

async function comparePage(ports: JobPorts, kind: Kind, job: InventoryJob, listed: readonly Listed[]): Promise<{ readonly missing: number; readonly stale: number }> {
  const stored = new Map((await ports.library.byIds(kind.name, listed.map(({ id }) => id))).map((one) => [one.id, one]));
  const missing = listed.filter(({ id }) => stored.get(id)?.deletedAt !== null);
  const stale = listed.filter(({ id, updatedAt, observation }) => {
    const one = stored.get(id);
    if (one !== undefined && one.deletedAt === null && observation !== undefined) return isOlder(kind, one, observation);
    const known = one === undefined || one.deletedAt !== null ? null : timeIn(kind, one.document);
    return updatedAt !== null && known !== null && Date.parse(updatedAt) > Date.parse(known);
  });
  const different = [...missing, ...stale];
  await storeAll(ports, different.flatMap(({ observation }) => observation ?? []));
  await askAgain(ports, job, different.filter(({ observation }) => observation === undefined));
  return { missing: missing.length, stale: stale.length };
}

/** What the store saw later than the list stays: GitHub's replicas lag behind for moments. */
function isOlder(kind: Kind, { document, observedAt, org, repository }: StoredDocument, listed: Observation): boolean {
  if (Date.parse(observedAt) >= Date.parse(listed.observedAt)) return false;
  // What came late under the name that its repository had then.
  if (listed.org !== org || listed.repository?.name_with_owner !== repository?.name_with_owner) return true;
  const [known, now] = [timeIn(kind, document), timeIn(kind, listed.document)];
  if (known !== null && now !== null && Date.parse(known) > Date.parse(now)) return false;
  return canonicalJson(document) !== canonicalJson(listed.document);
}

async function askAgain({ syncJobs }: JobPorts, job: InventoryJob, listed: readonly Listed[]): Promise<void> {
  if (listed.length === 0) return;
  const subjects = listed.flatMap(({ subject }) => (subject === undefined ? [] : [subject]));
  const jobs = Array.from({ length: Math.ceil(subjects.length / MAX_REFRESH_SUBJECTS) }, (_, index) => ({
    type: "refresh" as const,
    kind: job.kind,
    org: job.org,
    repository: job.repository,
    subjects: subjects.slice(index * MAX_REFRESH_SUBJECTS, (index + 1) * MAX_REFRESH_SUBJECTS),
    reason: "an inventory found it missing or older",
  }));
  // Where one cannot be asked for by itself, its list is read again.
  const again = subjects.length < listed.length ? [relist(job, 0)] : [];
  await syncJobs.sendAll([...jobs, ...again].map(toJobMessage));
}

function relist(job: InventoryJob, way: number): BackfillJob {
  const owner = job.repository === null ? `org:${job.org ?? ""}` : String(job.repository.id);
  const run = `repair:${job.run ?? "inventory"}`;
  return { type: "backfill", run, part: `${run}:${owner}:${job.kind}:${way}`, turn: 0, source: job.repository?.name_with_owner ?? job.org ?? "", since: null, until: null, org: job.org, org_id: null, repository: job.repository, list: { kind: job.kind, way, with: [] }, expected: null };
}
