/** Where webhooks come from. Pure. */
import type { Group } from "@octally/store/reader";
import { isJsonObject, numberAt, part, textAt } from "@octally/shared/json";
import type { Place } from "./place.ts";

export type Hook = {
  readonly id: string;
  /** Its place in the API. */
  readonly path: string;
  readonly targetType: "organization" | "repository" | "integration";
  readonly place: Place;
};

export function organizationHook(org: string, id: string): Hook {
  return { id, path: `/orgs/${org}/hooks/${id}`, targetType: "organization", place: { org, repository: null } };
}

/** Those that have ever delivered to this system; groups of hook_id, target_type, org, repository.id and repository.name_with_owner. */
export function hooksOf(groups: readonly Group[]): readonly Hook[] {
  const hooks = groups.flatMap(({ key: [id, type, org, repository, name] }): readonly Hook[] => {
    if (typeof id !== "string" || !/^\d+$/.test(id)) return [];
    if (type === "organization" && typeof org === "string") return [organizationHook(org, id)];
    if (type === "repository" && typeof repository === "number" && typeof name === "string") return [{ id, path: `/repos/${name}/hooks/${id}`, targetType: type, place: { org: typeof org === "string" ? org : null, repository: { id: repository, name_with_owner: name } } }];
    if (type === "integration" && typeof org === "string") return [{ id, path: "/app/hook", targetType: type, place: { org, repository: null } }];
    return [];
  });
  return [...new Map(hooks.map((hook) => [`${hook.path} ${hook.id}`, hook])).values()];
}

/** Of an organisation's list of hooks, those that deliver to this address. */
export function hooksTo(url: string, org: string, items: readonly unknown[]): readonly Hook[] {
  return items.flatMap((item) => {
    const hook = isJsonObject(item) ? item : undefined;
    const id = numberAt(hook, "id");
    return id !== undefined && hook?.["active"] === true && textAt(part(hook, "config"), "url") === url ? [organizationHook(org, String(id))] : [];
  });
}
