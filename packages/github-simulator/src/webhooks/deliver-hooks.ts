/** Who is told of something: hooks of the repository, of its organisation, and of the apps installed there. */
import type { Installation } from "../server/credentials.ts";
import type * as E from "../world/entities.ts";
import type { Happening } from "../world/happening.ts";
import type { World } from "../world/world.ts";
import { isSentTo, isToldToHooks, type HookKind } from "./deliver-to.ts";

export type Subscriber = { readonly hook: E.Hook; readonly installationId: number | null };

export function hooksFor(_world: World, happening: Happening, appHooks: ReadonlyMap<number, E.Hook>, installations: () => readonly Installation[]): readonly Subscriber[] {
  // A hook hears of its own making and end, nobody else does.
  if (happening.event === "ping" || happening.event === "meta") return [{ hook: happening.hook, installationId: null }];
  // GitHub says nothing when a newer deployment takes the place of an older one.
  if (happening.event === "deployment_status" && happening.status.state === "inactive") return [];
  const repository = "repository" in happening ? happening.repository : undefined;
  const owner = repository?.owner.type === "Organization" ? repository.owner : undefined;
  const organization = "organization" in happening ? happening.organization : owner;
  const found: Subscriber[] = [];
  const add = (hooks: readonly E.Hook[], kind: HookKind): void => {
    for (const hook of hooks) if (wants(hook, happening, kind)) found.push({ hook, installationId: null });
  };
  if (repository !== undefined && repository.hooks.length > 0) add(repository.hooks, "r");
  if (organization !== undefined && organization.hooks.length > 0) add(organization.hooks, "o");
  // Who gives a repository away is still told so.
  if (happening.event === "repository" && happening.action === "transferred" && happening.formerOwner?.type === "Organization" && happening.formerOwner !== organization) add(happening.formerOwner.hooks, "o");
  if (appHooks.size > 0) found.push(...ofApps(happening, repository, organization, appHooks, installations()));
  return found;
}

function ofApps(happening: Happening, repository: E.Repository | undefined, organization: E.Organization | undefined, appHooks: ReadonlyMap<number, E.Hook>, installations: readonly Installation[]): readonly Subscriber[] {
  const account = repository?.owner ?? organization;
  return installations.flatMap((installation) => {
    const hook = appHooks.get(installation.registered.app.id);
    if (hook === undefined || installation.suspendedAt !== null || !wants(hook, happening, "a")) return [];
    const everywhere = account === undefined;
    if (!everywhere && installation.account !== account) return [];
    if (repository !== undefined && installation.repositories !== null && !installation.repositories.includes(repository)) return [];
    return [{ hook, installationId: installation.id }];
  });
}

function wants(hook: E.Hook, { event, action }: Happening, kind: HookKind): boolean {
  return hook.active && (hook.events.includes("*") || hook.events.includes(event)) && isSentTo(event, kind) && isToldToHooks(event, action, kind);
}
