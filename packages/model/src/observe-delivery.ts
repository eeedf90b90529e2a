/**
 * A delivery's payload becomes observations and jobs: the kinds are asked, one after the other, what they see in it.
 * Pure; the same delivery always gives the same result.
 */
import { part, textAt, type JsonObject } from "@octally/shared/json";
import type { FollowUpJob, RefreshJob } from "@octally/shared/sync-job";
import { identityOf, type DeliveryContext, type Kind, type Sighting } from "./define-kind.ts";
import type { Observation } from "./observation.ts";
import { ownerOf, toRepositoryRef } from "./place.ts";
import { refreshKeyOf, wayToAsk } from "./refresh-subject.ts";
import type { Place } from "./sources.ts";
import { toObservation, type Seen, type Whereabouts } from "./to-observation.ts";

export type DeliveryFacts = {
  readonly event: string;
  readonly payload: JsonObject;
  /** ISO 8601, GitHub's clock. */
  readonly observedAt: string;
  readonly archive: string | null;
};

export type Observed = {
  readonly observations: readonly Observation[];
  readonly jobs: readonly FollowUpJob[];
};

/** The event belongs to `payload.repository`; its owner's or the organisation's login is `org`, or that of the account where an app is installed. */
export function contextOf({ event, payload, observedAt }: DeliveryFacts): DeliveryContext {
  const repository = part(payload, "repository");
  return {
    event,
    action: textAt(payload, "action") ?? null,
    org: loginOf(part(payload, "organization")) ?? ownerOf(repository) ?? loginOf(part(part(payload, "installation"), "account")) ?? null,
    repository: toRepositoryRef(repository) ?? null,
    observedAt,
  };
}

function loginOf(account: JsonObject | undefined): string | undefined {
  return textAt(account, "login") || undefined;
}

export function observeDelivery(kinds: readonly Kind[], facts: DeliveryFacts): Observed {
  const context = contextOf(facts);
  const observations: Observation[] = [];
  const jobs: FollowUpJob[] = [];
  for (const kind of kinds) {
    for (const name of [facts.event, "*"]) {
      // The event's name comes from outside: "constructor" is none of a kind's.
      const reader = Object.hasOwn(kind.fromWebhook, name) ? kind.fromWebhook[name] : undefined;
      for (const sighting of reader?.(facts.payload, context) ?? []) {
        const outcome = interpret(kind, sighting, context, facts);
        if (outcome === undefined) continue;
        if ("job" in outcome) jobs.push(outcome.job);
        else observations.push(outcome.observation);
      }
    }
  }
  return { observations, jobs };
}

type Outcome = { readonly observation: Observation } | { readonly job: FollowUpJob } | undefined;

function interpret(kind: Kind, sighting: Sighting, context: DeliveryContext, facts: DeliveryFacts): Outcome {
  switch (sighting.is) {
    case "job":
      return { job: sighting.job };
    case "changed":
      return refreshOf(kind, sighting, context);
    case "present": {
      const read = kind.read(sighting.input);
      const place = placeOfSighting(kind, sighting, context);
      const id = read.whole ? identityOf(kind, read.document, place.repository) : undefined;
      if (!read.whole || id === undefined || (kind.scope === "repository" && place.repository === null)) {
        if (sighting.inPassing === true) return undefined;
        return refreshOf(kind, { nodeId: textAt(sighting.input, "node_id"), key: sighting.key ?? refreshKeyOf(kind, sighting.input), place: sighting.place }, context);
      }
      return { observation: toObservation(kind, id, read.document, place, seenIn(facts, null)) };
    }
    case "deleted": {
      const document = kind.readPartly(sighting.input);
      const place = placeOfSighting(kind, sighting, context);
      const id = identityOf(kind, document, place.repository);
      if (id === undefined) return undefined;
      return { observation: toObservation(kind, id, document, place, seenIn(facts, facts.observedAt)) };
    }
    default:
      return sighting satisfies never;
  }
}

function placeOfSighting(kind: Kind, { place }: { readonly place?: Place | undefined }, context: DeliveryContext): Whereabouts {
  const { org, repository } = place ?? context;
  return { org, repository: kind.scope === "organization" ? null : repository };
}

function seenIn({ observedAt, archive }: DeliveryFacts, deletedAt: string | null): Seen {
  return { observedAt, source: "webhook", archive, deletedAt };
}

function refreshOf(
  kind: Kind,
  sighting: { readonly nodeId?: string | undefined; readonly key?: string | undefined; readonly place?: Place | undefined },
  context: DeliveryContext,
): Outcome {
  const subject = {
    ...(sighting.nodeId === undefined || sighting.nodeId === "" ? {} : { node_id: sighting.nodeId }),
    ...(sighting.key === undefined || sighting.key === "" ? {} : { key: sighting.key }),
  };
  const place = placeOfSighting(kind, sighting, context);
  // Nothing that could be asked for: the delivery's own document still says what happened.
  if (Object.keys(subject).length === 0 || wayToAsk(kind, subject, place.repository !== null) === undefined) return undefined;
  const job: RefreshJob = {
    type: "refresh",
    kind: kind.name,
    ...place,
    subjects: [subject],
    reason: context.action === null ? context.event : `${context.event}.${context.action}`,
  };
  return { job };
}
