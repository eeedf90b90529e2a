import { part } from "@octally/shared/json";
import type { WebhookReader } from "./define-kind.ts";
import { keyAt } from "./references.ts";

/**
 * The most common reader: the thing itself lies below `key`, and the action `deleted` says that it is gone. `by` is the field
 * that REST's path to one of them needs.
 */
export function objectAt(key: string, by?: "id" | "number" | "name"): WebhookReader {
  return (payload, { action }) => {
    const input = part(payload, key);
    if (input === undefined) return [];
    return [action === "deleted" ? { is: "deleted", input } : { is: "present", input, key: by === undefined ? undefined : keyAt(input, by) }];
  };
}
