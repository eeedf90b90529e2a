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
import type { SeveralPlan } from "../core/plan-small.ts";
import { namedIn } from "@octally/model/graphql-several";
import { readNamed } from "./walk-named.ts";
import { gatherFinished } from "./walk-connection.ts";
import { timeOf, WHOLE, type Walk, type WalkContext } from "./walk.ts";

type Repository = SmallLists["repositories"][number];

export type SeveralWalk = SeveralPlan & {
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
    const found: Found[] = [];
    for (const [index, repository] of some.entries()) {
      const node = nodes[index];
      const isAsExpected = answer.is === "data" && isJsonObject(node) && isThere(repository, node) && problemsAt(answer.problems, ["nodes", index]).length === 0;
      const items = isAsExpected ? await itemsOf(context, walk, node) : undefined;
      if (items === undefined) left.push(repository);
      else found.push({ repository, items });
    }
    const { gathered, seen, notWhole } = answer.is === "data" ? await gatherFound(context, walk, found, timeOf(answer.observedAt)) : NONE;
    left.push(...notWhole);
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

type Found = { readonly repository: Repository; readonly items: readonly JsonObject[] };
type Read = { readonly gathered: Gathered; readonly seen: number; readonly notWhole: readonly Repository[] };

const NONE: Read = { gathered: NOTHING, seen: 0, notWhole: [] };

async function gatherFound(context: WalkContext, walk: SeveralWalk, found: readonly Found[], observedAt: string): Promise<Read> {
  if (walk.named !== null) return gatherNamed(context, walk, walk.named, found);
  const { kind, wanted } = walk;
  const read = found.map(({ repository: { id, name_with_owner }, items }) => {
    const around = { org: context.place.org, repository: { id, name_with_owner }, below: {}, observedAt };
    return items.map((item) => gatherFinished(context.kinds, kind, wanted, { node: item, gaps: [] }, around)).reduce<Gathered>(together, NOTHING);
  });
  const whole = read.map((gathered) => isWhole(gathered));
  return {
    gathered: read.filter((_, index) => whole[index]).reduce<Gathered>(together, NOTHING),
    seen: found.reduce((sum, { items }, index) => sum + (whole[index] === true ? items.length : 0), 0),
    notWhole: found.flatMap(({ repository }, index) => (whole[index] === true ? [] : [repository])),
  };
}

/** The lists name things of all these repositories: they are asked for together, and where one is not whole, in each repository by itself. */
async function gatherNamed(context: WalkContext, { kind, wanted }: SeveralWalk, { names, atOnce }: NonNullable<SeveralWalk["named"]>, found: readonly Found[]): Promise<Read> {
  const repositories = new Map(found.flatMap(({ repository: { id, name_with_owner }, items }) => items.flatMap((item) => namedIn(names, item)).map((name) => [name, { id, name_with_owner }] as const)));
  const read = await readNamed(context, { parent: kind, wanted, atOnce, repositoryOf: (name) => repositories.get(name) ?? null }, [...repositories.keys()]);
  return "is" in read || !isWhole(read.gathered) ? { ...NONE, notWhole: found.map(({ repository }) => repository) } : { gathered: read.gathered, seen: repositories.size, notWhole: [] };
}

function isWhole({ gaps, refreshes, elsewhere }: Gathered): boolean {
  return gaps.length + refreshes.length + elsewhere.size === 0;
}

/** Undefined: something of it is not whole. */
async function itemsOf({ github, call }: WalkContext, { read }: SeveralWalk, node: JsonObject): Promise<readonly JsonObject[] | undefined> {
  const { path } = read.list;
  const told = part(ownerOf(node, path), path.at(-1) ?? "")?.["nodes"];
  // A null among them is one that GitHub failed at, or that this token may not see.
  if (Array.isArray(told) && told.includes(null)) return undefined;
  const finished = await finishNested(github.graphql, node, [read.list], call);
  return finished.gaps.length > 0 ? undefined : objectsAt(part(ownerOf(finished.node, path), path.at(-1) ?? ""), "nodes");
}

function ownerOf(node: JsonObject, path: readonly string[]): JsonObject | undefined {
  return path.slice(0, -1).reduce<JsonObject | undefined>((value, step) => part(value, step), node);
}
