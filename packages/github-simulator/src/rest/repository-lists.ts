/** The order of lists of repositories. */
import type { Repository } from "../world/entities.ts";
import type { Call } from "./call.ts";
import { directionIn } from "./define.ts";

type Sort = "created" | "updated" | "pushed" | "full_name";

/** `full_name` ascends unless said otherwise, times descend. */
export function sortRepositories(call: Call, repositories: readonly Repository[], fallback: Sort): readonly Repository[] {
  const asked = call.query.get("sort");
  const sort: Sort = asked === "created" || asked === "updated" || asked === "pushed" || asked === "full_name" ? asked : fallback;
  const sign = directionIn(call, sort === "full_name" ? "asc" : "desc") === "asc" ? 1 : -1;
  if (sort === "full_name") {
    const named = repositories.map((repository) => ({ repository, name: `${repository.owner.login}/${repository.name}`.toLowerCase() }));
    return named.toSorted((a, b) => (a.name < b.name ? -1 : 1) * sign).map(({ repository }) => repository);
  }
  const key = (repository: Repository): number => (sort === "created" ? repository.createdAt : sort === "updated" ? repository.updatedAt : (repository.pushedAt ?? repository.createdAt));
  return repositories.toSorted((a, b) => (key(a) - key(b) || a.id - b.id) * sign);
}
