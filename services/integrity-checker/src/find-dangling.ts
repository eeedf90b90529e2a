/** Looks for what is named and not there: for each reference one grouping of those that name, and one of those that are named. */
import type { FieldValue, Group, Where } from "@octally/store/reader";
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
    const { child, parent, names, is, within, key } = reference;
    const at = within === "repository" ? "repository.id" : "org";
    const known = new Set((await reader.groups({ kind: parent, by: [at, is], withDeleted: true })).map(nameOf));
    const by = key === null || key === names ? ([at, names] as const) : ([at, names, key] as const);
    const groups: Group[] = [];
    for (const where of await wheresOf(reader, reference, orgs)) groups.push(...(await reader.groups({ kind: child, by, where })));
    for (const group of groups) {
      const [place, named, keyed = named] = group.key;
      if (place === null || place === undefined || named === null || named === undefined || known.has(nameOf(group))) continue;
      const repository = within === "repository" ? repositories.get(Number(place)) : undefined;
      if (within === "repository" ? repository === undefined : !orgs.has(String(place))) continue;
      dangling.push({ parent, place: repository?.place ?? { org: String(place), repository: null }, named, key: key === null ? null : textOf(keyed), namedBy: child });
    }
  }
  return dangling;
}

/** One question, or one of each organisation whose parents the store knows. */
async function wheresOf(reader: CheckerPorts["reader"], { parent, where = {}, writtenAt }: Reference, orgs: ReadonlySet<string | null>): Promise<readonly Where[]> {
  if (writtenAt === undefined) return [where];
  const known = new Map<string, string>();
  for (const { key: [org, seenAt] } of await reader.groups({ kind: parent, by: ["org", "octally.observed_at"], withDeleted: true })) {
    if (typeof org !== "string" || !orgs.has(org) || seenAt === null || seenAt === undefined || typeof seenAt === "boolean") continue;
    // The store groups times by their milliseconds.
    const at = new Date(seenAt).toISOString();
    const first = known.get(org);
    if (first === undefined || at < first) known.set(org, at);
  }
  return [...known].map(([org, since]) => ({ ...where, is: { ...where.is, org: [org] }, since: { ...where.since, [writtenAt]: since } }));
}

function nameOf({ key: [place, named] }: Group): string {
  return `${String(place).toLowerCase()} ${String(named)}`;
}

function textOf(value: FieldValue | null | undefined): string | null {
  return value === null || value === undefined ? null : String(value);
}
