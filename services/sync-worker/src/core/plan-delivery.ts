/** What one delivery asks for: documents and jobs. Pure: the same delivery always gives the same plan. */
import type { Kind } from "@octally/model/define-kind";
import type { Observation } from "@octally/model/observation";
import { contextOf, observeDelivery, type Observed } from "@octally/model/observe-delivery";
import { observedAt, timeOfGuid } from "@octally/model/observed-at";
import type { delivery as deliveryKind } from "@octally/model/own/delivery";
import { toVersion } from "@octally/model/version";
import { archiveReference } from "@octally/shared/archive";
import { deliveryId, type DeliveryHeaders } from "@octally/shared/delivery";
import { numberAt, part, textAt, type JsonObject } from "@octally/shared/json";
import type { FollowUpJob } from "@octally/shared/sync-job";
import { subjectOf, wholeNumber } from "./subject.ts";

export type ReadDelivery = {
  readonly headers: DeliveryHeaders;
  readonly payload: JsonObject;
  readonly bytes: number;
};

export type DeliveryPlan = {
  /** The delivery's own document comes last. */
  readonly observations: readonly Observation[];
  readonly jobs: readonly FollowUpJob[];
};

/** `archiveKey` is the object that holds the raw body. */
export function planDelivery(kinds: readonly Kind[], read: ReadDelivery, archiveKey: string | null): DeliveryPlan {
  const { headers, payload } = read;
  const facts = {
    event: headers.event,
    payload,
    observedAt: observedAt(headers.guid, payload, headers.receivedAt),
    archive: archiveReference(headers),
  };
  const observed = observeDelivery(kinds, facts);
  return { observations: [...observed.observations, deliveryObservation(read, archiveKey, observed)], jobs: observed.jobs };
}

type DeliveryDocument = ReturnType<typeof deliveryKind.read> extends infer R ? (R extends { readonly document: infer D } ? D : never) : never;

function deliveryObservation({ headers, payload, bytes }: ReadDelivery, archiveKey: string | null, observed: Observed): Observation {
  // Of two objects that hold the same receipt (it came again before it was done) always the same one stays, in any order: precedence compares the place.
  const archive = archiveKey === null ? archiveReference(headers) : `${archiveKey}#${deliveryId(headers)}`;
  const { org, repository, action } = contextOf({ event: headers.event, payload, observedAt: headers.receivedAt, archive });
  // GitHub's clock where it speaks: a redelivery has the same GUID, so it finds the same month's index. The last receipt stays.
  const sentAt = timeOfGuid(headers.guid, headers.receivedAt);
  const version = toVersion(sentAt ?? headers.receivedAt, headers.receivedAt);
  const id = deliveryId(headers);
  const document: DeliveryDocument = {
    id,
    guid: headers.guid,
    hook_id: headers.hookId,
    target_type: headers.targetType,
    target_id: headers.targetId,
    event: headers.event,
    action,
    sender: senderOf(payload),
    subject: subjectOf(headers.event, payload),
    installation_id: wholeNumber(numberAt(part(payload, "installation"), "id")),
    sent_at: sentAt ?? null,
    received_at: headers.receivedAt,
    bytes,
    archive_key: archiveKey,
    kinds: namesOf(observed.observations.map(({ kind }) => kind)),
    refreshes: namesOf(observed.jobs.flatMap((job) => (job.type === "refresh" ? [job.kind] : []))),
    understood: observed.observations.length > 0 || observed.jobs.length > 0,
  };
  return { kind: "delivery", id, org, repository, document, deletedAt: null, version, observedAt: headers.receivedAt, source: "webhook", archive };
}

function senderOf(payload: JsonObject): DeliveryDocument["sender"] {
  const sender = part(payload, "sender");
  const [id, login] = [wholeNumber(numberAt(sender, "id")), textAt(sender, "login")];
  return id === null || login === undefined ? null : { id, login, type: textAt(sender, "type") ?? "User" };
}

function namesOf(names: readonly string[]): string[] {
  return [...new Set(names)].toSorted();
}
