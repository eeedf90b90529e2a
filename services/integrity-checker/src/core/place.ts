/** Where things are counted: in a repository, or in an organisation. Pure. */
import type { Kind } from "@octally/model/define-kind";
import type { RepositoryRef } from "@octally/model/observation";
import { isNoWay, type Listing } from "@octally/model/sources";

export type Level = "repository" | "organization";

/** A repository, or, where there is none, the organisation. */
export type Place = { readonly org: string | null; readonly repository: RepositoryRef | null };

/** What a repository is called may change; its id does not. */
export function placeKey({ org, repository }: Place): string {
  return repository === null ? `org:${(org ?? "").toLowerCase()}` : String(repository.id);
}

export function coverageId(place: Place, kind: string): string {
  return `${placeKey(place)}:${kind}`;
}

/** What one list of GitHub's is of, and so where its things are counted. */
export function levelOf(kinds: readonly Kind[], kind: Kind): Level {
  const { count, inventory, list } = kind.sources;
  if (count.by === "graphql") return count.of;
  if (count.by === "parents") return levelOfName(kinds, count.parent, kind);
  if (inventory.by === "graphql") return inventory.of;
  if (inventory.by === "parent") return levelOfName(kinds, inventory.parent, kind);
  if (!isNoWay(list)) return levelOfListing(kinds, list[0], kind);
  return kind.scope === "organization" ? "organization" : "repository";
}

function levelOfListing(kinds: readonly Kind[], listing: Listing, kind: Kind): Level {
  if (listing.by === "parent") return levelOfName(kinds, listing.parent, kind);
  return typeof listing.of === "string" ? listing.of : levelOfName(kinds, listing.of.each, kind);
}

function levelOfName(kinds: readonly Kind[], name: string, of: Kind): Level {
  const parent = kinds.find((kind) => kind.name === name);
  return parent === undefined || parent.name === of.name ? "repository" : levelOf(kinds, parent);
}
