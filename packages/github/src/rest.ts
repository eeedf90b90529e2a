/** REST: one thing, or a list page by page. */
import { PermanentError } from "@octally/shared/errors";
import { isJsonObject } from "@octally/shared/json";
import type { Call } from "./call.ts";
import { classifyRest, type RestVerdict } from "./classify-rest.ts";
import type { Dispatch, Judgement } from "./dispatch.ts";
import type { Exchange, NoAnswer } from "./exchange.ts";
import { nextLink } from "./link-header.ts";
import { grantedScopesIn, hiddenOrganizationsIn } from "./missing-permission.ts";
import { observedAtOf } from "./rate-news.ts";

/** What the caller kept of an earlier answer, so that GitHub may say "not modified", which is free. */
export type Validators = { readonly etag?: string | undefined; readonly lastModified?: string | undefined };

/** The thing was found elsewhere: renamed, transferred. */
export type Move = { readonly from: string; readonly to: string; /** 301 or 308 all the way: the new address is the one to keep. */ readonly permanent: boolean };

type About = {
  /** GitHub's clock, ISO 8601; null where an answer has no Date. */
  readonly observedAt: string | null;
  /** Taken from the hourly budget, with the redirects. */
  readonly cost: number;
  readonly moved: Move | null;
  readonly etag: string | null;
  readonly lastModified: string | null;
};

/** Answers that are no thing. */
export type RestAbsence = Extract<RestVerdict, { is: "not-ready" | "missing" | "disabled" | "forbidden" | "empty-repository" | "refused" }>;

export type RestFound = About & {
  readonly is: "found";
  /** Null where GitHub answered without a body (204). */
  readonly data: unknown;
  readonly next: string | null;
  /** Organisations whose things were left out, because the token is not authorised for their single sign-on. */
  readonly hiddenOrganizations: readonly string[];
  /** Of the classic token that asked; null for any other. */
  readonly scopes: readonly string[] | null;
};

export type RestAnswer = RestFound | (About & { readonly is: "not-modified"; readonly next: string | null }) | (About & RestAbsence);

export type RestRequest = { readonly url: string; readonly method?: "GET" | "POST"; readonly body?: unknown; readonly validators?: Validators; /** Another media type, as for the times of stars. */ readonly accept?: string };

const MOST_REDIRECTS = 5;

export async function askRest(dispatch: Dispatch, request: RestRequest, call: Call): Promise<RestAnswer> {
  let { url, method = "GET", body } = request;
  let cost = 0;
  let permanent = true;
  const visited = new Set<string>();
  for (;;) {
    visited.add(url);
    const outgoing = { method, url, headers: headersOf(request), ...(body === undefined ? {} : { body }) };
    const { verdict, exchange } = await dispatch({ outgoing, api: "rest", resource: resourceOf(url), cost: 1 }, judgeRest, call);
    cost += verdict.is === "not-modified" ? 0 : 1;
    if (verdict.is !== "moved") return toAnswer(verdict, exchange, { cost, moved: visited.size > 1 ? { from: request.url, to: url, permanent } : null });
    if (visited.has(verdict.to) || visited.size > MOST_REDIRECTS) throw new PermanentError("github-redirects", `GitHub redirects without end: ${[...visited, verdict.to].join(" → ")}`);
    if (!verdict.keepsMethod) [method, body] = ["GET", undefined];
    permanent &&= verdict.permanent;
    url = verdict.to;
  }
}

type Final = Exclude<RestVerdict, { is: "limited" | "unauthorized" | "failed" }>;

function judgeRest(came: Exchange | NoAnswer): Judgement<{ readonly verdict: Final; readonly exchange: Exchange }> {
  if (came.is === "no-answer") return { is: "retry", message: came.message };
  const verdict = classifyRest(came);
  if (verdict.is === "limited" || verdict.is === "unauthorized") return verdict;
  if (verdict.is === "failed") return { is: "retry", message: `${verdict.status} ${verdict.message}` };
  return { is: "answer", value: { verdict, exchange: came }, outcome: OUTCOMES[verdict.is], points: verdict.is === "not-modified" ? 0 : 1 };
}

const OUTCOMES = { found: "ok", "not-ready": "ok", "empty-repository": "ok", "not-modified": "not-modified", moved: "moved", missing: "missing", disabled: "missing", forbidden: "forbidden", refused: "refused" } as const satisfies Readonly<Record<Final["is"], string>>;

function toAnswer(verdict: Exclude<Final, { is: "moved" }>, { headers, body, status }: Exchange, way: Pick<About, "cost" | "moved">): RestAnswer {
  const about = { ...way, observedAt: observedAtOf(headers), etag: headers["etag"] ?? null, lastModified: headers["last-modified"] ?? null };
  if (verdict.is === "not-modified") return { ...about, is: "not-modified", next: nextLink(headers["link"]) };
  if (verdict.is !== "found") return { ...about, ...verdict };
  return { ...about, is: "found", data: status === 204 || status === 205 ? null : body, next: nextLink(headers["link"]), hiddenOrganizations: hiddenOrganizationsIn(headers), scopes: grantedScopesIn(headers) };
}

function headersOf({ validators, accept }: RestRequest): Readonly<Record<string, string>> {
  return {
    ...(accept === undefined ? {} : { accept }),
    ...(validators?.etag === undefined ? {} : { "if-none-match": validators.etag }),
    ...(validators?.lastModified === undefined ? {} : { "if-modified-since": validators.lastModified }),
  };
}

/** Search has budgets of its own, by the minute. */
export function resourceOf(url: string): string {
  const { pathname } = new URL(url);
  if (pathname.endsWith("/search/code")) return "code_search";
  return /\/search\/[a-z]+$/.test(pathname) ? "search" : "core";
}

export type RestPage = Omit<RestFound, "is" | "data"> & {
  readonly is: "page";
  readonly url: string;
  readonly items: readonly unknown[];
  /** GitHub's own count, where the list has one. */
  readonly totalCount: number | null;
  /** A search that ran out of time: the list is not whole. */
  readonly incomplete: boolean;
};

/** `not-modified` stands for the page at `url`; any other absence ends the list, and the caller sees by it that it is not whole. */
export type RestListAnswer = RestPage | (Exclude<RestAnswer, { is: "found" }> & { readonly url: string });

/** What the caller kept of a page; `next` leads on from it when it was not modified and GitHub does not repeat the link. */
export type KeptPage = Validators & { readonly next?: string | null };

export type RestList = { readonly url: string; readonly accept?: string; /** Asked for each page. */ readonly kept?: (url: string) => KeptPage | undefined };

export async function* listRest(dispatch: Dispatch, list: RestList, call: Call): AsyncGenerator<RestListAnswer, void, undefined> {
  const origin = new URL(list.url).origin;
  const read = new Set<string>();
  let url: string | null = list.url;
  while (url !== null) {
    const at: string = url;
    read.add(at);
    const kept = list.kept?.(at);
    const { next: keptNext, ...validators } = kept ?? {};
    const answer: RestAnswer = await askRest(dispatch, { url: at, ...(list.accept === undefined ? {} : { accept: list.accept }), ...(kept === undefined ? {} : { validators }) }, call);
    if (answer.is === "found") {
      yield toPage(at, answer);
      url = answer.next;
    } else {
      yield { ...answer, url: at };
      url = answer.is === "not-modified" ? (answer.next ?? keptNext ?? null) : null;
    }
    if (url !== null && new URL(url, at).origin !== origin) throw new PermanentError("github-unexpected", `The next page of ${at} is at another server: ${url}`);
    // Followed round and round it would spend the whole budget.
    if (url !== null && read.has(url)) throw new PermanentError("github-unexpected", `The page after ${at} was read before: ${url}`);
  }
}

function toPage(url: string, found: RestFound): RestPage {
  const { is: _, data, ...about } = found;
  if (data === null) return { ...about, is: "page", url, items: [], totalCount: null, incomplete: false };
  if (Array.isArray(data)) return { ...about, is: "page", url, items: data, totalCount: null, incomplete: false };
  // Some lists come in an object: { total_count, workflow_runs: […] }, { total_count, incomplete_results, items: […] }.
  const lists = isJsonObject(data) ? Object.values(data).filter((value) => Array.isArray(value)) : [];
  const [items] = lists;
  if (!isJsonObject(data) || items === undefined || lists.length > 1) throw new PermanentError("github-unexpected", `${url} did not answer with a list.`);
  const total = data["total_count"];
  return { ...about, is: "page", url, items, totalCount: typeof total === "number" ? total : null, incomplete: data["incomplete_results"] === true };
}
