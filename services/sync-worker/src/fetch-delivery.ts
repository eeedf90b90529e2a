/** One delivery of GitHub's own log, with its payload, onto the queue of deliveries: from there on as if it had come. */
import type { Call } from "@octally/github/call";
import type { GitHub } from "@octally/github/make-github";
import { storeClaim } from "@octally/shared/claims";
import { byteLengthOf, MAX_INLINE_BODY_BYTES, toDeliveryMessage } from "@octally/shared/delivery";
import { PermanentError } from "@octally/shared/errors";
import { isJsonObject, part, textAt, toAsciiJson } from "@octally/shared/json";
import type { FetchDeliveryJob } from "@octally/shared/sync-job";
import type { JobPorts } from "./job-ports.ts";

/** @throws PermanentError `delivery-lost` where GitHub's log has it no more (three days) */
export async function fetchDelivery(ports: JobPorts, github: Pick<GitHub, "get" | "post">, call: Call, job: FetchDeliveryJob): Promise<void> {
  const answer = await github.get({ path: `${job.hook}/deliveries/{delivery}`, parameters: { delivery: job.delivery } }, call);
  if (answer.is === "forbidden") throw new PermanentError("cannot-see", answer.missing.message);
  const found = answer.is === "found" && isJsonObject(answer.data) ? answer.data : undefined;
  const payload = part(part(found, "request"), "payload");
  const [guid, event] = [textAt(found, "guid"), textAt(found, "event")];
  // GitHub has it, and does not give the payload: then it is to send it again.
  if (found !== undefined && guid !== undefined && payload === undefined) return redeliver(github, call, job);
  if (payload === undefined || guid === undefined || event === undefined) throw new PermanentError("delivery-lost", `GitHub's log of deliveries has ${job.hook} ${job.delivery} no more (${answer.is}).`);
  const text = toAsciiJson(payload);
  const headers = { guid, hookId: job.hook_id, event, targetType: job.target_type, targetId: job.target_id, contentType: "application/json", receivedAt: ports.clock().toISOString() };
  const small = byteLengthOf({ is: "text", text }) <= MAX_INLINE_BODY_BYTES;
  const body = small ? ({ kind: "utf8", text } as const) : await storeClaim(ports.bucket, headers, Buffer.from(text));
  await ports.deliveries.sendAll([toDeliveryMessage({ ...headers, body })]);
}

/** A write, which GitHub counts fivefold. @throws PermanentError `cannot-see` where the token may only read */
async function redeliver(github: Pick<GitHub, "get" | "post">, call: Call, { hook, delivery }: FetchDeliveryJob): Promise<void> {
  const answer = await github.post({ path: `${hook}/deliveries/{delivery}/attempts`, parameters: { delivery } }, call);
  // 202.
  if (answer.is === "not-ready" || answer.is === "found") return;
  throw new PermanentError(answer.is === "forbidden" ? "cannot-see" : "delivery-lost", `GitHub neither gives the payload of ${hook} ${delivery} nor sends it again (${answer.is}).`);
}
