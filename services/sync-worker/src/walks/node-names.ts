/** The node ids of things, page by page: of REST's list of them, of another list that names them, or of those of a period. */
import { adaptivePage } from "@octally/github/adaptive-page";
import { finishNested } from "@octally/github/finish-nested";
import { readConnection, type ConnectionAnswer } from "@octally/github/read-connection";
import type { Kind } from "@octally/model/define-kind";
import type { ListRead, timesDocument } from "@octally/model/graphql-documents";
import { namedIn, namesDocument } from "@octally/model/graphql-several";
import type { NodeNames } from "@octally/model/sources";
import { isJsonObject, textAt } from "@octally/shared/json";
import { kindOf } from "../core/kind-of.ts";
import { parentsListing } from "../core/parents-listing.ts";
import { isOfPeriod } from "../core/period.ts";
import { withQuery } from "../core/with-query.ts";
import { denialOf, isElsewhere, variablesOf } from "./walk-connection.ts";
import { endOf, isRedirected, parametersOf } from "./walk-rest.ts";
import { WHOLE, type WalkContext, type WalkEnd } from "./walk.ts";

/** Those that were there before the period's end and have changed since its beginning. */
export type DatedNames = { readonly by: "period"; readonly read: NonNullable<ReturnType<typeof timesDocument>> };

export type Names = AsyncGenerator<{ readonly ids: readonly string[]; readonly gaps: readonly string[]; readonly next: string | null }, WalkEnd, undefined>;

export async function* listedNames(context: WalkContext, parent: Kind, from: string | null): Names {
  const listing = parentsListing(parent);
  const path = listing.load === undefined ? listing.path : withQuery(listing.path, listing.load);
  for await (const answer of context.github.list(from === null ? { path, parameters: parametersOf(context, path) } : { path: from }, context.call)) {
    if (from === null && isRedirected(context, answer)) return { is: "elsewhere" };
    if (answer.is !== "page") return endOf(answer, listing, parent);
    yield { ids: answer.items.flatMap((item) => (isJsonObject(item) ? (textAt(item, "node_id") ?? []) : [])), gaps: [], next: answer.next };
  }
  return WHOLE;
}

export function nestedNames(context: WalkContext, names: Extract<NodeNames, { by: "graphql" }>, from: string | null): Names {
  const { github, call } = context;
  const read = namesDocument(names);
  return connectionNames(context, { read, of: kindOf(context.kinds, names.from) }, from, async ({ nodes }) => {
    const ids: string[] = [];
    const gaps: string[] = [];
    for (const node of nodes) {
      const finished = await finishNested(github.graphql, node, read.nested, call);
      ids.push(...namedIn(names, finished.node));
      gaps.push(...finished.gaps.map(({ path, why }) => `${read.document.name}: ${path.join(".")} is not whole (${why})`));
    }
    return { ids: [...new Set(ids)], gaps, isLast: false };
  });
}

export function datedNames(context: WalkContext, of: Kind, { read }: DatedNames, from: string | null): Names {
  const { since } = context;
  return connectionNames(context, { read, of }, from, ({ nodes }) => {
    const ids = nodes.filter(({ createdAt, updatedAt }) => isOfPeriod({ createdAt, updatedAt }, context)).flatMap((node) => textAt(node, "id") ?? []);
    const last = textAt(nodes.at(-1), "updatedAt");
    return { ids, gaps: [], isLast: read.isByChange && since !== null && last !== undefined && Date.parse(last) < Date.parse(since) };
  });
}

type NamesOnPage = { readonly ids: readonly string[]; readonly gaps: readonly string[]; /** What comes after it is not asked for. */ readonly isLast: boolean };

/** `of`: the kind whose list it is. */
type NamesRead = { readonly read: Pick<ListRead, "document" | "path" | "pageSize">; readonly of: Kind };

async function* connectionNames(context: WalkContext, { read, of }: NamesRead, from: string | null, namesOn: (page: Extract<ConnectionAnswer, { is: "page" }>) => NamesOnPage | Promise<NamesOnPage>): Names {
  const { github, call } = context;
  const request = { document: read.document, variables: variablesOf(context), path: read.path, after: from, page: adaptivePage(read.pageSize) };
  for await (const answer of readConnection(github.graphql, request, call)) {
    switch (answer.is) {
      case "page": {
        if (isElsewhere(context, answer.data)) return { is: "elsewhere" };
        const denied = denialOf(answer.problems, read.path, of);
        if (denied !== undefined) return denied;
        const holes = answer.holes > 0 || answer.problems.length > 0 ? [`${read.document.name}: ${answer.problems[0]?.message ?? "GitHub gave null in its list."}`] : [];
        const { ids, gaps, isLast } = await namesOn(answer);
        yield { ids, gaps: [...holes, ...gaps], next: isLast ? null : answer.next };
        if (isLast) return WHOLE;
        break;
      }
      case "too-heavy":
        yield { ids: [], gaps: [`${read.document.name}: ${answer.message}`], next: answer.next };
        break;
      case "forbidden":
        return { is: "forbidden", missing: answer.missing, message: answer.missing.message, of };
      case "unreachable": {
        if (isElsewhere(context, answer.data)) return { is: "elsewhere" };
        const [problem] = answer.problems;
        return denialOf(answer.problems, read.path, of) ?? (problem === undefined ? WHOLE : { is: "absent", message: problem.message });
      }
      default:
        answer satisfies never;
    }
  }
  return WHOLE;
}
