/** GitHub for one token: one client behind one governor. */
import type { ApiUse } from "@octally/shared/api-usage";
import { anonymous, type Authorize, withToken } from "./authorize.ts";
import type { Call } from "./call.ts";
import { systemTiming, type Timing } from "./clock.ts";
import { apiUrlsOf } from "./config.ts";
import { makeDispatch } from "./dispatch.ts";
import { makeGate } from "./gate.ts";
import type { GovernorState } from "./governor.ts";
import { askGraphql, type GraphqlAnswer, type GraphqlDocument, type GraphqlVariables, makeCostMemory } from "./graphql.ts";
import { type Limits, PUBLISHED_LIMITS } from "./limits.ts";
import { askRest, type KeptPage, listRest, type RestAnswer, type RestListAnswer, type Validators } from "./rest.ts";
import { type Fetch, makeOctokit, makeTransport } from "./transport.ts";

export type GitHubOptions = {
  /** Default https://api.github.com. */
  readonly apiUrl?: string;
  /** So that tests and the simulator need no port. */
  readonly fetch?: Fetch;
  readonly timing?: Timing;
  readonly chance?: () => number;
  readonly limits?: Limits;
  readonly userAgent?: string;
  readonly requestTimeoutMs?: number;
  /** Called once for each request that was sent. */
  readonly onUse?: (use: ApiUse) => void;
};

/** `{name}` in a path is filled from the parameters, which otherwise become the query. An absolute URL is taken as it is. */
export type RestPath = { readonly path: string; readonly parameters?: Readonly<Record<string, string | number | boolean | undefined>>; readonly accept?: string };

export type GitHub = {
  readonly get: (request: RestPath & { readonly validators?: Validators }, call: Call) => Promise<RestAnswer>;
  /** A write: never sent twice. */
  readonly post: (request: RestPath & { readonly body?: unknown }, call: Call) => Promise<RestAnswer>;
  /** 100 a page; goes on at any `next` it gave, taken as the path. */
  readonly list: (request: RestPath & { readonly kept?: (url: string) => KeptPage | undefined }, call: Call) => AsyncGenerator<RestListAnswer, void, undefined>;
  readonly graphql: (document: GraphqlDocument, variables: GraphqlVariables, call: Call) => Promise<GraphqlAnswer>;
  /** The clock that deadlines are on. */
  readonly nowMs: () => number;
  /** What is known of the budgets. */
  readonly budgets: () => GovernorState;
};

/** Authorisation in place of a token: that of an App's installation. */
export type Access = { readonly is: "anonymous" } | { readonly is: "token"; readonly token: string } | { readonly is: "authorize"; readonly authorize: Authorize };

const USER_AGENT = "octally/0.1.0";
const PER_PAGE = 100;

export function makeGitHub(access: Access, options: GitHubOptions = {}): GitHub {
  const { apiUrl, graphqlUrl } = apiUrlsOf(options.apiUrl ?? "https://api.github.com");
  const octokit = makeOctokit({ apiUrl, userAgent: options.userAgent ?? USER_AGENT, fetch: options.fetch });
  const timing = options.timing ?? systemTiming();
  const gate = makeGate(options.limits ?? PUBLISHED_LIMITS, timing);
  const costs = makeCostMemory();
  const dispatch = makeDispatch({
    transport: makeTransport(octokit),
    authorize: authorizeOf(access),
    gate,
    timing,
    chance: options.chance ?? Math.random,
    requestTimeoutMs: options.requestTimeoutMs ?? 20_000,
    onUse: options.onUse ?? (() => undefined),
  });
  const urlOf = ({ path, parameters = {} }: RestPath, more: Readonly<Record<string, number>> = {}): string =>
    /^https?:\/\//.test(path) ? path : octokit.request.endpoint({ method: "GET", url: path, ...more, ...defined(parameters) }).url;
  const acceptOf = ({ accept }: RestPath): { readonly accept?: string } => (accept === undefined ? {} : { accept });

  return {
    get: (request, call) => askRest(dispatch, { url: urlOf(request), ...acceptOf(request), ...(request.validators === undefined ? {} : { validators: request.validators }) }, call),
    post: (request, call) => askRest(dispatch, { url: urlOf(request), method: "POST", ...acceptOf(request), ...(request.body === undefined ? {} : { body: request.body }) }, call),
    list: (request, call) => listRest(dispatch, { url: urlOf(request, { per_page: PER_PAGE }), ...acceptOf(request), ...(request.kept === undefined ? {} : { kept: request.kept }) }, call),
    graphql: (document, variables, call) => askGraphql(dispatch, costs, graphqlUrl, document, variables, call),
    nowMs: timing.nowMs,
    budgets: gate.state,
  };
}

function authorizeOf(access: Access): Authorize {
  switch (access.is) {
    case "anonymous":
      return anonymous;
    case "token":
      return withToken(access.token);
    case "authorize":
      return access.authorize;
    default:
      return access satisfies never;
  }
}

function defined(parameters: NonNullable<RestPath["parameters"]>): Readonly<Record<string, string | number | boolean>> {
  return Object.fromEntries(Object.entries(parameters).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}
