/** The kinds of which Octally itself is the source. */
import type { Kind } from "../define-kind.ts";
import { kinds } from "../registry.ts";
import { apiUsage } from "./api-usage.ts";
import { coverage } from "./coverage.ts";
import { deadLetter } from "./dead-letter.ts";
import { delivery } from "./delivery.ts";
import { syncPart } from "./sync-part.ts";
import { syncRun } from "./sync-run.ts";
import { syncState } from "./sync-state.ts";

export const ownKinds: readonly Kind[] = [delivery, deadLetter, coverage, syncState, syncRun, syncPart, apiUsage];

/** Everything that has an index. */
export const allKinds: readonly Kind[] = [...kinds, ...ownKinds];
