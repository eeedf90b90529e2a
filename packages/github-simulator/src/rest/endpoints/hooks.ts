/** Hooks of organisations and repositories and the app's own, and their log of deliveries. */
import type * as E from "../../world/entities.ts";
import { createHook, deleteHook, editHook, pingHook } from "../../operations/hooks.ts";
import { toHook, toHookConfig, type LastResponse } from "../../shapes/hook.ts";
import { iso, type Json } from "../../shapes/shaping.ts";
import { ApiError, invalid, notFound, requiresAuthentication } from "../../server/api-error.ts";
import type { Delivery } from "../../webhooks/deliver.ts";
import { isEvent } from "../../webhooks/deliver-to.ts";
import { created, NO_CONTENT, ok, type Answer, type Call, type Endpoint, type Need } from "../call.ts";
import { found, numberIn, onOrganization, onRepository, plain } from "../define.ts";
import { linkTo, page, pageSize } from "../paging.ts";
import { actorOf } from "./users.ts";

type Target = E.Organization | E.Repository;
type Handler = (call: Call, target: Target) => Answer;
const MOST_HOOKS_PER_EVENT = 20;

export const HOOKS: readonly Endpoint[] = [
  ...both("GET", "", "list-{}-webhooks", "read", (call, target) => page(call, target.hooks, (hook) => toHook(call.s, hook, lastResponse(call, hook)))),
  ...both("POST", "", "create-{a}-webhook", "write", create),
  ...both("GET", "/:hook", "get-{a}-webhook", "read", (call, target) => ok(toHook(call.s, hookIn(call, target), lastResponse(call, hookIn(call, target))))),
  ...both("PATCH", "/:hook", "update-{a}-webhook", "write", (call, target) => {
    const hook = hookIn(call, target);
    const { add_events: added, remove_events: removed } = call.input;
    const events = Array.isArray(call.input["events"]) ? call.input["events"] : [...hook.events.filter((event) => !Array.isArray(removed) || !removed.includes(event)), ...(Array.isArray(added) ? added : [])];
    editHook(call.world, { hook, ...settingsIn({ ...call.input, events }, false) });
    return ok(toHook(call.s, hook, lastResponse(call, hook)));
  }),
  ...both("DELETE", "/:hook", "delete-{a}-webhook", "write", (call, target) => {
    deleteHook(call.world, { actor: actorOf(call), hook: hookIn(call, target) });
    return NO_CONTENT;
  }),
  ...both("GET", "/:hook/config", "get-a-webhook-configuration-for-{a}", "read", (call, target) => ok(toHookConfig(hookIn(call, target)))),
  ...both("PATCH", "/:hook/config", "update-a-webhook-configuration-for-{a}", "write", (call, target) => {
    const hook = hookIn(call, target);
    editHook(call.world, { hook, ...settingsIn({ config: call.input }, false) });
    return ok(toHookConfig(hook));
  }),
  ...both("POST", "/:hook/pings", "ping-{a}-webhook", "write", (call, target) => {
    pingHook(call.world, { actor: actorOf(call), hook: hookIn(call, target) });
    return NO_CONTENT;
  }),
  ...both("GET", "/:hook/deliveries", "list-deliveries-for-{a}-webhook", "read", (call, target) => deliveries(call, hookIn(call, target))),
  ...both("GET", "/:hook/deliveries/:delivery", "get-a-delivery-for-{a}-webhook", "read", (call, target) => ok(toDelivery(deliveryIn(call, hookIn(call, target)), true))),
  ...both("POST", "/:hook/deliveries/:delivery/attempts", "redeliver-a-delivery-for-{a}-webhook", "write", (call, target) => redeliver(call, hookIn(call, target))),
  plain("GET", "/app/hook/config", "apps/webhooks#get-a-webhook-configuration-for-an-app", (call) => ok(toHookConfig(appHook(call)))),
  plain("PATCH", "/app/hook/config", "apps/webhooks#update-a-webhook-configuration-for-an-app", (call) => {
    editHook(call.world, { hook: appHook(call), ...settingsIn({ config: call.input }, false) });
    return ok(toHookConfig(appHook(call)));
  }),
  plain("GET", "/app/hook/deliveries", "apps/webhooks#list-deliveries-for-an-app-webhook", (call) => deliveries(call, appHook(call))),
  plain("GET", "/app/hook/deliveries/:delivery", "apps/webhooks#get-a-delivery-for-an-app-webhook", (call) => ok(toDelivery(deliveryIn(call, appHook(call)), true))),
  plain("POST", "/app/hook/deliveries/:delivery/attempts", "apps/webhooks#redeliver-a-delivery-for-an-app-webhook", (call) => redeliver(call, appHook(call))),
];

/** The same for a repository and for an organisation; only its administrators see that there are hooks. */
function both(method: Endpoint["method"], path: string, doc: string, level: "read" | "write", handler: Handler): readonly Endpoint[] {
  const of: Need = { permission: "organization_hooks", level, always: true };
  const ofRepository: Need = { permission: "repository_hooks", level, always: true, role: "admin" };
  return [
    onOrganization(`/hooks${path}`, `orgs/webhooks#${doc.replace("{a}", "an-organization").replace("{}", "organization")}`, of, "admin", handler, method),
    onRepository(`/hooks${path}`, `repos/webhooks#${doc.replace("{a}", "a-repository").replace("{}", "repository")}`, ofRepository, handler, method),
  ];
}

function hookIn(call: Call, target: Target): E.Hook {
  return found(target.hooks.find(({ id }) => id === numberIn(call, "hook")));
}

function appHook({ viewer, services }: Call): E.Hook {
  if (viewer.is !== "app" || viewer.app === null) throw viewer.is === "anonymous" ? requiresAuthentication() : new ApiError(401, "A JSON web token could not be decoded");
  return found(services.deliveries.appHooks.get(viewer.app.id));
}

function create(call: Call, target: Target): Answer {
  const settings = settingsIn(call.input, true);
  const { url } = settings;
  if (url === undefined) throw invalid({ resource: "Hook", code: "custom", field: "url", message: "url cannot be blank" });
  if (target.hooks.some((hook) => hook.url === url)) throw invalid({ resource: "Hook", code: "custom", message: `Hook already exists on this ${"members" in target ? "organization" : "repository"}` });
  for (const event of settings.events ?? ["push"]) {
    if (target.hooks.filter(({ events }) => events.includes(event)).length >= MOST_HOOKS_PER_EVENT) throw invalid({ resource: "Hook", code: "custom", message: `The "${event}" event cannot have more than ${MOST_HOOKS_PER_EVENT} hooks` });
  }
  return created(toHook(call.s, createHook(call.world, { actor: actorOf(call), target, ...settings, url })));
}

function settingsIn(input: Json, fresh: boolean): Partial<Pick<E.Hook, "active" | "events" | "url" | "contentType" | "secret" | "insecureSsl">> {
  const { config, events, active } = input;
  const { url, content_type: contentType, secret, insecure_ssl: insecure } = typeof config === "object" && config !== null ? (config as Json) : {};
  if (fresh && typeof config !== "object") throw new ApiError(422, "Invalid request.\n\n\"config\" wasn't supplied.");
  if (url !== undefined && (typeof url !== "string" || !/^https?:\/\//.test(url))) throw invalid({ resource: "Hook", code: "custom", field: "url", message: "url is invalid" });
  const named = Array.isArray(events) ? events.filter((event): event is string => typeof event === "string") : undefined;
  const unknown = named?.find((event) => !isEvent(event));
  if (unknown !== undefined) throw invalid({ resource: "Hook", code: "custom", message: `The event "${unknown}" is not supported for this hook` });
  return {
    ...(typeof url === "string" ? { url } : {}),
    ...(named === undefined ? {} : { events: named }),
    ...(typeof active === "boolean" ? { active } : {}),
    ...(contentType === "json" || contentType === "form" ? { contentType } : {}),
    ...(typeof secret === "string" ? { secret } : {}),
    ...(insecure === undefined ? {} : { insecureSsl: insecure === "1" || insecure === 1 }),
  };
}

function lastResponse({ services }: Call, hook: E.Hook): LastResponse {
  const last = services.deliveries.log(hook)[0];
  if (last === undefined) return { code: null, status: "unused", message: null };
  return { code: last.statusCode, status: last.status === "OK" ? "active" : last.status === "timed out" ? "timeout" : "misconfigured", message: last.status };
}

/** Newest first, by cursor. */
function deliveries(call: Call, hook: E.Hook): Answer {
  const { query } = call;
  const [status, redelivery, cursor] = [query.get("status"), query.get("redelivery"), query.get("cursor")];
  const log = call.services.deliveries.log(hook);
  const wanted = log.slice(cursor === null || cursor === "" ? 0 : placeOf(log, cursor)).filter((delivery) => {
    const failed = delivery.statusCode >= 400;
    return (status === null || (status === "failure" ? failed : !failed)) && (redelivery === null || String(delivery.redelivery) === redelivery);
  });
  const shown = wanted.slice(0, pageSize(call));
  const next = wanted[shown.length];
  return { ...ok(shown.map((delivery) => toDelivery(delivery, false))), headers: next === undefined ? {} : { link: `<${linkTo(call, { cursor: `v1_${next.id}` })}>; rel="next"` } };
}

/** Where the one of the cursor is. The log loses its oldest: once that one is forgotten, nothing older is there. Ids say nothing of the order: what was delayed has an early one. */
function placeOf(log: readonly Delivery[], cursor: string): number {
  const [, id] = /^v1_(\d+)$/.exec(cursor) ?? [];
  if (id === undefined) throw new ApiError(422, "Validation Failed", { errors: [{ resource: "WebhookDelivery", field: "cursor", code: "invalid" }] });
  const place = log.findIndex((delivery) => delivery.id === Number(id));
  return place === -1 ? log.length : place;
}

function deliveryIn(call: Call, hook: E.Hook): Delivery {
  return found(call.services.deliveries.find(hook, numberIn(call, "delivery")));
}

function redeliver(call: Call, hook: E.Hook): Answer {
  if (!hook.active) throw notFound();
  call.services.deliveries.redeliver(deliveryIn(call, hook));
  return { status: 202, body: {} };
}

function toDelivery(delivery: Delivery, whole: boolean): Json {
  const item = {
    id: delivery.id,
    guid: delivery.guid,
    delivered_at: iso(delivery.deliveredAt),
    redelivery: delivery.redelivery,
    duration: delivery.durationSeconds,
    status: delivery.status,
    status_code: delivery.statusCode,
    event: delivery.event,
    action: delivery.action,
    installation_id: delivery.installationId,
    repository_id: delivery.repositoryId,
    throttled_at: delivery.throttledAt === null ? null : iso(delivery.throttledAt),
  };
  if (!whole) return item;
  return { ...item, url: delivery.url, request: { headers: delivery.headers, payload: JSON.parse(delivery.payload) as unknown }, response: { headers: delivery.response.headers, payload: delivery.response.body } };
}
