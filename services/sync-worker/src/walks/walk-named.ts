/** What hangs from things that another list names by their node ids: the names are read page by page, and their things asked for many at once. */
import { finishNested } from "@octally/github/finish-nested";
import { problemsAt, type GraphqlProblem } from "@octally/github/graphql-problem";
import type { Kind } from "@octally/model/define-kind";
import { nodesDocument, type Wanted } from "@octally/model/graphql-documents";
import type { RepositoryRef } from "@octally/model/observation";
import type { NodeNames } from "@octally/model/sources";
import { isJsonObject, type JsonObject } from "@octally/shared/json";
import * as z from "zod";
import { NOTHING, together, type Gathered } from "../core/gathered.ts";
import { datedNames, listedNames, nestedNames, type DatedNames, type Names } from "./node-names.ts";
import { gatherFinished } from "./walk-connection.ts";
import { timeOf, type Step, type Walk, type WalkContext, type WalkEnd } from "./walk.ts";

export type NamedWalk = { readonly parent: Kind; readonly names: NodeNames | DatedNames; readonly wanted: Wanted; readonly atOnce: number };

export type NamedRead = Omit<NamedWalk, "names"> & { /** Default: all in the walk's own. */ readonly repositoryOf?: (id: string) => RepositoryRef | null };

/** `after`: in the list of names, a cursor of GraphQL's or an address of REST's. */
const cursorSchema = z.object({ after: z.string().nullable() });

export async function* walkNamed(context: WalkContext, walk: NamedWalk, stored: JsonObject | null): Walk {
  const parsed = cursorSchema.safeParse(stored);
  const from = parsed.success ? parsed.data.after : null;
  const names = namesOf(context, walk, from);
  for (;;) {
    const { done, value } = await names.next();
    if (done === true) return value;
    const read = await readNamed(context, walk, value.ids);
    if ("is" in read) return read;
    yield { gathered: together(read.gathered, { ...NOTHING, gaps: value.gaps }), seen: value.ids.length, cursor: { after: value.next }, last: value.next === null } satisfies Step;
  }
}

function namesOf(context: WalkContext, { names, parent }: NamedWalk, from: string | null): Names {
  switch (names.by) {
    case "rest":
      return listedNames(context, parent, from);
    case "graphql":
      return nestedNames(context, names, from);
    case "period":
      return datedNames(context, parent, names, from);
    default:
      return names satisfies never;
  }
}

/** As many at once as GitHub bears; one that it cannot answer for alone is a gap. */
export async function readNamed(context: WalkContext, walk: NamedRead, ids: readonly string[]): Promise<{ readonly gathered: Gathered } | WalkEnd> {
  const { github, call, kinds } = context;
  const { parent, wanted, atOnce, repositoryOf = () => context.place.repository } = walk;
  const read = nodesDocument(kinds, parent, wanted);
  let gathered = NOTHING;
  let size = Math.min(atOnce, ids.length);
  for (let start = 0; start < ids.length; ) {
    const some = ids.slice(start, start + size);
    const answer = await github.graphql(read.document, { ids: some }, call);
    if (answer.is === "forbidden") return { is: "forbidden", missing: answer.missing, message: answer.missing.message };
    if (answer.is === "too-heavy") {
      if (size > 1) size = Math.ceil(size / 2);
      else {
        gathered = together(gathered, { ...NOTHING, gaps: [`${parent.name} ${some[0] ?? ""}: ${answer.message}`] });
        start += 1;
      }
      continue;
    }
    const denied = deniedIn(answer.problems, parent);
    if (denied !== undefined) return denied;
    const nodes: readonly unknown[] = Array.isArray(answer.data["nodes"]) ? answer.data["nodes"] : [];
    for (const [index, id] of some.entries()) {
      const node = nodes[index];
      const problems = problemsAt(answer.problems, ["nodes", index]);
      // Gone since its name was read.
      if (!isJsonObject(node)) continue;
      if (problems.length === 0) {
        const around = { ...context.place, repository: repositoryOf(id), below: {}, observedAt: timeOf(answer.observedAt) };
        gathered = together(gathered, gatherFinished(kinds, parent, wanted, await finishNested(github.graphql, node, read.nested, call), around));
      } else if (atOnce === 1) {
        gathered = together(gathered, { ...NOTHING, gaps: [`${parent.name} ${id}: ${problems[0]?.message ?? ""}`] });
      } else {
        // GitHub failed at a part of it: once more, by itself.
        const alone = await readNamed(context, { ...walk, atOnce: 1 }, [id]);
        if ("is" in alone) return alone;
        gathered = together(gathered, alone.gathered);
      }
    }
    start += some.length;
  }
  return { gathered };
}

/** The same of each of them is kept from this token: itself, or a part of it. */
function deniedIn(problems: readonly GraphqlProblem[], of: Kind): WalkEnd | undefined {
  const denied = problems.find(({ missing }) => missing !== null);
  return denied === undefined ? undefined : { is: "forbidden", missing: denied.missing, message: denied.message, ...(denied.path.length <= NODE.length ? { of } : {}) };
}

/** Of one of them in the answer. */
const NODE = ["nodes", 0];
