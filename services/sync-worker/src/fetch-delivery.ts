/** One delivery of GitHub's own log, with its payload, onto the queue of deliveries: from there on as if it had come. */
import type { Call } from "@octally/github/call";
import { storeClaim } from "@octally/shared/claims";
import { byteLengthOf, MAX_INLINE_BODY_BYTES, toDeliveryMessage } from "@octally/shared/delivery";
import { PermanentError } from "@octally/shared/errors";
import { isJsonObject, part, textAt } from "@octally/shared/json";
import type { FetchDeliveryJob } from "@octally/shared/sync-job";
import type { JobPorts } from "./job-ports.ts";
import type { GitHubPort } from "./walks/walk.ts";

/** @throws PermanentError `delivery-lost` where GitHub's log has it no more (three days) */
export async function fetchDelivery(ports: JobPorts, github: GitHubPort, call: Call, job: FetchDeliveryJob): Promise<void> {
  const answer = await github.get({ path: `${job.hook}/deliveries/{delivery}`, parameters: { delivery: job.delivery } }, call);
  if (answer.is === "forbidden") throw new PermanentError("cannot-see", answer.missing.message);
  const found = answer.is === "found" && isJsonObject(answer.data) ? answer.data : undefined;
  const payload = part(part(found, "request"), "payload");
  const [guid, event] = [textAt(found, "guid"), textAt(found, "event")];
  if (payload === undefined || guid === undefined || event === undefined) throw new PermanentError("delivery-lost", `GitHub's log of deliveries has ${job.hook} ${job.delivery} no more (${answer.is}).`);
  const text = JSON.stringify(payload);
  const headers = { guid, hookId: job.hook_id, event, targetType: job.target_type, targetId: job.target_id, contentType: "application/json", receivedAt: ports.clock().toISOString() };
  const small = byteLengthOf({ is: "text", text }) <= MAX_INLINE_BODY_BYTES;
  const body = small ? ({ kind: "utf8", text } as const) : await storeClaim(ports.bucket, headers, Buffer.from(text));
  await ports.deliveries.sendAll([toDeliveryMessage({ ...headers, body })]);
}
