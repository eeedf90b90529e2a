/** Releases. Publishing one is told as `published` and as `released` or `prereleased`; its tag is made if there is none. */
import { NONE } from "../world/entities.ts";
import type * as E from "../world/entities.ts";
import type { World } from "../world/world.ts";
import { createTag } from "./branches-and-commits.ts";
import { freshId } from "./first-ids.ts";
import { edit, isEmpty, touch } from "./touch.ts";

type Of = { readonly actor: E.User; readonly release: E.Release };
type NewRelease = { readonly actor: E.User; readonly repository: E.Repository; readonly tagName: string } & Partial<Pick<E.Release, "targetCommitish" | "name" | "body" | "draft" | "prerelease">>;

export function createRelease(world: World, { actor, repository, tagName, targetCommitish = repository.defaultBranch, name = null, body = null, draft = false, prerelease = false }: NewRelease): E.Release {
  const now = world.now();
  const release: E.Release = { id: freshId(world, "release"), repository, tagName, targetCommitish, name, body, draft: true, prerelease, author: actor, createdAt: now, publishedAt: null, updatedAt: now, assets: NONE };
  world.journal.push(repository, "releases", release);
  world.register("Release", release.id, release);
  if (!draft) appear(world, actor, release);
  world.emit({ at: now, actor, event: "release", action: "created", repository, release });
  if (!draft) tellPublished(world, actor, release);
  return release;
}

export function publishRelease(world: World, { actor, release }: Of): void {
  appear(world, actor, release);
  tellPublished(world, actor, release);
}

/** A pre-release that becomes a release is told as `released` too. */
export function editRelease(world: World, { actor, release, ...wanted }: Of & Partial<Pick<E.Release, "name" | "body" | "tagName" | "prerelease">>): void {
  const promoted = release.prerelease && wanted.prerelease === false && !release.draft;
  const edits = edit(world, release, wanted);
  if (isEmpty(edits)) return;
  const { name, body, tagName } = edits;
  touch(world, release);
  const base = { at: world.now(), actor, event: "release", repository: release.repository, release } as const;
  world.emit({ ...base, action: "edited", changes: { ...(name && { name }), ...(body && { body }), ...(tagName && { tag_name: tagName }) } });
  if (promoted) world.emit({ ...base, action: "released" });
}

/** Back to a draft. */
export function unpublishRelease(world: World, { actor, release }: Of): void {
  world.journal.assign<E.Release>(release, { draft: true, publishedAt: null });
  touch(world, release);
  world.emit({ at: world.now(), actor, event: "release", action: "unpublished", repository: release.repository, release });
}

/** Its tag stays. */
export function deleteRelease(world: World, { actor, release }: Of): void {
  world.journal.remove(release.repository, "releases", release);
  world.forget("Release", release.id);
  for (const { id } of release.assets) world.forget("ReleaseAsset", id);
  world.emit({ at: world.now(), actor, event: "release", action: "deleted", repository: release.repository, release });
}

/** No webhook tells of assets, nor of their downloads. */
export function uploadAsset(world: World, { actor, release, name, sizeBytes, contentType = "application/octet-stream" }: Of & Pick<E.ReleaseAsset, "name" | "sizeBytes"> & Partial<Pick<E.ReleaseAsset, "contentType">>): E.ReleaseAsset {
  const asset: E.ReleaseAsset = { id: freshId(world, "releaseAsset"), name, contentType, sizeBytes, downloads: 0, uploader: actor, createdAt: world.now(), updatedAt: world.now() };
  world.journal.push(release, "assets", asset);
  world.register("ReleaseAsset", asset.id, asset);
  return asset;
}

export function downloadAsset(world: World, { asset, times = 1 }: { readonly asset: E.ReleaseAsset; readonly times?: number }): void {
  world.journal.set(asset, "downloads", asset.downloads + times);
}

function appear(world: World, actor: E.User, release: E.Release): void {
  const { repository, tagName, targetCommitish } = release;
  if (!repository.tags.some(({ name }) => name === tagName)) {
    const sha = repository.branches.find(({ name }) => name === targetCommitish)?.head.sha ?? targetCommitish;
    createTag(world, { actor, repository, tag: tagName, sha });
  }
  world.journal.assign<E.Release>(release, { draft: false, publishedAt: world.now() });
  touch(world, release);
}

function tellPublished(world: World, actor: E.User, release: E.Release): void {
  const base = { at: world.now(), actor, event: "release", repository: release.repository, release } as const;
  world.emit({ ...base, action: "published" });
  world.emit({ ...base, action: release.prerelease ? "prereleased" : "released" });
}
