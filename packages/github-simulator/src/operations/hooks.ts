/** Webhooks of organisations, repositories and apps. */
import type * as E from "../world/entities.ts";
import type { World } from "../world/world.ts";
import { freshId } from "./first-ids.ts";
import { touch } from "./touch.ts";

type By = { readonly actor: E.User };
type Settings = Pick<E.Hook, "active" | "events" | "url" | "contentType" | "secret" | "insecureSsl">;

/** GitHub pings it at once. The hook of an app is found by its id alone. */
export function createHook(world: World, { actor, target, url, events = ["push"], active = true, contentType = "form", secret = null, insecureSsl = false }: By & Pick<E.Hook, "target" | "url"> & Partial<Settings>): E.Hook {
  const hook: E.Hook = { id: freshId(world, "hook"), target, active, events: [...events], url, contentType, secret, insecureSsl, createdAt: world.now(), updatedAt: world.now() };
  if ("hooks" in target) world.journal.push(target, "hooks", hook);
  world.register("Hook", hook.id, hook);
  pingHook(world, { actor, hook });
  return hook;
}

export function editHook(world: World, { hook, ...wanted }: { readonly hook: E.Hook } & Partial<Settings>): void {
  world.journal.assign<E.Hook>(hook, wanted);
  touch(world, hook);
}

export function pingHook(world: World, { actor, hook }: By & { readonly hook: E.Hook }): void {
  world.emit({ at: world.now(), actor, event: "ping", action: null, hook });
}

/** The last thing it is told. */
export function deleteHook(world: World, { actor, hook }: By & { readonly hook: E.Hook }): void {
  if ("hooks" in hook.target) world.journal.remove(hook.target, "hooks", hook);
  world.forget("Hook", hook.id);
  world.emit({ at: world.now(), actor, event: "meta", action: "deleted", hook });
}
