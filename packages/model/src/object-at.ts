import { part } from "@octally/shared/json";
import type { WebhookReader } from "./define-kind.ts";

/** The most common reader: the thing itself lies below `key`, and the action `deleted` says that it is gone. */
export function objectAt(key: string): WebhookReader {
  return (payload, { action }) => {
    const input = part(payload, key);
    return input === undefined ? [] : [{ is: action === "deleted" ? "deleted" : "present", input }];
  };
}
