/** The feeds of events: polled, hence with an ETag and the interval at which GitHub wants to be asked. */
import { canSee } from "../../world/viewer.ts";
import { toEvent } from "../../shapes/event.ts";
import type { Answer, Call, Endpoint } from "../call.ts";
import { onOrganization, onRepository, onUser, plain, reads } from "../define.ts";
import { MOST_EVENTS, type FeedEvent } from "../event-feed.ts";
import { page } from "../paging.ts";
import { isInside } from "./organizations.ts";
import { ownedBy, visible } from "./users.ts";

export const EVENTS: readonly Endpoint[] = [
  plain("GET", "/events", "activity/events#list-public-events", (call) => feed(call, call.services.events.of(visible(call).filter(({ visibility }) => visibility === "public")))),
  onRepository("/events", "activity/events#list-repository-events", reads("metadata"), (call, repository) => feed(call, call.services.events.of([repository]))),
  plain("GET", "/networks/:owner/:repo/events", "activity/events#list-public-events-for-a-network-of-repositories", (call) => {
    const repository = call.world.repositoriesByName.get(`${call.params["owner"]}/${call.params["repo"]}`.toLowerCase());
    return feed(call, repository === undefined || !canSee(call.viewer, repository) ? [] : call.services.events.of([repository, ...repository.forks]));
  }),
  onOrganization("/events", "activity/events#list-public-organization-events", null, null, (call, organization) =>
    feed(call, call.services.events.of(ownedBy(call, organization).filter(({ visibility }) => visibility === "public")))),
  onUser("/events", "activity/events#list-events-for-the-authenticated-user", (call, user) => feed(call, call.services.events.of(visible(call).filter(({ visibility }) => visibility === "public" || user === call.viewer.user), ({ happening }) => happening.actor === user))),
  onUser("/events/public", "activity/events#list-public-events-for-a-user", (call, user) => feed(call, call.services.events.of(visible(call).filter(({ visibility }) => visibility === "public"), ({ happening }) => happening.actor === user))),
  onUser("/events/orgs/:org", "activity/events#list-organization-events-for-the-authenticated-user", (call, user) => {
    const organization = call.world.accountsByLogin.get((call.params["org"] ?? "").toLowerCase());
    const mine = organization?.type === "Organization" && user === call.viewer.user && isInside(call, organization);
    return feed(call, mine ? call.services.events.of(ownedBy(call, organization)) : []);
  }),
];

function feed(call: Call, events: readonly FeedEvent[]): Answer {
  const answer = page(call, events, ({ id, happening }) => toEvent(call.s, id, happening), { maxItems: MOST_EVENTS });
  const newest = events[0]?.happening.at;
  return { ...answer, headers: { ...answer.headers, "x-poll-interval": "60" }, ...(newest === undefined ? {} : { lastModified: newest }) };
}
