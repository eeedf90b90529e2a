/** The documents of everything that exists, from the world's records: no API was asked. */
import { identityOf, type Kind } from "@octally/model/define-kind";
import type { RepositoryRef } from "@octally/model/observation";
import { kindNamed } from "@octally/model/registry";
import { isNoWay, type Around } from "@octally/model/sources";
import { isJsonObject, type Json, type JsonObject } from "@octally/shared/json";
import { isNamed, type Truth } from "@octally/github-simulator/oracle";
import type { OracleKind } from "@octally/github-simulator/oracle-kinds";
import { fullName, makeShaping } from "@octally/github-simulator/shapes/shaping";
import type { Repository } from "@octally/github-simulator/world/entities";
import type { SimulatedGitHub } from "./simulated-github.ts";
import { canSee } from "@octally/github-simulator/world/viewer";
import { FORMS, type Eyes, type Former } from "./truth/rest-forms.ts";
import { OTHERS, type Scene, type Told } from "./truth/other-truths.ts";

export type Expected = { readonly org: string; readonly repository: RepositoryRef | null; readonly document: JsonObject };

export type ExpectedOptions = {
  /** When a kind of a repository was read; default: now. */
  readonly readAt?: Scene["readAt"];
  /** Also checks and statuses of commits that no load lists: events told of them. */
  readonly unlisted?: boolean;
};

export type Truthful = Pick<SimulatedGitHub, "world" | "server" | "oracle" | "organization" | "viewer">;

/** By document id. @throws where what is true does not make a document */
export function expectedDocuments(simulated: Truthful, kindName: string, { readAt = () => nowOf(simulated), unlisted = false }: ExpectedOptions = {}): ReadonlyMap<string, Expected> {
  const { world, server, oracle, organization } = simulated;
  const viewer = simulated.viewer();
  const kind = kindNamed(kindName);
  if (kind === undefined) throw new Error(`No kind ${kindName}.`);
  const s = makeShaping(world, server.nodeIds({ "x-github-next-global-id": "1" }));
  const others = OTHERS[kindName];
  const repositories = oracle.repositories().filter((repository) => repository.owner === organization && canSee(viewer, repository));
  const told = others === undefined ? fromForms(simulated, { s, viewer }, kind, unlisted) : others({ s, organization, repositories, readAt });
  const expected = new Map<string, Expected>();
  for (const { shape, repository } of told) {
    const ref = repository === null ? null : { id: repository.id, name_with_owner: fullName(repository) };
    const input = inputOf(kind, shape, { org: organization.login, repository: ref, below: {}, observedAt: nowOf(simulated) });
    if (input === null) continue;
    const read = kind.read(input);
    if (!read.whole) throw new Error(`${kindName} ${JSON.stringify(input).slice(0, 200)}: ${read.problems.join("; ")}`);
    const id = identityOf(kind, read.document, ref);
    if (id === undefined || expected.has(id)) throw new Error(`${kindName} ${id ?? JSON.stringify(input).slice(0, 200)}: no identity of its own`);
    expected.set(id, { org: organization.login, repository: ref, document: JSON.parse(JSON.stringify(read.document)) as JsonObject });
  }
  return expected;
}

function* fromForms({ oracle, organization }: Truthful, eyes: Eyes, { name }: Kind, unlisted: boolean): Generator<Told> {
  // The form and the truths are of the same kind.
  const form = FORMS[name as OracleKind] as Former<OracleKind> | undefined;
  if (form === undefined) throw new Error(`No form of ${name}.`);
  for (const truth of oracle.visible(name as OracleKind, eyes.viewer)) {
    if ((truth.repository?.owner ?? truth.organization) !== organization || !(unlisted || isListed(truth))) continue;
    yield { shape: form(eyes, truth.record, truth), repository: repositoryOf(truth) };
  }
}

/** Statuses of commits that GitHub names nowhere any more are told by events alone. */
function isListed({ kind, record, repository }: Truth): boolean {
  return kind !== "status" || repository === null || !("sha" in record) || isNamed(repository, record.sha);
}

/** What a team may do is a repository's document, and in the oracle the organisation's. */
function repositoryOf({ kind, repository, record }: { readonly kind: OracleKind; readonly repository: Repository | null; readonly record: object }): Repository | null {
  return kind === "team-repository" && "repository" in record ? (record.repository as Repository) : repository;
}

function inputOf({ name, sources: { rest } }: Kind, shape: unknown, around: Around): JsonObject | null {
  const found = JSON.parse(JSON.stringify(plain(shape))) as Json;
  if (!isJsonObject(found)) return null;
  // These stand in the form of their documents already.
  const isOwn = isNoWay(rest) || name in OTHERS || ["review", "team-member", "team-repository", "review-thread", "watcher"].includes(name);
  if (name === "watcher") return { user: found };
  return isOwn ? found : rest.toInput(found, around);
}

/** Records refer to each other in circles: of what is named, its name is enough. */
function plain(shape: unknown): unknown {
  if (typeof shape !== "object" || shape === null || Array.isArray(shape)) return shape;
  return Object.fromEntries(Object.entries(shape).map(([key, value]) => [key, REFERENCES.has(key) ? named(value) : value]));
}

const REFERENCES = new Set(["team", "requested_team", "organization", "pull_request"]);

function named(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).filter(([, part]) => typeof part !== "object" || part === null));
}

function nowOf({ world }: Truthful): string {
  return new Date(world.now()).toISOString();
}
