/** What every walk has in common: page by page from a cursor, and at its end why it ended. */
import type { Kind } from "@octally/model/define-kind";
import type { RepositoryRef } from "@octally/model/observation";
import { TransientError } from "@octally/shared/errors";
import type { Call } from "@octally/github/call";
import type { GitHub } from "@octally/github/make-github";
import type { MissingPermission } from "@octally/github/missing-permission";
import type { Gathered } from "../core/gathered.ts";
import type { Period } from "../core/period.ts";

export type GitHubPort = Pick<GitHub, "get" | "list" | "graphql" | "nowMs">;

export type WalkContext = {
  readonly github: GitHubPort;
  readonly call: Call;
  readonly kinds: readonly Kind[];
  readonly place: { readonly org: string | null; readonly repository: RepositoryRef | null };
} & Period;

/** Where to go on; plain data, for the part's state. */
export type Cursor = { readonly [name: string]: string | number | boolean | null | Cursor };

/** When everything of this step is stored, the cursor may move. */
export type Step = {
  readonly gathered: Gathered;
  /** Things of the walk's own kind. */
  readonly seen: number;
  readonly cursor: Cursor;
  /** Nothing comes after it: the cursor leads nowhere, and the walk is to be asked for its end at once, which costs no request. */
  readonly last: boolean;
  readonly expected?: number | null;
  /** Of a walk for what hangs from them: the things below which it has read, by id and node id, also where nothing hangs. */
  readonly parents?: readonly string[];
};

export type WalkEnd =
  /** Everything was read that GitHub shows; nothing where this is switched off: what there was may be hidden. */
  | { readonly is: "whole"; readonly note?: string; readonly disabled?: true }
  | { readonly is: "forbidden"; readonly missing: MissingPermission | null; readonly message: string; /** The kind whose own list is kept from this token, where it is the one that others hang from. */ readonly of?: Kind; /** The kinds that are kept, where others of the same pages were read. */ readonly kept?: readonly string[] }
  /** GitHub says that there is none: whether it is gone or hidden must be found out. */
  | { readonly is: "absent"; readonly message: string }
  /** It answers by another name, or another has taken the name. */
  | { readonly is: "elsewhere" }
  /** GitHub will not say more, and there is no other way. */
  | { readonly is: "capped"; readonly message: string };

export type Walk = AsyncGenerator<Step, WalkEnd, undefined>;

export const WHOLE: WalkEnd = { is: "whole" };

/** @throws TransientError where an answer came without GitHub's clock */
export function timeOf(observedAt: string | null): string {
  if (observedAt === null) throw new TransientError("github-unexpected", "An answer of GitHub's came without its Date.");
  return observedAt;
}
