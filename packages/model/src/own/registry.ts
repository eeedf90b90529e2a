/** The kinds of which Octally itself is the source. */
import type { Kind } from "../define-kind.ts";
import { kinds } from "../registry.ts";
import { deadLetter } from "./dead-letter.ts";
import { delivery } from "./delivery.ts";

export const ownKinds: readonly Kind[] = [delivery, deadLetter];

/** Everything that has an index. */
export const allKinds: readonly Kind[] = [...kinds, ...ownKinds];
