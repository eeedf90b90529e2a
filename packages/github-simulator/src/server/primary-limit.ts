/** How much a caller may ask of each resource in one window. */
import type { World } from "../world/world.ts";
import type { Caller, Installation } from "./credentials.ts";
import { PUBLISHED, type Resource } from "./limits.ts";

export function primaryLimitOf(world: World, { viewer, credential }: Caller, resource: Resource): number {
  if (resource === "search") return viewer.is === "anonymous" ? PUBLISHED.anonymousSearchPerMinute : PUBLISHED.searchPerMinute;
  if (resource === "code_search") return PUBLISHED.codeSearchPerMinute;
  if (viewer.is === "anonymous") return resource === "graphql" ? 0 : PUBLISHED.anonymousPerHour;
  const installation = credential?.installation ?? null;
  return installation === null ? PUBLISHED.userPerHour : limitOfInstallation(world, installation);
}

/** 5,000, 50 more for each repository over 20 and each user over 20, at most 12,500. */
function limitOfInstallation(world: World, { account, repositories }: Installation): number {
  let count = repositories?.length ?? 0;
  if (repositories === null) for (const { owner, deleted } of world.repositories.values()) if (owner === account && !deleted) count += 1;
  const users = account.type === "Organization" ? account.members.length : 1;
  return Math.min(PUBLISHED.installationMaximumPerHour, PUBLISHED.userPerHour + 50 * Math.max(0, count - 20) + 50 * Math.max(0, users - 20));
}
