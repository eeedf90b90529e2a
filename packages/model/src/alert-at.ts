import { part } from "@octally/shared/json";
import type { WebhookReader } from "./define-kind.ts";
import { numberKey } from "./references.ts";

/** Alerts are numbered within their repository and have no node id in events. GitHub never deletes one. */
export const alertAt: WebhookReader = (payload) => {
  const input = part(payload, "alert");
  return input === undefined ? [] : [{ is: "present", input, key: numberKey(input) }];
};
