/**
 * The same short list of several repositories, as many at once as GitHub bears. Whatever is not as expected of one of them (it moved, it is hidden, GitHub
 * failed at a part of it) is left to a part of its own, which knows all of that.
 */
import { finishNested } from "@octally/github/finish-nested";
import { problemsAt } from "@octally/github/graphql-problem";
import type { SmallLists } from "@octally/shared/sync-job";
import { isJsonObject, numberAt, objectsAt, part, textAt, type JsonObject } from "@octally/shared/json";
import * as z from "zod";
import { NOTHING, together, type Gathered } from "../core/gathered.ts";
import type { severalRead } from "../core/plan-small.ts";
import { gatherFinished } from "./walk-connection.ts";
import { timeOf, WHOLE, type Walk, type WalkContext } from "./walk.ts";

type Repository = SmallLists["repositories"][number];

export type SeveralWalk = ReturnType<typeof severalRead> & {
  readonly small: SmallLists;
  /** What must be read by itself: before the cursor passes it. */
  readonly leave: (repositories: readonly Repository[]) => Promise<void>;
};

const cursorSchema = z.object({ done: z.number(), size: z.number() });

export async function* walkSeveral(context: WalkContext, walk: SeveralWalk, stored: JsonObject | null): Walk {
  const { github, call } = context;
  const { repositories, first } = walk.small;
  const parsed = cursorSchema.safeParse(stored);
  let { done, size } = parsed.success ? parsed.data : { done: 0, size: repositories.length };
  while (done < repositories.length) {
    const some = repositories.slice(done, done + size);
    const answer = await github.graphql(walk.read.document, { ids: some.map(({ node_id: id }) => id), first }, call);
    if (answer.is === "too-heavy" && size > 1) {
      size = Math.ceil(size / 2);
      continue;
    }
    const nodes: readonly unknown[] = answer.is === "data" && Array.isArray(answer.data["nodes"]) ? answer.data["nodes"] : [];
    const left: Repository[] = [];
    let gathered = NOTHING;
    let seen = 0;
    for (const [index, repository] of some.entries()) {
      const node = nodes[index];
      const isWhole = answer.is === "data" && isJsonObject(node) && isThere(repository, node) && problemsAt(answer.problems, ["nodes", index]).length === 0;
      const read = isWhole ? await readOne(context, walk, repository, node, timeOf(answer.observedAt)) : undefined;
      if (read === undefined) left.push(repository);
      else {
        gathered = together(gathered, read.gathered);
        seen += read.seen;
      }
    }
    if (left.length > 0) await walk.leave(left);
    done += some.length;
    yield { gathered, seen, cursor: { done, size }, last: done >= repositories.length };
  }
  return WHOLE;
}

/** GitHub answers by the id whatever the name is now. */
function isThere(repository: Repository, node: JsonObject): boolean {
  return numberAt(node, "databaseId") === repository.id && textAt(node, "nameWithOwner")?.toLowerCase() === repository.name_with_owner.toLowerCase();
}

/** Undefined: something of it is not whole. */
async function readOne({ github, call, kinds, place }: WalkContext, { kind, wanted, read }: SeveralWalk, { id, name_with_owner }: Repository, node: JsonObject, observedAt: string): Promise<{ readonly gathered: Gathered; readonly seen: number } | undefined> {
  const { path } = read.list;
  const told = part(ownerOf(node, path), path.at(-1) ?? "")?.["nodes"];
  // A null among them is one that GitHub failed at, or that this token may not see.
  if (Array.isArray(told) && told.includes(null)) return undefined;
  const finished = await finishNested(github.graphql, node, [read.list], call);
  if (finished.gaps.length > 0) return undefined;
  const items = objectsAt(part(ownerOf(finished.node, path), path.at(-1) ?? ""), "nodes");
  const around = { org: place.org, repository: { id, name_with_owner }, below: {}, observedAt };
  const gathered = items.map((item) => gatherFinished(kinds, kind, wanted, { node: item, gaps: [] }, around)).reduce<Gathered>(together, NOTHING);
  return gathered.gaps.length + gathered.refreshes.length + gathered.elsewhere.size > 0 ? undefined : { gathered, seen: items.length };
}

function ownerOf(node: JsonObject, path: readonly string[]): JsonObject | undefined {
  return path.slice(0, -1).reduce<JsonObject | undefined>((value, step) => part(value, step), node);
}
