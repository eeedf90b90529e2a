/** The way of every request: faults, credentials, limits, endpoint, conditional answer, headers. */
import { createHash } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { hash32 } from "../faults/dice.ts";
import { ENDPOINTS } from "../rest/endpoints.ts";
import type { Answer, Call, Endpoint } from "../rest/call.ts";
import { canonical, Router } from "../rest/router.ts";
import { enterpriseUrls, GITHUB_COM, makeShaping, originUrls, type Json, type Memo, type UrlBase } from "../shapes/shaping.ts";
import { ApiError, notFound } from "./api-error.ts";
import { selectVersion, withoutRemoved, type ApiVersion } from "./api-versions.ts";
import { serverError } from "./broken.ts";
import { primaryLimitOf } from "./primary-limit.ts";
import type { Caller } from "./credentials.ts";
import { CONNECTION_RESET, type Incoming, type Outcome, type Outgoing } from "./exchange.ts";
import { answerGraphql } from "./graphql-endpoint.ts";
import { commonHeaders, credentialHeaders, limitHeaders, PERMISSION_HEADERS, PREFLIGHT_HEADERS } from "./headers.ts";
import { PUBLISHED, type Demand, type Refusal, type Resource } from "./limits.ts";
import { primaryRefusal, secondaryRefusal } from "./refusals.ts";
import { serialize, type Written } from "./serialize.ts";
import type { Services } from "./services.ts";

const router = new Router(ENDPOINTS);
const WRITE_POINTS = 5;
/** A replica is at most a minute behind. */
const REMEMBERED_MS = 120_000;

export type Serve = (incoming: Incoming) => Promise<Outcome>;

/** Everything a request needs on its way; filled as it goes, read by the answer's headers. */
type Passage = { readonly incoming: Incoming; readonly requestId: string; version: ApiVersion; caller: Caller | null; resource: Resource; limit: number; endpoint: Endpoint | null; memo: Memo | null };

export function makeServe(services: Services): Serve {
  let requests = 0;
  return async (incoming) => {
    // From the first request on, not while years are played that nobody will read the past of.
    if (requests === 0 && services.faults.rate("stale-read") > 0) services.world.journal.remember(REMEMBERED_MS);
    requests += 1;
    const passage: Passage = { incoming, requestId: requestIdOf(services.seed, requests), version: "2022-11-28", caller: null, resource: "core", limit: PUBLISHED.anonymousPerHour, endpoint: null, memo: null };
    const { faults } = services;
    if (faults.strikes("connection-reset")) {
      // Half of them break after GitHub acted: whoever repeats a write then does it twice.
      if (faults.roll("connection-reset") < 0.5) await respond(services, passage);
      return CONNECTION_RESET;
    }
    return respond(services, passage);
  };
}

async function respond(services: Services, passage: Passage): Promise<Outgoing> {
  try {
    return await answer(services, passage);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return finish(services, passage, { status: error.status, body: error.body(passage.endpoint?.doc ?? ""), ...(error.more.headers === undefined ? {} : { headers: error.more.headers }) });
  }
}

async function answer(services: Services, passage: Passage): Promise<Outgoing> {
  const { incoming } = passage;
  const { world, limits, credentials, faults } = services;
  if (incoming.headers["user-agent"] === undefined) return { status: 403, headers: commonHeaders(world.now(), passage.requestId), body: "\r\nRequest forbidden by administrative rules. Please make sure your request has a User-Agent header (https://docs.github.com/en/rest/overview/resources-in-the-rest-api#user-agent-required). Check https://developer.github.com for other possible causes.\r\n" };
  // Browsers ask this without a credential; it counts for nobody.
  if (incoming.method === "OPTIONS") return { status: 204, headers: { ...commonHeaders(world.now(), passage.requestId), ...PREFLIGHT_HEADERS }, body: null };
  const { segments, base, graphql } = addressOf(incoming);
  passage.version = selectVersion(incoming.headers["x-github-api-version"]);
  passage.caller = credentials.authenticate(incoming.headers["authorization"], incoming.from);
  const { viewer } = passage.caller;
  if (graphql && viewer.is === "anonymous") throw new ApiError(401, "This endpoint requires you to be authenticated.", { doc: "https://docs.github.com/graphql/guides/forming-calls-with-graphql#authenticating-with-graphql" });
  const paths = graphql ? null : canonical(world, segments);
  const match = paths === null ? null : router.find(incoming.method, paths.byName);
  passage.endpoint = match?.endpoint ?? null;
  passage.resource = graphql ? "graphql" : (match?.endpoint.resource ?? "core");
  passage.limit = primaryLimitOf(world, passage.caller, passage.resource);
  const refusal = limits.enter(viewer.budget, demandOf(incoming, passage));
  if (refusal !== null) return finish(services, passage, refusalAnswer(services, passage, refusal));
  try {
    // Requests that came together are in flight together.
    await (services.latencyMs > 0 ? delay(services.latencyMs) : new Promise<void>((resolve) => void setImmediate(resolve)));
    if (faults.strikes("secondary-limit")) {
      limits.block(viewer.budget, PUBLISHED.secondaryRetryAfterSeconds);
      return finish(services, passage, secondaryRefusal(services, passage, PUBLISHED.secondaryRetryAfterSeconds));
    }
    if (faults.strikes(graphql ? "graphql-error" : "rest-error")) return serverError(services, passage.requestId, graphql ? "graphql-error" : "rest-error");
    if (graphql) return await computeGraphql(services, passage, viewer.budget);
    return finish(services, passage, await answerRest(services, passage, match?.params ?? {}, base, paths?.byId ?? []));
  } finally {
    limits.leave(viewer.budget);
    if (passage.caller.credential !== null && faults.strikes("token-revoked")) credentials.revoke(passage.caller.credential.token);
  }
}

/** It says what was so when it was read, and is under way until the time that it counts as has passed. */
async function computeGraphql(services: Services, passage: Passage, budget: string): Promise<Outgoing> {
  const { answer: result, cpuMs } = answerGraphql(services, passage);
  const outgoing = finish(services, passage, result);
  await services.passTime(cpuMs);
  services.limits.charge(budget, "graphql", passage.limit, 0, cpuMs);
  return outgoing;
}

function answerRest(services: Services, passage: Passage, params: Readonly<Record<string, string>>, base: UrlBase, byId: readonly string[]): Answer | Promise<Answer> {
  const { incoming, endpoint, caller } = passage;
  if (endpoint === null || caller === null) throw notFound();
  const { world, faults } = services;
  const s = makeShaping(world, services.nodeIds(incoming.headers), base);
  passage.memo = s.memo;
  const call: Call = {
    services, world, viewer: caller.viewer, caller, params, incoming, query: incoming.query,
    s,
    input: incoming.method === "GET" ? {} : parseBody(incoming.body),
    linkPath: `${base.api}/${byId.map(encodeURIComponent).join("/")}`,
  };
  if (incoming.method !== "GET" || !faults.strikes("stale-read")) return endpoint.answer(call);
  return world.journal.asOf(world.now() - faults.between("stale-read", 1000, 60_000), () => endpoint.answer(call));
}

/** Serialises, turns into a 304 where the client has it already, and adds GitHub's headers. */
export function finish(services: Services, passage: Passage, { status, body, headers = {}, lastModified }: Answer): Outgoing {
  const { incoming, caller, endpoint } = passage;
  const now = services.world.now();
  const out: Record<string, string> = commonHeaders(now, passage.requestId);
  const written = body === null ? null : passage.version === "2026-03-10" ? serialize(withoutRemoved(body), null) : serialize(body, passage.memo);
  let bytes = written?.bytes ?? null;
  let code = status;
  if (bytes !== null) out["content-type"] = "application/json; charset=utf-8";
  if (passage.resource !== "graphql" && status === 200 && written !== null && incoming.method !== "POST") {
    out["cache-control"] = `${caller?.viewer.is === "anonymous" ? "public" : "private"}, max-age=60, s-maxage=60`;
    out["vary"] = caller?.viewer.is === "anonymous" ? "Accept,Accept-Encoding, Accept, X-Requested-With" : "Accept, Authorization, Cookie, X-GitHub-OTP,Accept-Encoding, Accept, X-Requested-With";
    // Links are part of what a page says: a page that is full looks the same whether or not another one follows.
    out["etag"] = etagOf(written, headers["link"] ?? "");
    if (lastModified !== undefined) out["last-modified"] = new Date(lastModified).toUTCString();
    if (caller !== null && isUnchanged(incoming, out["etag"], lastModified)) {
      code = 304;
      bytes = null;
      delete out["content-type"];
      if (passage.endpoint?.path !== "/rate_limit") services.limits.refund(caller.viewer.budget, passage.resource, passage.limit);
    }
  }
  Object.assign(out, headers);
  out["x-github-media-type"] = mediaTypeOf(incoming.headers["accept"]);
  if (passage.resource !== "graphql") out["x-github-api-version-selected"] = passage.version;
  if (caller !== null) {
    Object.assign(out, credentialHeaders(caller, endpoint), limitHeaders(services, caller, passage.resource, passage.limit));
    if (endpoint !== null && caller.credential?.kind !== "classic") out[PERMISSION_HEADERS.accepted] = PERMISSION_HEADERS.of(endpoint.need);
  }
  return { status: code, headers: out, body: incoming.method === "HEAD" ? null : bytes };
}

function etagOf({ distinct }: Written, link: string): string {
  const hash = createHash("sha256");
  for (const part of distinct) hash.update(part);
  return `W/"${hash.update(link).digest("hex")}"`;
}

function isUnchanged({ headers }: Incoming, etag: string, lastModified: number | undefined): boolean {
  const known = headers["if-none-match"];
  if (known !== undefined) return known.split(",").some((one) => weak(one) === weak(etag));
  const since = headers["if-modified-since"];
  return since !== undefined && lastModified !== undefined && Math.floor(lastModified / 1000) * 1000 <= Date.parse(since);
}

function weak(etag: string): string {
  return etag.trim().replace(/^W\//, "");
}

function demandOf(incoming: Incoming, { resource, limit, endpoint }: Passage): Demand {
  const reads = incoming.method === "GET" || incoming.method === "HEAD";
  if (resource === "graphql") return { resource, limit, points: isMutation(incoming.body) ? WRITE_POINTS : 1, writes: false, free: false };
  return { resource, limit, points: reads ? 1 : WRITE_POINTS, writes: incoming.method === "POST" && endpoint?.path.endsWith("/access_tokens") !== true, free: endpoint?.path === "/rate_limit" };
}

/** Told from the text: limits are counted before anything is parsed. */
function isMutation(body: string | null): boolean {
  return body !== null && /"query"\s*:\s*"(?:\\n|\s)*mutation\b/.test(body);
}

function refusalAnswer(services: Services, passage: Passage, refusal: Refusal): Answer {
  return refusal.is === "primary" ? primaryRefusal(services, passage) : secondaryRefusal(services, passage, refusal.retryAfterSeconds);
}

function addressOf({ origin, path }: Incoming): { readonly segments: readonly string[]; readonly base: UrlBase; readonly graphql: boolean } {
  const enterprise = path === "/api/v3" || path.startsWith("/api/v3/");
  const below = enterprise ? path.slice("/api/v3".length) : path;
  const base = enterprise ? enterpriseUrls(origin) : origin === GITHUB_COM.api ? GITHUB_COM : originUrls(origin);
  return { segments: below.split("/").filter((segment) => segment !== "").map(unescape_), base, graphql: below === "/graphql" || path === "/api/graphql" };
}

function unescape_(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new ApiError(400, "Bad Request");
  }
}

function parseBody(body: string | null): Json {
  if (body === null || body.trim() === "") return {};
  try {
    const value: unknown = JSON.parse(body);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Json;
  } catch {
    throw new ApiError(400, "Problems parsing JSON");
  }
  throw new ApiError(400, "Body should be a JSON object");
}

function mediaTypeOf(accept: string | undefined): string {
  const [, version = "v3", parameter] = /application\/vnd\.github\.?(v3)?\.?([\w-]+)?\+json/.exec(accept ?? "") ?? [];
  return parameter === undefined ? `github.${version}; format=json` : `github.${version}; param=${parameter}; format=json`;
}

/** As GitHub's look, `AB12:1C3F:2A5B3C:4D5E6F:65A1B2C3`, from the seed and the number of the request. */
function requestIdOf(seed: number, request: number): string {
  const part = (salt: string, digits: number): string => hash32(`${salt}${request}`, seed).toString(16).toUpperCase().padStart(8, "0").slice(0, digits);
  return `${part("a", 4)}:${part("b", 5)}:${part("c", 6)}:${part("d", 6)}:${request.toString(16).toUpperCase().padStart(8, "0")}`;
}

export type { Passage };
