/** Releases. */
import type { User } from "./accounts.ts";
import type { Millis } from "./basics.ts";
import type { Repository } from "./repository.ts";

export type Release = {
  readonly id: number;
  readonly repository: Repository;
  tagName: string;
  readonly targetCommitish: string;
  name: string | null;
  body: string | null;
  draft: boolean;
  prerelease: boolean;
  readonly author: User;
  readonly createdAt: Millis;
  publishedAt: Millis | null;
  updatedAt: Millis;
  assets: readonly ReleaseAsset[];
};
export type ReleaseAsset = { readonly id: number; readonly name: string; readonly contentType: string; readonly sizeBytes: number; downloads: number; readonly uploader: User; readonly createdAt: Millis; updatedAt: Millis };
