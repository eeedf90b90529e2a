/** Whether the store holds what a fresh load finds: document by document, field by field, but for how and when it was seen. */
import { canonicalJson } from "@octally/model/observation";
import { kinds } from "@octally/model/registry";
import type { OracleKind } from "@octally/github-simulator/oracle-kinds";
import type { Simulator } from "@octally/github-simulator/simulator";
import type { JsonObject } from "@octally/shared/json";
import { expectedDocuments } from "../../../sync-worker/test/expected-documents.ts";
import type { Documents } from "./parts.ts";
import type { Viewer } from "@octally/github-simulator/world/viewer";

/** Made anew each day, or told by events alone: a fresh load knows nothing of them. */
const NOT_OF_A_LOAD: ReadonlySet<string> = new Set(["repository-snapshot", "traffic", "transfer"]);

/** GitHub has no list of these that could be compared: what its log does not have either is lost. */
const WITHOUT_LIST: ReadonlySet<string> = new Set(kinds.filter(({ sources: { inventory } }) => inventory.by === "nothing").map(({ name }) => name));

/** A load asks for those of some commits alone: what events told of others is compared with the truth itself. */
const OF_SOME_COMMITS: ReadonlySet<OracleKind> = new Set(["check-run", "status"]);

export type Compared = { readonly have: Documents; readonly fresh: Documents; readonly simulator: Simulator; /** Everything that happened is in GitHub's log, or came. */ readonly logIsWhole: boolean; };

export function differences({ have, fresh, simulator, logIsWhole }: Compared): readonly string[] {
  const org = simulator.organization.login;
  return kinds
    .filter(({ name }) => !NOT_OF_A_LOAD.has(name) && (logIsWhole || !WITHOUT_LIST.has(name)))
    .flatMap(({ name }) => {
      const listed = documentsOf(fresh, name, org);
      const [mine, theirs] = [documentsOf(have, name, org), new Map([...trueDocuments(simulator, name, have, org), ...listed])];
      // Of a commit that no load lists nobody but an event tells.
      const ids = isOfSomeCommits(name) && !logIsWhole ? [...listed.keys()] : [...new Set([...mine.keys(), ...theirs.keys()])].filter((id) => listed.has(id) || !(isLeftInDoubt(have, name, mine.get(id)) || isRedacted(simulator, name, id)));
      return ids.flatMap((id) => differenceOf(name, id, mine.get(id), theirs.get(id)));
    });
}

/** It still stands on its project, and shows something that this token may not see any more: a load reads nothing of it, and what is stored stays. */
function isRedacted({ organization }: Pick<Simulator, "organization">, name: string, id: string): boolean {
  return name === "project-item" && organization.projects.some(({ items }) => items.some((item) => String(item.id) === id));
}

/** GitHub leaves such out of its lists without a word, and nobody told that it is gone: coverage has to say that it cannot be seen. */
function isLeftInDoubt(have: Documents, name: string, document: JsonObject | undefined): boolean {
  const deletion = kinds.find((kind) => kind.name === name)?.sources.deletion;
  if (document === undefined || deletion === undefined || !("hides" in deletion) || deletion.hides === undefined || !deletion.hides(document)) return false;
  return have.all("coverage").some(({ source }) => source["kind"] === name && source["status"] === "cannot-see" && canonicalJson(source["repository"]) === canonicalJson(document["repository"]));
}

/** Of the organisation: what was transferred away is somebody else's. */
function documentsOf({ all }: Documents, kind: string, org: string): ReadonlyMap<string, JsonObject> {
  return new Map(
    all(kind).flatMap(({ observation, source }) => (observation.deletedAt !== null || observation.org?.toLowerCase() !== org.toLowerCase() ? [] : [[observation.id, withoutOctally(source)] as const])),
  );
}

function withoutOctally(source: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(source).filter(([field]) => field !== "octally"));
}

/** What is there at GitHub of what the store holds. */
function trueDocuments(simulator: Simulator, name: string, have: Documents, org: string): ReadonlyMap<string, JsonObject> {
  if (!isOfSomeCommits(name)) return new Map();
  const mine = documentsOf(have, name, org);
  const viewer = (): Viewer => simulator.server.credentials.authenticate(`Bearer ${simulator.tokens.owner}`, "127.0.0.1").viewer;
  return new Map([...expectedDocuments({ ...simulator, viewer }, name, { unlisted: true })].flatMap(([id, { document, org: of, repository }]) => (mine.has(id) ? [[id, { ...document, org: of, repository: repository === null ? null : { ...repository } }] as const] : [])));
}

function isOfSomeCommits(name: string): name is OracleKind {
  return (OF_SOME_COMMITS as ReadonlySet<string>).has(name);
}

function differenceOf(kind: string, id: string, have: JsonObject | undefined, want: JsonObject | undefined): readonly string[] {
  if (have === undefined) return [`${kind} ${id}: missing`];
  if (want === undefined) return [`${kind} ${id}: surplus`];
  return Object.keys({ ...have, ...want })
    .filter((field) => canonicalJson(have[field]) !== canonicalJson(want[field]))
    .map((field) => `${kind} ${id}: ${field} is ${short(have[field])}, not ${short(want[field])}`);
}

function short(value: unknown): string {
  const text = JSON.stringify(value) ?? "not there";
  return text.length > 160 ? `${text.slice(0, 160)}…` : text;
}
