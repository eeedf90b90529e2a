/** The world as text, field by field; a record inside another is its id or name. */
import { ORACLE_KINDS } from "../src/oracle-kinds.ts";
import { Oracle } from "../src/oracle.ts";
import type { World } from "../src/world/world.ts";

export function snapshotOf(world: World): string[] {
  const oracle = new Oracle(world);
  const lines = [...world.accountsByLogin].map(([login, account]) => `account ${login} ${flat(account)}`);
  for (const [name, { id }] of world.repositoriesByName) lines.push(`name ${name} ${id}`);
  for (const kind of ORACLE_KINDS) for (const { key, record } of oracle.things(kind)) lines.push(`${kind} ${key} ${flat(record)}`);
  return lines.toSorted();
}

function flat(record: object): string {
  return JSON.stringify(Object.fromEntries(Object.entries(record).map(([key, value]) => [key, Array.isArray(value) ? value.map(nameOf) : nameOf(value)])));
}

function nameOf(value: unknown): unknown {
  if (value instanceof Map) return [...value].map(([key, item]) => [key, nameOf(item)]);
  if (typeof value !== "object" || value === null) return value;
  const { id, sha, name, user, repository, is } = value as Record<string, unknown>;
  return { id, sha, name, user: user === undefined ? undefined : nameOf(user), repository: repository === undefined ? undefined : nameOf(repository), is };
}
