/** Looks for what is named and not there: for each reference one grouping of those that name, and one of those that are named. */
import type { FieldValue, Group } from "@octally/store/reader";
import { REFERENCES, type Dangling, type Reference } from "./core/references.ts";
import { toStoredRepository, type StoredRepository } from "./core/source.ts";
import type { CheckerPorts } from "./ports.ts";

export async function findDangling({ reader }: Pick<CheckerPorts, "reader">, isOurs: (repository: StoredRepository) => boolean, references: readonly Reference[] = REFERENCES): Promise<readonly Dangling[]> {
  const repositories = new Map<number, StoredRepository>();
  for await (const document of reader.scan({ kind: "repository", by: "id", fields: ["id", "node_id", "full_name", "owner", "org"] })) {
    const found = toStoredRepository(document);
    if (found !== undefined && isOurs(found)) repositories.set(found.place.repository.id, found);
  }
  const orgs = new Set([...repositories.values()].map(({ place }) => place.org));
  const dangling: Dangling[] = [];
  for (const reference of references) {
    const { child, parent, names, is, within, where, key } = reference;
    const at = within === "repository" ? "repository.id" : "org";
    const known = new Set((await reader.groups({ kind: parent, by: [at, is], withDeleted: true })).map(nameOf));
    for (const group of await reader.groups({ kind: child, by: key === null || key === names ? [at, names] : [at, names, key], ...(where === undefined ? {} : { where }) })) {
      const [place, named, keyed = named] = group.key;
      if (place === null || place === undefined || named === null || named === undefined || known.has(nameOf(group))) continue;
      const repository = within === "repository" ? repositories.get(Number(place)) : undefined;
      if (within === "repository" ? repository === undefined : !orgs.has(String(place))) continue;
      dangling.push({ parent, place: repository?.place ?? { org: String(place), repository: null }, named, key: key === null ? null : textOf(keyed), namedBy: child });
    }
  }
  return dangling;
}

function nameOf({ key: [place, named] }: Group): string {
  return `${String(place).toLowerCase()} ${String(named)}`;
}

function textOf(value: FieldValue | null | undefined): string | null {
  return value === null || value === undefined ? null : String(value);
}
