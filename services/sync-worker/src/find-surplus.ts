/** What the store holds and GitHub does not list: buried only by GitHub's positive word, as the kind's `deletion` says. */
import type { Call } from "@octally/github/call";
import type { Kind } from "@octally/model/define-kind";
import { observeGone, observeRestObject, type Fetched } from "@octally/model/observe-fetched";
import { refreshSubjectOf } from "@octally/model/refresh-subject";
import { isNoWay } from "@octally/model/sources";
import { isJsonObject, textAt, type JsonObject } from "@octally/shared/json";
import type { InventoryJob } from "@octally/shared/sync-job";
import type { StoredDocument } from "@octally/store/library";
import { kindOf } from "./core/kind-of.ts";
import type { JobPorts } from "./job-ports.ts";
import { storeAll } from "./store-step.ts";
import { buryWhole, wordsOfRepositories } from "./surplus-repositories.ts";
import { parametersOf } from "./walks/walk-rest.ts";
import { timeOf, type GitHubPort } from "./walks/walk.ts";

export type Surplus = { readonly ports: JobPorts; readonly github: GitHubPort; readonly call: Call; readonly kind: Kind; readonly job: InventoryJob };

/** No empty list takes so long to read. */
const EMPTY_MS = 120_000;

/** `doubtful`: those of them that may be hidden from this token. */
export type FoundSurplus = { readonly surplus: number; readonly doubtful: number };

/** Of a list that was read to its end. */
export type WholeList = { readonly seen: ReadonlySet<string>; /** Below which things it was read, where it is of these. */ readonly parents: ReadonlySet<string>; /** When its first page was read; none where it was empty. */ readonly beganAt: string | undefined };

export async function findSurplus(scene: Surplus, { seen, parents, beganAt }: WholeList, mayBury: boolean): Promise<FoundSurplus> {
  const { ports, kind, job } = scene;
  const of = job.repository === null ? { org: job.org ?? "" } : { repositoryId: job.repository.id };
  const since = beganAt ?? (await emptySince(scene));
  const bury = (gone: readonly StoredDocument[]): Promise<unknown> => storeAll(ports, gone.map((one) => observeGone(kind, one, { observedAt: since, source: "graphql" })));
  const hidden = mayBury ? await hiddenParents(scene, parents) : new Set<string>();
  const doubtful: StoredDocument[] = [];
  let surplus = 0;
  let alike = false;
  for await (const some of ports.library.scan(kind.name, of)) {
    const present = some.filter(({ deletedAt }) => deletedAt === null);
    alike ||= present.some(({ id, document }) => seen.has(id) && isHiding(kind, document));
    // What was seen after the list began may be newer than the list.
    const unlisted = present.filter(({ id, observedAt }) => !seen.has(id) && Date.parse(observedAt) < Date.parse(since));
    const words = mayBury ? (await wordsOf(scene, unlisted, since)).map((word, index): Word => (isBelow(kind, unlisted[index], hidden) ? "doubtful" : word)) : unlisted.map((): Word => "unknown");
    const saying = (word: Word): readonly StoredDocument[] => unlisted.filter((_, index) => words[index] === word);
    surplus += unlisted.length - saying("there").length;
    doubtful.push(...saying("doubtful"));
    if (kind.name === "repository") await buryWhole(scene, saying("gone"), since);
    else await bury(saying("gone"));
  }
  if (alike) await bury(doubtful);
  return { surplus, doubtful: alike ? 0 : doubtful.length };
}

/** The things, by id and node id, that may be hidden themselves, and with them what hangs from them. */
async function hiddenParents({ ports, kind, job }: Surplus, parents: ReadonlySet<string>): Promise<ReadonlySet<string>> {
  const { inventory, deletion } = kind.sources;
  const hidden = new Set<string>();
  if (inventory.by !== "parent" || !("below" in deletion) || job.org === null) return hidden;
  const parent = kindOf(ports.kinds, inventory.parent);
  for await (const some of ports.library.scan(parent.name, { org: job.org })) {
    for (const { id, document } of some.filter((one) => one.deletedAt === null && isHiding(parent, one.document))) {
      const names = [id, textAt(document, "node_id") ?? id];
      // One that is shown: so this token sees those that not everybody sees.
      if (names.some((name) => parents.has(name))) return new Set();
      for (const name of names) hidden.add(name);
    }
  }
  return hidden;
}

function isBelow(kind: Kind, one: StoredDocument | undefined, hidden: ReadonlySet<string>): boolean {
  return one !== undefined && parentOf(kind, one.document).some((name) => hidden.has(name));
}

/** What it hangs from, by id or node id. */
export function parentOf({ sources: { deletion } }: Kind, document: unknown): readonly string[] {
  const path = "below" in deletion ? deletion.below : undefined;
  const found = path?.split(".").reduce<unknown>((value, name) => (isJsonObject(value) ? value[name] : undefined), document);
  return typeof found === "string" || typeof found === "number" ? [String(found)] : [];
}

function isHiding({ sources: { deletion } }: Kind, document: JsonObject): boolean {
  return "listing" in deletion && deletion.hides?.(document) === true;
}

/** An empty list has no page to take its time from; this question is free. */
async function emptySince({ github, call }: Surplus): Promise<string> {
  return new Date(Date.parse(timeOf((await github.get({ path: "/rate_limit" }, call)).observedAt)) - EMPTY_MS).toISOString();
}

/** "there": GitHub shows it by itself, or may have it, though not in the list; "unknown": nothing says that this kind's things can go. */
type Word = "gone" | "there" | "doubtful" | "unknown";

async function wordsOf(scene: Surplus, unlisted: readonly StoredDocument[], since: string): Promise<readonly Word[]> {
  const { kind } = scene;
  const { deletion } = kind.sources;
  if ("goesWith" in deletion) return unlisted.map(() => "gone");
  if (deletion.shown === true) return Promise.all(unlisted.map((one) => askFor(scene, one)));
  // What never goes need not be in a list: the checks of a commit that a forced push took away, those of an earlier attempt.
  if ("never" in deletion) return unlisted.map(() => "there");
  if (!deletion.listing) return unlisted.map(() => "unknown");
  if (kind.name === "repository") return wordsOfRepositories(scene, unlisted, since);
  const seen = deletion.hiddenWithRepository === true ? await seenRepositories(scene, unlisted) : undefined;
  return unlisted.map(({ document, repository }) => (isHiding(kind, document) || seen?.has(repository?.id ?? 0) === false ? "doubtful" : "gone"));
}

/** Of the repositories of these, by id, those that this token sees. */
async function seenRepositories({ github, call }: Surplus, documents: readonly StoredDocument[]): Promise<ReadonlySet<number>> {
  const names = new Map(documents.flatMap(({ repository }) => (repository === null ? [] : [[repository.id, repository.name_with_owner] as const])));
  const seen = new Set<number>();
  for (const [id, name] of names) if ((await github.get({ path: "/repos/{+name}", parameters: { name } }, call)).is === "found") seen.add(id);
  return seen;
}

async function askFor({ github, call, kind, job }: Surplus, { id, document }: StoredDocument): Promise<Word> {
  const { one } = kind.sources;
  const way = isNoWay(one) ? undefined : one.find(({ by }) => by === "rest");
  const key = refreshSubjectOf(kind, id, document)?.key;
  if (way?.by !== "rest" || key === undefined) return "doubtful";
  const answer = await github.get({ path: way.path, parameters: { ...parametersOf({ place: job }, way.path), key } }, call);
  if (answer.is === "found") return isJsonObject(answer.data) && isOther(kind, id, observeRestObject(kind, answer.data, { org: job.org, repository: job.repository, below: {}, observedAt: timeOf(answer.observedAt) })) ? "gone" : "there";
  return answer.is === "missing" && answer.why !== "legal" ? "gone" : "doubtful";
}

/** What answers may be something else by now: who was a member is invited again, or another member has that login. */
function isOther({ name }: Kind, id: string, found: Fetched): boolean {
  return found.is === "nothing" || (found.is === "observed" && found.observation.kind === name && found.observation.id !== id);
}
