import type { RepositoryRef } from "@octally/model/observation";
import type { PartEnd } from "../core/part-state.ts";
import type { Step } from "./walk.ts";

/** Under its new name it goes on. */
export type PartMove = { readonly state: "moved"; readonly org: string | null; readonly repository: RepositoryRef };

export type PartWalk = AsyncGenerator<Step, PartEnd | PartMove, undefined>;
