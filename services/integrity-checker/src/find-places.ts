/** The places of some sources: their repositories, as the store knows them, and the organisations themselves. */
import type { Call } from "@octally/github/call";
import type { GitHub } from "@octally/github/make-github";
import { REPOSITORIES_OF } from "@octally/model/kinds/repository";
import { isJsonObject, textAt } from "@octally/shared/json";
import type { Expected } from "./core/count-answer.ts";
import type { Place } from "./core/place.ts";
import { belongsTo, toStoredRepository, type Source } from "./core/source.ts";
import type { CheckerPorts } from "./ports.ts";

export type FoundPlace = {
  readonly place: Place;
  /** Null: not known, so it cannot be counted yet. */
  readonly nodeId: string | null;
  /** Of a user, who has no other kinds: how many there are of these. */
  readonly counted?: ReadonlyMap<string, Expected>;
  /** GitHub has it, and the store not even its own document. */
  readonly isLost?: true;
};

export async function findPlaces(ports: Pick<CheckerPorts, "reader">, github: Pick<GitHub, "get" | "list">, source: Source, call: Call): Promise<readonly FoundPlace[]> {
  const repositories = await findRepositories(ports, source);
  if (source.name !== null) return repositories.length > 0 ? repositories : findLost(github, source, call);
  const organization = await findOrganization(github, source.owner, call);
  return [...(organization.length > 0 ? organization : await findUser(github, source.owner, call)), ...repositories];
}

/** The same where GitHub cannot be asked: the organisation as it was called. */
export async function findStoredPlaces(ports: Pick<CheckerPorts, "reader">, source: Source): Promise<readonly FoundPlace[]> {
  const places = [...(await findRepositories(ports, source))];
  for await (const document of ports.reader.scan({ kind: "organization", by: "id", fields: ["login", "node_id"] })) {
    const login = textAt(document, "login");
    if (source.name === null && login !== undefined && login.toLowerCase() === source.owner) places.push({ place: { org: login, repository: null }, nodeId: textAt(document, "node_id") ?? null });
  }
  return places;
}

export async function findRepositories({ reader }: Pick<CheckerPorts, "reader">, source: Source): Promise<readonly FoundPlace[]> {
  const repositories: FoundPlace[] = [];
  for await (const document of reader.scan({ kind: "repository", by: "id", fields: ["id", "node_id", "full_name", "owner", "org"] })) {
    const found = toStoredRepository(document);
    if (found !== undefined && belongsTo(source, found)) repositories.push({ place: found.place, nodeId: found.nodeId });
  }
  return repositories;
}

/** None where the owner is a user. GitHub is asked, because nothing else says how the organisation is called today. */
async function findOrganization(github: Pick<GitHub, "get">, login: string, call: Call): Promise<readonly FoundPlace[]> {
  const answer = await github.get({ path: "/orgs/{org}", parameters: { org: login } }, call);
  if (answer.is !== "found" || !isJsonObject(answer.data)) return [];
  return [{ place: { org: textAt(answer.data, "login") ?? login, repository: null }, nodeId: textAt(answer.data, "node_id") ?? null }];
}

/** A user's repositories are counted by GitHub's list of them: else one that the store lost would be missed by nobody. */
async function findUser(github: Pick<GitHub, "get" | "list">, login: string, call: Call): Promise<readonly FoundPlace[]> {
  const answer = await github.get({ path: "/users/{login}", parameters: { login } }, call);
  if (answer.is !== "found" || !isJsonObject(answer.data) || textAt(answer.data, "type") !== "User") return [];
  const place = { org: textAt(answer.data, "login") ?? login, repository: null };
  let count = 0;
  for await (const page of github.list({ path: REPOSITORIES_OF.user, parameters: { org: login } }, call)) {
    if (page.is !== "page") return [{ place, nodeId: null, counted: new Map([["repository", { is: "unknown", reason: `GitHub does not list the repositories (${page.is}).` }]]) }];
    count += page.items.length;
  }
  return [{ place, nodeId: null, counted: new Map([["repository", { is: "counted", count }]]) }];
}

/** A repository that is a source by itself is looked for at GitHub where the store does not know it: it would be missed by nobody. */
async function findLost(github: Pick<GitHub, "get">, { owner, name }: Source, call: Call): Promise<readonly FoundPlace[]> {
  const answer = await github.get({ path: "/repos/{owner}/{repo}", parameters: { owner, repo: name ?? "" } }, call);
  const found = answer.is === "found" && isJsonObject(answer.data) ? toStoredRepository(answer.data) : undefined;
  return found === undefined ? [] : [{ place: found.place, nodeId: found.nodeId, isLost: true }];
}
