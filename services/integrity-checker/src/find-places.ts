/** The places of some sources: their repositories, as the store knows them, and the organisations themselves. */
import type { Call } from "@octally/github/call";
import type { GitHub } from "@octally/github/make-github";
import { isJsonObject, textAt } from "@octally/shared/json";
import type { Place } from "./core/place.ts";
import { belongsTo, toStoredRepository, type Source } from "./core/source.ts";
import type { CheckerPorts } from "./ports.ts";

export type FoundPlace = { readonly place: Place; /** Null: not known, so it cannot be counted yet. */ readonly nodeId: string | null };

export async function findPlaces(ports: Pick<CheckerPorts, "reader">, github: Pick<GitHub, "get">, source: Source, call: Call): Promise<readonly FoundPlace[]> {
  const repositories = await findRepositories(ports, source);
  return source.name === null ? [...(await findOrganization(github, source.owner, call)), ...repositories] : repositories;
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

async function findRepositories({ reader }: Pick<CheckerPorts, "reader">, source: Source): Promise<readonly FoundPlace[]> {
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
