/** Looks for documents whose repository has another name today, or is gone: for each kind one grouping, and one more where there are any. */
import { part, textAt } from "@octally/shared/json";
import { strayOf, type KnownRepository, type Standing, type Stray } from "./core/strays.ts";
import { belongsTo, toStoredRepository, type Source } from "./core/source.ts";
import type { CheckerPorts } from "./ports.ts";

export async function findStrays({ reader, kinds }: Pick<CheckerPorts, "reader" | "kinds">, sources: readonly Source[]): Promise<readonly { readonly stray: Stray; readonly isLater: boolean }[]> {
  const known = await readRepositories(reader);
  const found: { readonly stray: Stray; readonly isLater: boolean }[] = [];
  for (const kind of kinds.filter(({ scope }) => scope !== "organization")) {
    for (const { key: [id, name] } of await reader.groups({ kind: kind.name, by: ["repository.id", "repository.name_with_owner"] })) {
      const standing: Standing | undefined = typeof id === "number" && typeof name === "string" ? { repositoryId: id, name } : undefined;
      const stray = standing === undefined || !isOurs(sources, standing, known) ? undefined : strayOf(known.get(standing.repositoryId), standing);
      if (stray === undefined || standing === undefined) continue;
      const later = await reader.groups({ kind: kind.name, by: ["repository.id"], where: { is: { "repository.id": [standing.repositoryId], "repository.name_with_owner": [standing.name] }, since: { "octally.observed_at": afterwards(stray.until) } } });
      found.push({ stray, isLater: later.length > 0 });
    }
  }
  return found;
}

function afterwards(time: string): string {
  return new Date(Date.parse(time) + 1).toISOString();
}

/** Under the name that they stand under, or under that of today. */
function isOurs(sources: readonly Source[], { repositoryId, name }: Standing, known: ReadonlyMap<number, KnownRepository>): boolean {
  const names = [name, known.get(repositoryId)?.name ?? name];
  return sources.some((source) => names.some((one) => belongsTo(source, { place: { org: null, repository: { id: repositoryId, name_with_owner: one } } })));
}

async function readRepositories(reader: CheckerPorts["reader"]): Promise<ReadonlyMap<number, KnownRepository>> {
  const known = new Map<number, KnownRepository>();
  for await (const document of reader.scan({ kind: "repository", by: "id", fields: ["id", "full_name", "owner", "org", "octally"], withDeleted: true })) {
    const [stored, observedAt] = [toStoredRepository(document), textAt(part(document, "octally"), "observed_at")];
    if (stored === undefined || observedAt === undefined) continue;
    const { id, name_with_owner: name } = stored.place.repository;
    known.set(id, { id, org: stored.owner, name, observedAt, deletedAt: textAt(part(document, "octally"), "deleted_at") ?? null });
  }
  return known;
}
