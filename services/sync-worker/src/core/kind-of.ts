import type { Kind } from "@octally/model/define-kind";
import { PermanentError } from "@octally/shared/errors";

/** @throws PermanentError for a kind that an older or newer release knew */
export function kindOf(kinds: readonly Kind[], name: string): Kind {
  const kind = kinds.find((one) => one.name === name);
  if (kind === undefined) throw new PermanentError("unknown-kind", `No kind is named "${name}".`);
  return kind;
}
