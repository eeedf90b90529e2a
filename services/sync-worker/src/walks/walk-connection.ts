/** A GraphQL list with what hangs from its nodes, every nested list to its end. */
import { adaptivePage, type AdaptivePage } from "@octally/github/adaptive-page";
import { finishNested, type Finished } from "@octally/github/finish-nested";
import { dataAt } from "@octally/github/graphql";
import { problemsAt, type GraphqlProblem } from "@octally/github/graphql-problem";
import { readConnection, type ConnectionAnswer } from "@octally/github/read-connection";
import type { Kind } from "@octally/model/define-kind";
import { nodesDocument, type ListRead, type Wanted } from "@octally/model/graphql-documents";
import { entryOf, observeTree } from "@octally/model/observe-fetched";
import type { Around } from "@octally/model/sources";
import { isJsonObject, numberAt, part, textAt, type JsonObject } from "@octally/shared/json";
import * as z from "zod";
import { gather, NOTHING, together, type Gathered } from "../core/gathered.ts";
import { permissionsOf } from "../core/permission-text.ts";
import { timeOf, WHOLE, type Step, type Walk, type WalkContext, type WalkEnd } from "./walk.ts";

export type ConnectionWalk = {
  readonly kind: Kind;
  readonly read: ListRead;
  readonly wanted: Wanted;
  /** Read in the order of changes: it ends at what was last changed before `since`. */
  readonly untilSince: boolean;
};

const cursorSchema = z.object({ after: z.string().nullable(), page: z.object({ size: z.number(), most: z.number(), calm: z.number(), patience: z.number() }) });

/** Pages of different kinds are of different weight: what is learned of one is kept with its cursor. */
function parseCursor(cursor: JsonObject | null, read: ListRead): { readonly after: string | null; readonly page: AdaptivePage } {
  const parsed = cursorSchema.safeParse(cursor);
  return parsed.success ? parsed.data : { after: null, page: adaptivePage(read.pageSize) };
}

export async function* walkConnection(context: WalkContext, walk: ConnectionWalk, cursor: JsonObject | null): Walk {
  const { github, call } = context;
  const { read } = walk;
  const request = { document: read.document, variables: variablesOf(context), path: read.path, ...parseCursor(cursor, read), ...(read.lightDocument === undefined ? {} : { lightDocument: read.lightDocument }) };
  for await (const answer of readConnection(github.graphql, request, call)) {
    switch (answer.is) {
      case "page": {
        // Where it has left, what is refused there says nothing of this token.
        if (isElsewhere(context, answer.data)) return { is: "elsewhere" };
        const denied = denialOf(answer.problems, read.path, walk.kind);
        if (denied !== undefined) return denied;
        // Of things that are there for the sake of what hangs from them: that is kept from this token.
        const deniedBelow = walk.wanted.whole ? undefined : answer.problems.find(({ missing }) => missing !== null);
        if (deniedBelow !== undefined) return { is: "forbidden", missing: deniedBelow.missing, message: deniedBelow.message };
        const step = await readPage(context, walk, answer);
        yield step;
        if (walk.untilSince && context.since !== null && endsBefore(walk.kind, answer.nodes, context.since, timeOf(answer.observedAt))) return WHOLE;
        break;
      }
      case "too-heavy":
        yield { gathered: tooHeavy(walk.kind, answer.nodeId, answer.message), seen: 1, cursor: { after: answer.next, page: answer.page }, last: answer.next === null };
        break;
      case "forbidden":
        return { is: "forbidden", missing: answer.missing, message: answer.missing.message, of: walk.kind };
      case "unreachable": {
        if (isElsewhere(context, answer.data)) return { is: "elsewhere" };
        const denied = denialOf(answer.problems, read.path, walk.kind);
        const [problem] = answer.problems;
        // Null below an owner that is there: no default branch, a feature that is off.
        return denied ?? (problem === undefined ? WHOLE : { is: "absent", message: problem.message });
      }
      default:
        answer satisfies never;
    }
  }
  return WHOLE;
}

export function variablesOf({ place }: WalkContext): Readonly<Record<string, string>> {
  const [owner = "", name = ""] = place.repository?.name_with_owner.split("/") ?? [];
  return place.repository === null ? { login: place.org ?? "" } : { owner, name };
}

/** GitHub answers to an old name for years, until another repository takes it. */
export function isElsewhere({ place: { repository } }: WalkContext, data: JsonObject): boolean {
  const found = part(data, "repository");
  if (repository === null || found === undefined) return false;
  return numberAt(found, "databaseId") !== repository.id || textAt(found, "nameWithOwner")?.toLowerCase() !== repository.name_with_owner.toLowerCase();
}

/** The whole list, of this kind, is kept from this token. */
export function denialOf(problems: readonly GraphqlProblem[], path: readonly string[], of: Kind): WalkEnd | undefined {
  const denied = problems.find(({ missing, lost }) => missing !== null && lost.length <= path.length && lost.every((step, depth) => step === path[depth]));
  return denied?.missing === null || denied === undefined ? undefined : { is: "forbidden", missing: denied.missing, message: denied.message, of };
}

async function readPage(context: WalkContext, walk: ConnectionWalk, answer: Extract<ConnectionAnswer, { is: "page" }>): Promise<Step> {
  const observedAt = timeOf(answer.observedAt);
  const around: Around = { ...context.place, below: ownerOf(answer.data), observedAt };
  const all = dataAt(answer.data, [...walk.read.path, "nodes"]);
  let gathered = NOTHING;
  let seen = 0;
  for (const [index, node] of (Array.isArray(all) ? all : []).entries()) {
    const at = [...walk.read.path, "nodes", index];
    const problems = problemsAt(answer.problems, at);
    const denied = permissionsOf(walk.kind, problems, at);
    if (denied.length > 0) gathered = together(gathered, { ...NOTHING, denied });
    if (!isJsonObject(node)) {
      gathered = together(gathered, { ...NOTHING, gaps: [`${walk.kind.name}: ${problems[0]?.message ?? "GitHub gave null in its list."}`] });
      continue;
    }
    seen += 1;
    gathered = together(gathered, problems.length > 0 ? await readAlone(context, walk, node, around) : await readNode(context, walk, node, around));
  }
  const parents = walk.wanted.whole ? {} : { parents: answer.nodes.flatMap((node) => namesOf(walk.kind, node, around)) };
  return { gathered, seen, cursor: { after: answer.next, page: answer.page }, last: answer.next === null, ...parents, ...(answer.totalCount === null || !walk.wanted.whole ? {} : { expected: answer.totalCount }) };
}

/** By what its children may name it. */
export function namesOf(kind: Kind, node: JsonObject, around: Around): readonly string[] {
  return [entryOf(kind, node, "graphql", around)?.id, textAt(node, "id")].filter((name) => name !== undefined);
}

/** What an organisation's lists hang from. */
function ownerOf(data: JsonObject): JsonObject {
  const organization = part(data, "organization");
  return organization === undefined ? {} : { id: numberAt(organization, "databaseId"), login: textAt(organization, "login") };
}

async function readNode({ github, call, kinds }: WalkContext, { kind, read, wanted }: ConnectionWalk, node: JsonObject, around: Around): Promise<Gathered> {
  const finished = await finishNested(github.graphql, node, read.nested, call);
  return gatherFinished(kinds, kind, wanted, finished, around);
}

export function gatherFinished(kinds: readonly Kind[], kind: Kind, wanted: Wanted, { node, gaps }: Pick<Finished, "node" | "gaps">, around: Around): Gathered {
  const gathered = gather(observeTree(kinds, kind, node, wanted, around));
  return gaps.length === 0 ? gathered : { ...gathered, gaps: [...gathered.gaps, ...gaps.map(({ nodeId, path, why }) => `${kind.name} ${nodeId}: ${path.join(".")} is not whole (${why})`)] };
}

/** GitHub failed at a part of this node: once more, by itself; what is still not whole then is asked for by another way. */
async function readAlone(context: WalkContext, walk: ConnectionWalk, node: JsonObject, around: Around): Promise<Gathered> {
  const { github, call, kinds } = context;
  const id = textAt(node, "id");
  if (id === undefined) return { ...NOTHING, gaps: [`${walk.kind.name}: GitHub failed at a part of it, and it has no id to ask for.`] };
  const read = nodesDocument(kinds, walk.kind, walk.wanted);
  const answer = await github.graphql(read.document, { ids: [id] }, call);
  const again = answer.is === "data" && answer.problems.length === 0 ? dataAt(answer.data, ["nodes"]) : undefined;
  const [found] = Array.isArray(again) ? again : [];
  if (answer.is === "data" && isJsonObject(found)) {
    const finished = await finishNested(github.graphql, found, read.nested, call);
    return gatherFinished(kinds, walk.kind, walk.wanted, finished, { ...around, observedAt: timeOf(answer.observedAt) });
  }
  return { ...NOTHING, refreshes: [{ kind: walk.kind.name, subject: subjectOf(node, id) }], gaps: walk.wanted.children.length === 0 ? [] : [`${walk.kind.name} ${id}: what hangs from it`] };
}

function subjectOf(node: JsonObject, id: string): { readonly node_id: string; readonly key?: string } {
  const number = numberAt(node, "number");
  return { node_id: id, ...(number === undefined ? {} : { key: String(number) }) };
}

function tooHeavy(kind: Kind, nodeId: string | null, message: string): Gathered {
  return nodeId === null ? { ...NOTHING, gaps: [`${kind.name}: ${message}`] } : { ...NOTHING, refreshes: [{ kind: kind.name, subject: { node_id: nodeId } }], gaps: [`${kind.name} ${nodeId}: too heavy with what hangs from it`] };
}

function endsBefore(kind: Kind, nodes: readonly JsonObject[], since: string, observedAt: string): boolean {
  const last = nodes.at(-1);
  const updatedAt = last === undefined ? null : (entryOf(kind, last, "graphql", { org: null, repository: { id: 0, name_with_owner: "-" }, below: {}, observedAt })?.updatedAt ?? null);
  return updatedAt !== null && Date.parse(updatedAt) < Date.parse(since);
}
