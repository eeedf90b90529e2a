/** Making, changing and ending hooks. A new one is pinged at once. */
import { hash32 } from "../faults/dice.ts";
import { touch } from "../operations/touch.ts";
import type * as E from "../world/entities.ts";
import type { World } from "../world/world.ts";

export type HookSettings = { readonly url: string; readonly events?: readonly string[]; readonly active?: boolean; readonly contentType?: E.Hook["contentType"]; readonly secret?: string | null; readonly insecureSsl?: boolean };

const FIRST_ID = 450_000_000;

export function createHook(world: World, { actor, target, url, events = ["push"], active = true, contentType = "form", secret = null, insecureSsl = false }: HookSettings & { readonly actor: E.User; readonly target: E.Hook["target"] }): E.Hook {
  const now = world.now();
  const hook: E.Hook = { id: world.nextId("hook", FIRST_ID + (hash32("hook") % 1_000_000)), target, active, events, url, contentType, secret, insecureSsl, createdAt: now, updatedAt: now };
  if ("hooks" in target) world.journal.push(target, "hooks", hook);
  world.register("Hook", hook.id, hook);
  pingHook(world, { actor, hook });
  return hook;
}

export function editHook(world: World, { hook, ...settings }: Partial<HookSettings> & { readonly hook: E.Hook }): void {
  world.journal.assign<E.Hook>(hook, settings);
  touch(world, hook);
}

export function deleteHook(world: World, { actor, hook }: { readonly actor: E.User; readonly hook: E.Hook }): void {
  const { target } = hook;
  world.emit({ at: world.now(), actor, event: "meta", action: "deleted", hook });
  if ("hooks" in target) world.journal.remove(target, "hooks", hook);
  world.forget("Hook", hook.id);
}

export function pingHook(world: World, { actor, hook }: { readonly actor: E.User; readonly hook: E.Hook }): void {
  world.emit({ at: world.now(), actor, event: "ping", action: null, hook });
}
