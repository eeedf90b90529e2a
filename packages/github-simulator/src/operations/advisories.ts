/** Advisories: of GitHub's database, which apps alone are told of, and of a repository. */
import { createHash } from "node:crypto";
import type * as E from "../world/entities.ts";
import type { World } from "../world/world.ts";
import { edit, isEmpty, touch } from "./touch.ts";

type By = { readonly actor: E.User };

/** GHSA ids have no letters that look like others. */
const ALPHABET = "23456789cfghjmpqrvwx";

export function freshGhsaId(world: World): string {
  const bytes = createHash("sha256").update(`advisory ${world.nextId("advisory")}`).digest();
  const letters = [...bytes.subarray(0, 12)].map((byte) => ALPHABET.charAt(byte % ALPHABET.length)).join("");
  return `GHSA-${letters.slice(0, 4)}-${letters.slice(4, 8)}-${letters.slice(8)}`;
}

type NewGlobal = By & Omit<E.GlobalAdvisory, "ghsaId" | "publishedAt" | "updatedAt" | "withdrawnAt"> & { readonly ghsaId?: string };

export function publishGlobalAdvisory(world: World, { actor, ghsaId, ...what }: NewGlobal): E.GlobalAdvisory {
  const now = world.now();
  const advisory: E.GlobalAdvisory = { ghsaId: ghsaId ?? freshGhsaId(world), ...what, publishedAt: now, updatedAt: now, withdrawnAt: null };
  world.journal.put(world.advisories, advisory.ghsaId, advisory);
  world.emit({ at: now, actor, event: "security_advisory", action: "published", advisory });
  return advisory;
}

export function updateGlobalAdvisory(world: World, { actor, advisory, ...wanted }: By & { readonly advisory: E.GlobalAdvisory } & Partial<Pick<E.GlobalAdvisory, "summary" | "description" | "severity" | "vulnerableRange" | "patchedVersion">>): void {
  if (isEmpty(edit(world, advisory, wanted))) return;
  touch(world, advisory);
  world.emit({ at: world.now(), actor, event: "security_advisory", action: "updated", advisory });
}

export function withdrawGlobalAdvisory(world: World, { actor, advisory }: By & { readonly advisory: E.GlobalAdvisory }): void {
  world.journal.set(advisory, "withdrawnAt", world.now());
  touch(world, advisory);
  world.emit({ at: world.now(), actor, event: "security_advisory", action: "withdrawn", advisory });
}

type NewAdvisory = By & Pick<E.Advisory, "repository" | "summary" | "description" | "severity" | "ecosystem" | "packageName" | "vulnerableRange"> & Partial<Pick<E.Advisory, "patchedVersions" | "cveId">>;

/** By somebody from outside; the maintainers look at it first. */
export function reportAdvisory(world: World, order: NewAdvisory): E.Advisory {
  const advisory = addAdvisory(world, order, "triage");
  world.emit({ at: world.now(), actor: order.actor, event: "repository_advisory", action: "reported", repository: order.repository, advisory });
  return advisory;
}

/** By a maintainer; nobody is told. */
export function draftAdvisory(world: World, order: NewAdvisory): E.Advisory {
  return addAdvisory(world, order, "draft");
}

export function publishAdvisory(world: World, { actor, advisory }: By & { readonly advisory: E.Advisory }): void {
  world.journal.assign<E.Advisory>(advisory, { state: "published", publisher: actor, publishedAt: world.now() });
  touch(world, advisory);
  world.emit({ at: world.now(), actor, event: "repository_advisory", action: "published", repository: advisory.repository, advisory });
}

/** Nobody is told. */
export function closeAdvisory(world: World, { advisory }: { readonly advisory: E.Advisory }): void {
  world.journal.assign<E.Advisory>(advisory, { state: "closed", closedAt: world.now() });
  touch(world, advisory);
}

function addAdvisory(world: World, { actor, repository, patchedVersions = null, cveId = null, ...what }: NewAdvisory, state: E.Advisory["state"]): E.Advisory {
  const now = world.now();
  const advisory: E.Advisory = { ghsaId: freshGhsaId(world), cveId, repository, ...what, patchedVersions, state, author: actor, publisher: null, createdAt: now, updatedAt: now, publishedAt: null, closedAt: null, withdrawnAt: null };
  world.journal.push(repository, "advisories", advisory);
  return advisory;
}
