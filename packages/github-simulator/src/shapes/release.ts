import type { Release, ReleaseAsset } from "../world/entities.ts";
import { toUser } from "./account.ts";
import { iso, isoOrNull, type Json, repoApi, repoHtml, type Shaping } from "./shaping.ts";

/** REST's form; in webhook payloads too. A draft has an address that only those with push access can open, and no archives. */
export function toRelease(s: Shaping, release: Release): Json {
  const { repository } = release;
  const url = `${repoApi(s, repository)}/releases/${release.id}`;
  const archive = (format: string): string | null => (release.draft ? null : `${repoApi(s, repository)}/${format}/${release.tagName}`);
  return {
    url,
    assets_url: `${url}/assets`,
    upload_url: `${s.base.uploads}/repos/${repository.owner.login}/${repository.name}/releases/${release.id}/assets{?name,label}`,
    html_url: `${repoHtml(s, repository)}/releases/tag/${release.draft ? `untagged-${release.id}` : encodeURIComponent(release.tagName)}`,
    id: release.id,
    author: toUser(s, release.author),
    node_id: s.nodeId("Release", repository.id, release.id),
    tag_name: release.tagName,
    target_commitish: release.targetCommitish,
    name: release.name,
    draft: release.draft,
    immutable: false,
    prerelease: release.prerelease,
    created_at: iso(release.createdAt),
    updated_at: iso(release.updatedAt),
    published_at: isoOrNull(release.publishedAt),
    assets: release.assets.map((asset) => toAsset(s, release, asset)),
    tarball_url: archive("tarball"),
    zipball_url: archive("zipball"),
    body: release.body,
  };
}

export function toAsset(s: Shaping, release: Release, asset: ReleaseAsset): Json {
  const { repository } = release;
  return {
    url: `${repoApi(s, repository)}/releases/assets/${asset.id}`,
    id: asset.id,
    node_id: s.nodeId("ReleaseAsset", repository.id, asset.id),
    name: asset.name,
    label: "",
    uploader: toUser(s, asset.uploader),
    content_type: asset.contentType,
    state: "uploaded",
    size: asset.sizeBytes,
    digest: null,
    download_count: asset.downloads,
    created_at: iso(asset.createdAt),
    updated_at: iso(asset.updatedAt),
    browser_download_url: `${repoHtml(s, repository)}/releases/download/${encodeURIComponent(release.tagName)}/${encodeURIComponent(asset.name)}`,
  };
}
