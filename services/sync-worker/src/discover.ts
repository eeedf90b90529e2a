/**
 * Which repositories a source has: they are written, counted, and of each the lists that are not empty become parts of the run. The parts'
 * states are there before the discovery moves on, so that a run whose parts are over is over.
 */
import { REPOSITORIES_OF } from "@octally/model/kinds/repository";
import { countDocument, countIn } from "@octally/model/graphql-documents";
import { observeRestObject } from "@octally/model/observe-fetched";
import { ownerOf, toRepositoryRef } from "@octally/model/place";
import type { RepositoryRef } from "@octally/model/observation";
import { isJsonObject, numberAt, textAt, type JsonObject } from "@octally/shared/json";
import type { DiscoverJob } from "@octally/shared/sync-job";
import type { Call } from "@octally/github/call";
import { withQuery } from "./core/with-query.ts";
import { problemsAt } from "@octally/github/graphql-problem";
import * as z from "zod";
import { kindOf } from "./core/kind-of.ts";
import { gather, NOTHING, together, type Gathered } from "./core/gathered.ts";
import { permissionText } from "./core/permission-text.ts";
import type { PartEnd } from "./core/part-state.ts";
import { planJobs, planRoots, type Counts } from "./core/plan-parts.ts";
import { planSmall, type PlannedList } from "./core/plan-small.ts";
import { askOne } from "./ask-one.ts";
import type { JobPorts } from "./job-ports.ts";
import { openParts } from "./open-parts.ts";
import { readOwnNodes } from "./repository-nodes.ts";
import { findAndFollow, findVanished, followRenamed } from "./verify-vanished.ts";
import type { PartWalk } from "./walks/part-walk.ts";
import { endOf } from "./walks/walk-rest.ts";
import { timeOf, type GitHubPort, type Step } from "./walks/walk.ts";

/** GitHub times out on pages of 100 with counts one time in four. */
const COUNTED_AT_ONCE = 50;

/**
 * `organization`: its own lists are parts already. `listed`: the ids of the repositories that were, and `hidden` names, with spaces between. `verified`: the list was read to its end, and of what
 * the store has beside it everything up to this id was asked for; `hidden` is what GitHub does not show of it.
 */
const cursorSchema = z.object({
  page: z.string().nullable(),
  seen: z.number(),
  organization: z.boolean(),
  listed: z.string().default(""),
  verified: z.number().nullable().default(null),
  hidden: z.string().default(""),
});
type DiscoveryCursor = z.output<typeof cursorSchema>;

const BEGINNING: DiscoveryCursor = { page: null, seen: 0, organization: false, listed: "", verified: null, hidden: "" };
/** So many are asked for before the cursor moves. */
const VERIFIED_AT_ONCE = 10;
const MOST_NAMED = 20;

type Scene = { readonly ports: JobPorts; readonly github: GitHubPort; readonly call: Call; readonly job: DiscoverJob; readonly wanted: ReadonlySet<string> };

export async function* discover(ports: JobPorts, github: GitHubPort, call: Call, job: DiscoverJob, stored: JsonObject | null): PartWalk {
  const scene: Scene = { ports, github, call, job, wanted: new Set(job.kinds) };
  if (job.source.includes("/")) return yield* discoverOne(scene);
  const parsed = cursorSchema.safeParse(stored);
  const from = parsed.success ? parsed.data : BEGINNING;
  const account = await github.get({ path: "/users/{login}", parameters: { login: job.source } }, call);
  if (account.is === "missing") return { state: "failed", reason: `GitHub knows no organisation or user "${job.source}", or this token may not see it.` };
  if (account.is !== "found" || !isJsonObject(account.data)) return { state: "cannot-see", reason: `GitHub does not tell of "${job.source}" (${account.is}).` };
  const isOrganization = textAt(account.data, "type") === "Organization";
  if (isOrganization && !from.organization) yield await discoverOrganization(scene, account.data);
  return yield* discoverRepositories(scene, account.data, isOrganization, from);
}

async function* discoverOne({ ports, github, call, job, wanted }: Scene): PartWalk {
  const [owner = "", repo = ""] = job.source.split("/");
  const answer = await github.get({ path: "/repos/{owner}/{repo}", parameters: { owner, repo } }, call);
  if (answer.is === "missing") return { state: "failed", reason: `GitHub knows no repository "${job.source}", or this token may not see it.` };
  if (answer.is === "forbidden") return { state: "cannot-see", reason: answer.missing.message, missingPermission: permissionText(kindOf(ports.kinds, "repository"), answer.missing) };
  if (answer.is !== "found" || !isJsonObject(answer.data)) return { state: "cannot-see", reason: `GitHub does not tell of "${job.source}" (${answer.is}).` };
  const scene: Scene = { ports, github, call, job, wanted };
  const taken = await takeRepositories(scene, [answer.data], timeOf(answer.observedAt));
  yield { ...taken, gathered: together(taken.gathered, await readOwn(scene, [answer.data])), cursor: { ...BEGINNING, seen: 1, organization: true }, last: true, expected: 1 };
  return { state: "done", reason: null };
}

/** The organisation itself, and the lists that hang from it. */
async function discoverOrganization(scene: Scene, account: JsonObject): Promise<Step> {
  const { ports, job, wanted } = scene;
  const login = textAt(account, "login") ?? job.source;
  const gathered = wanted.has("organization") ? await askOne(scene.github, scene.call, kindOf(ports.kinds, "organization"), { org: login, repository: null }, { key: login }) : NOTHING;
  const counts = await countPlaces(scene, "organization", [textAt(account, "node_id")]);
  const roots = planRoots(ports.kinds, wanted, "organization");
  await openParts(ports, planJobs(roots, job, { org: login, org_id: numberAt(account, "id") ?? null, repository: null }, counts[0] ?? new Map()));
  return { gathered, seen: 0, cursor: { ...BEGINNING, organization: true }, last: false };
}

async function* discoverRepositories(scene: Scene, account: JsonObject, isOrganization: boolean, from: DiscoveryCursor): PartWalk {
  const { github, call, job } = scene;
  const owner = textAt(account, "login") ?? job.source;
  if (from.verified !== null) return yield* verifyBeside(scene, owner, from);
  const list = withQuery(REPOSITORIES_OF[isOrganization ? "organization" : "user"], "sort=created&direction=desc");
  const request = from.page === null ? { path: list, parameters: { org: owner } } : { path: from.page };
  let { seen, listed } = from;
  for await (const answer of github.list(request, call)) {
    if (answer.is !== "page") return endOfDiscovery(scene, endOf(answer, { path: list }));
    const items = answer.items.filter((item) => isJsonObject(item));
    const taken = await takeRepositories(scene, items, timeOf(answer.observedAt));
    const isLast = answer.next === null;
    seen += taken.seen;
    listed = [...words(listed), ...items.map((item) => numberAt(item, "id") ?? 0)].join(" ");
    const gathered = isOrganization ? taken.gathered : together(taken.gathered, await readOwn(scene, items));
    yield { ...taken, gathered, cursor: { ...BEGINNING, page: answer.next, seen, organization: true, listed, verified: isLast ? 0 : null }, last: false, ...(isLast ? { expected: seen } : {}) };
  }
  return yield* verifyBeside(scene, owner, { ...BEGINNING, seen, organization: true, listed, verified: 0 });
}

/** What the store has of the source beside GitHub's list. */
async function* verifyBeside({ ports, github, call, wanted }: Scene, owner: string, from: DiscoveryCursor): PartWalk {
  const vanished = wanted.has("repository") ? await findVanished(ports, owner, new Set(words(from.listed).map(Number))) : [];
  const open = vanished.filter(({ id }) => id > (from.verified ?? 0));
  const hidden = [...words(from.hidden)];
  for (let start = 0; start < open.length; start += VERIFIED_AT_ONCE) {
    const some = open.slice(start, start + VERIFIED_AT_ONCE);
    for (const one of some) if ((await findAndFollow(ports, github, call, owner, one)).is === "hidden") hidden.push(one.name_with_owner);
    yield { gathered: NOTHING, seen: 0, cursor: { ...from, verified: some.at(-1)?.id ?? null, hidden: hidden.slice(0, MOST_NAMED).join(" ") }, last: start + some.length === open.length };
  }
  return { state: "done", reason: hidden.length === 0 ? null : `GitHub does not show what is stored of ${hidden.slice(0, MOST_NAMED).join(", ")}: it is kept, as nobody said that it is deleted.` };
}

function words(text: string): readonly string[] {
  return text === "" ? [] : text.split(" ");
}

function endOfDiscovery({ ports }: Scene, end: ReturnType<typeof endOf>): PartEnd {
  const kind = kindOf(ports.kinds, "repository");
  if (end.is === "whole") return { state: "done", reason: end.note ?? null };
  if (end.is === "forbidden") return { state: "cannot-see", reason: end.message, missingPermission: permissionText(kind, end.missing) };
  return { state: "failed", reason: end.is === "elsewhere" ? "The source moved." : end.message };
}

type Taken = { readonly gathered: Gathered; readonly seen: number };

async function takeRepositories(scene: Scene, items: readonly JsonObject[], observedAt: string): Promise<Taken> {
  const { ports, job, wanted } = scene;
  const kind = kindOf(ports.kinds, "repository");
  const gathered = items
    .map((item) => gather([observeRestObject(kind, item, { ...placeOfItem(item), below: {}, observedAt })]))
    .reduce<Gathered>(together, NOTHING);
  await followRenamed(ports, items.map(placeOfItem), observedAt);
  const counts = await countPlaces(scene, "repository", items.map((item) => textAt(item, "node_id")));
  const roots = planRoots(ports.kinds, wanted, "repository");
  const planned = items.flatMap((item, index): PlannedList[] => {
    const [place, own] = [placeOfItem(item), counts[index] ?? new Map<string, number>()];
    const jobs = place.repository === null ? [] : planJobs(roots, job, { org: place.org, org_id: null, repository: place.repository }, own);
    return jobs.map((one, rank) => ({ job: one, rank, nodeId: textAt(item, "node_id"), counts: own }));
  });
  // What tells most of every repository, then the next of every repository: a dashboard is useful early, and nobody starves.
  await openParts(ports, planSmall(ports.kinds, planned));
  return { gathered: wanted.has("repository") ? gathered : NOTHING, seen: items.length };
}

function readOwn({ ports: { kinds }, github, call, wanted }: Scene, items: readonly JsonObject[]): Promise<Gathered> {
  return readOwnNodes({ kinds, github, call, wanted }, items.flatMap((item) => textAt(item, "node_id") ?? []));
}

function placeOfItem(item: JsonObject): { readonly org: string | null; readonly repository: RepositoryRef | null } {
  return { org: ownerOf(item) ?? null, repository: toRepositoryRef(item) ?? null };
}

/** GitHub's counts of what hangs from each, in their order; without those that GitHub did not give. */
async function countPlaces({ ports, github, call, wanted }: Scene, of: "repository" | "organization", nodeIds: readonly (string | undefined)[]): Promise<readonly Counts[]> {
  // Also those that are not wanted: an empty list of pull requests says that there are no reviews.
  const kinds = ports.kinds.filter(({ sources: { count } }) => count.by === "graphql" && count.of === of);
  if (wanted.size === 0 || kinds.length === 0) return [];
  const document = countDocument(kinds, of);
  const counts: Counts[] = [];
  for (let start = 0; start < nodeIds.length; start += COUNTED_AT_ONCE) {
    const ids = nodeIds.slice(start, start + COUNTED_AT_ONCE).map((id) => id ?? "");
    const answer = await github.graphql(document, { ids }, { ...call, kind: "counts" });
    const nodes: readonly unknown[] = answer.is === "data" && Array.isArray(answer.data["nodes"]) ? answer.data["nodes"] : [];
    const problems = answer.is === "data" ? answer.problems : [];
    counts.push(
      ...ids.map((_, index) => {
        const node = nodes[index];
        if (!isJsonObject(node)) return new Map<string, number>();
        return new Map(
          kinds.flatMap((kind) => {
            const count = countIn(kind, node);
            // Where GitHub failed or refused, its list says why.
            return count === null || problemsAt(problems, ["nodes", index, kind.name.replaceAll("-", "_")]).length > 0 ? [] : [[kind.name, count] as const];
          }),
        );
      }),
    );
  }
  return counts;
}


