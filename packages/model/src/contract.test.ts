/**
 * The contract of the kinds: the same simulated things through webhooks, GraphQL and REST are the same documents, and whatever there is
 * is found by the ways that the kinds declare, each of them.
 */
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { isNamed, isOutside } from "@octally/github-simulator/oracle";
import { ORACLE_KINDS, type OracleKind } from "@octally/github-simulator/oracle-kinds";
import { makeSimulator, type Simulator } from "@octally/github-simulator/simulator";
import type { Repository } from "@octally/github-simulator/world/entities";
import { decodeNodeId, encodeNodeId } from "@octally/github-simulator/world/node-id";
import { makeGitHub, type GitHub } from "@octally/github/make-github";
import { isJsonObject, type JsonObject } from "@octally/shared/json";
import { fetchCounts, fetchInventory, fetchKind, fetchOnes, type Place } from "../test/fetch-everything.ts";
import { countIn } from "./graphql-documents.ts";
import { canonicalJson, comparePrecedence, precedenceOf, type Observation } from "./observation.ts";
import { observeDelivery } from "./observe-delivery.ts";
import { observedAt } from "./observed-at.ts";
import { kinds } from "./registry.ts";

/** What GitHub changes without an event: the webhook's document is older, and a poll brings the present one. */
const CHANGED_WITHOUT_EVENT: Readonly<Record<string, string>> = {
  "collaborator.permission": "the event of an edit does not name the role: it asks for the list",
  "dependabot-alert.security_advisory": "GitHub's advisory changes, and its alerts with it",
  "deployment.updated_at": "a new status moves it after its event was made",
  "issue.updated_at": "some events of the timeline move it and are told to nobody",
  "member.role": "a change of the role is told to nobody",
  "milestone.closed_issues": "closing an issue counts in its milestone",
  "milestone.open_issues": "opening an issue counts in its milestone",
  "milestone.updated_at": "opening or closing an issue moves it",
  "project.updated_at": "a change of an item moves it",
  "pull-request.comments": "the comment's event asks for the pull request again, because it holds the form of an issue",
  "pull-request.requested_reviewers": "who leaves the organisation is no longer asked; a review's event asks for the pull request again",
  "pull-request.requested_teams": "a team that is deleted is no longer asked",
  "pull-request.updated_at": "some events of the timeline move it and are told to nobody",
  "release.assets": "uploads are told to nobody",
  "security-advisory.closed_at": "only reporting and publishing are told",
  "security-advisory.state": "only reporting and publishing are told",
  "security-advisory.updated_at": "only reporting and publishing are told",
};

const HOOK = "http://hook.test/";
const START = "2026-05-01";
/** Another seed: `KINDS_SEED=12 ./octally test --unit packages/model/src/contract`. */
const USUAL_SEED = 3;
const SEED = Number(process.env["KINDS_SEED"] ?? USUAL_SEED);
/** By kind and id; for each source, and each way in it, the last word. */
type Documents = Map<string, Map<string, Observation>>;

let simulator: Simulator;
let github: GitHub;
let ours: readonly Repository[];
let places: readonly Place[];
const byKind = new Map<string, Documents>(kinds.map(({ name }) => [name, new Map()]));
const notWhole = new Set<string>();
const absences = new Set<string>();

function keep(way: string, observation: Observation): void {
  const documents = byKind.get(observation.kind)!;
  const ways = documents.get(observation.id) ?? new Map<string, Observation>();
  documents.set(observation.id, ways);
  const known = ways.get(way);
  if (known === undefined || comparePrecedence(precedenceOf(known), precedenceOf(observation)) < 0) ways.set(way, observation);
}

beforeAll(async () => {
  const deliveries: { readonly event: string; readonly guid: string; readonly body: string }[] = [];
  const receive = ({ headers, body }: { readonly headers: Readonly<Record<string, string>>; readonly body: string }): { readonly status: number } => {
    deliveries.push({ event: headers["X-GitHub-Event"]!, guid: headers["X-GitHub-Delivery"]!, body });
    return { status: 202 };
  };
  simulator = makeSimulator({ seed: SEED, repositories: 3, pullRequests: 30, ratios: { alertsPerRepository: 8 }, richness: "full", start: START, from: "beginning", receivers: new Map([[HOOK, receive]]) });
  simulator.addHook(HOOK);
  simulator.playTo(simulator.options.end);
  await simulator.settle();
  for (const { event, guid, body } of deliveries) {
    const payload = JSON.parse(body) as JsonObject;
    const at = observedAt(guid, payload, new Date(simulator.options.end).toISOString());
    for (const observation of observeDelivery(kinds, { event, payload, observedAt: at, archive: guid }).observations) keep("webhook", observation);
  }
  github = makeGitHub({ is: "token", token: simulator.tokens.owner }, { fetch: simulator.fetch });
  const org = simulator.organization.login;
  ours = simulator.oracle.repositories().filter(({ owner }) => owner === simulator.organization);
  places = [null, ...ours.map(({ id, name }) => ({ id, name_with_owner: `${org}/${name}` }))].map((repository) => ({ org, organizationId: simulator.organization.id, repository }));
  for (const place of places) {
    for (const kind of kinds) {
      const listed = await fetchKind(github, kind, place, (parent) => fetchedOf(parent));
      const again = await fetchOnes(github, kind, place, listed.observations.filter(({ observation }) => observation.kind === kind.name).slice(0, 3));
      for (const { observations, others, absent } of [listed, again]) {
        for (const { way, observation } of observations) keep(way, observation);
        for (const other of others) notWhole.add(JSON.stringify(other));
        for (const absence of absent) absences.add(absence);
      }
    }
  }
}, 120_000);

afterAll(() => simulator.close());

function fetchedOf(kind: string): Observation[] {
  return [...byKind.get(kind)!.values()].flatMap((ways) => [...ways].find(([way]) => way !== "webhook")?.[1] ?? []);
}

test("nothing that was fetched is less than whole", () => {
  expect({ notWhole: [...notWhole], absences: [...absences] }).toEqual({ notWhole: [], absences: [] });
});

test("every way gives the same document", () => {
  const differences = new Map<string, string>();
  for (const [kind, documents] of byKind) {
    for (const [id, ways] of documents) {
      const present = [...ways].filter(([, { deletedAt }]) => deletedAt === null);
      const reference = present.find(([way]) => way !== "webhook");
      if (reference === undefined) continue;
      for (const [way, { document, repository }] of present) {
        // Everything of a renamed repository has other names and addresses: the job that the renaming asks for writes them.
        const renamed = repository?.name_with_owner !== reference[1].repository?.name_with_owner;
        for (const field of Object.keys(reference[1].document)) {
          const [a, b] = [canonicalJson(reference[1].document[field]), canonicalJson(document[field])];
          const name = `${kind}.${field}`;
          if (a === b || (way === "webhook" && (isExplained(name) || isDeletedAccount(document[field]) || (renamed && NAMES_OF_REPOSITORIES.has(field))))) continue;
          differences.set(`${name}, ${reference[0]} and ${way}`, `${id}: ${a.slice(0, 200)} and ${b.slice(0, 200)}`);
        }
      }
    }
  }
  expect(Object.fromEntries(differences)).toEqual({});
});

const NAMES_OF_REPOSITORIES = new Set(["html_url", "head", "head_repository"]);

function isExplained(name: string): boolean {
  return Object.hasOwn(CHANGED_WITHOUT_EVENT, name);
}

/** That an account is deleted is told to nobody: from then on GitHub shows `ghost`, or nobody, where it was. */
function isDeletedAccount(told: unknown): boolean {
  const login = isJsonObject(told) ? told["login"] : undefined;
  return [...simulator.world.users.values()].some((user) => user.deleted && user.login === login);
}

test("what a webhook told of something that changed without an event gives way", () => {
  for (const ways of [...byKind.values()].flatMap((documents) => [...documents.values()])) {
    const told = ways.get("webhook");
    for (const [way, fetched] of ways) if (told !== undefined && way !== "webhook") expect(fetched.version >= told.version).toBe(true);
  }
});

/** Where the oracle counts differently, or does not count. Null: nothing is there to compare with. */
const TRUTH: Readonly<Record<string, (() => readonly string[]) | null>> = {
  "pull-request-commit": () => ours.flatMap(({ pullRequests }) => pullRequests.flatMap(({ id, commits }) => commits.map(({ sha }) => `${id}:${sha}`))),
  "pull-request-files": () => ours.flatMap(({ pullRequests }) => pullRequests.map(({ id }) => String(id))),
  reactions: () =>
    ours.flatMap(({ id, issues, pullRequests, issueComments, reviewComments }) => [
      ...issues.filter(reactedTo).map(({ number }) => `${id}:issue:${number}`),
      ...pullRequests.filter(reactedTo).map(({ number }) => `${id}:pull-request:${number}`),
      ...issueComments.filter(reactedTo).map((comment) => `${id}:issue-comment:${comment.id}`),
      ...reviewComments.filter(reactedTo).map((comment) => `${id}:review-comment:${comment.id}`),
    ]),
  status: () => ours.flatMap((repository) => [...simulator.oracle.things("status", repository)].filter(({ record: { sha } }) => isNamed(repository, sha)).map(({ key }) => key)),
  "outside-collaborator": () => [...new Set(ours.flatMap((repository) => repository.collaborators.filter(({ user }) => isOutside(repository, user)).map(({ user }) => `${simulator.organization.id}:${user.id}`)))],
  "security-advisory": () => ours.flatMap(({ advisories }) => advisories.map(({ ghsaId }) => `repository:${ghsaId}`)),
  "repository-snapshot": () => ours.map(({ id }) => `${id}:${new Date(simulator.clock.now()).toISOString().slice(0, 10)}T00:00:00Z`),
  /** See below. */
  traffic: null,
  /** Events alone tell of them. */
  transfer: null,
  organization: null,
};

function reactedTo({ reactions }: { readonly reactions: readonly unknown[] }): boolean {
  return reactions.length > 0;
}

describe("what there is, is found", () => {
  const counted = kinds.map(({ name }) => name).filter((name) => TRUTH[name] !== null);

  test.each(counted)("%s", (name) => {
    const found = fetchedOf(name).map(({ id }) => (name === "timeline-event" ? String(decodeNodeId(id)?.id) : id));
    expect(found.toSorted()).toEqual([...truthOf(name)].toSorted());
  });

  test("traffic: the days that GitHub still knows, and two rankings", () => {
    const days = new Map(ours.flatMap((repository) => repository.traffic.map((day) => [`${repository.id} ${new Date(day.day).toISOString()}`, day] as const)));
    const found = fetchedOf("traffic");
    expect(new Set(found.map(({ document }) => document["measure"]))).toEqual(new Set(["views", "clones", "referrer", "path"]));
    for (const { document, repository } of found) {
      const { measure, count, uniques } = document;
      if (measure !== "views" && measure !== "clones") continue;
      const day = days.get(`${repository!.id} ${new Date(String(document["day"])).toISOString()}`);
      expect({ measure, count, uniques }).toEqual(measure === "views" ? { measure, count: day?.views ?? 0, uniques: day?.uniqueVisitors ?? 0 } : { measure, count: day?.clones ?? 0, uniques: day?.uniqueCloners ?? 0 });
    }
  });

  test.each(kinds.filter(({ sources }) => sources.inventory.by === "graphql" || sources.inventory.by === "parent").map((kind) => [kind.name, kind] as const))("%s, with its times, by the inventory", async (name, kind) => {
    const lists = await Promise.all(places.map((place) => fetchInventory(github, kind, place)));
    const found = lists.flatMap((entries) => entries ?? []);
    const loaded = fetchedOf(name).map(({ id, document }) => ({ id, updatedAt: kind.updatedAt === undefined ? null : document[kind.updatedAt] }));
    expect(found.map(({ id, updatedAt }) => ({ id, updatedAt })).toSorted(byId)).toEqual(loaded.toSorted(byId));
  });

  test("as many as GitHub counts", async () => {
    const organization = places.filter(({ repository }) => repository === null).map(() => encodeNodeId({ type: "Organization", scope: 0, id: simulator.organization.id }, "new"));
    const nodes = [
      ...(await fetchCounts(github, "organization", organization)).map((node) => ["organization", node] as const),
      ...(await fetchCounts(github, "repository", ours.map(({ id }) => encodeNodeId({ type: "Repository", scope: 0, id }, "new")))).map((node) => ["repository", node] as const),
    ];
    for (const kind of kinds) {
      const { count } = kind.sources;
      if (count.by !== "graphql") continue;
      const numbers = nodes.filter(([of]) => of === count.of).map(([, node]) => countIn(kind, node) ?? 0);
      expect({ kind: kind.name, count: numbers.reduce((sum, one) => sum + one, 0) }).toEqual({ kind: kind.name, count: fetchedOf(kind.name).length });
    }
  });

  test("something of every kind, so that nothing above was shown of nothing", () => {
    const empty = counted.filter((name) => fetchedOf(name).length === 0);
    if (SEED === USUAL_SEED) expect(empty).toEqual([]);
  });
});

function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  return a.id < b.id ? -1 : 1;
}

function truthOf(name: string): readonly string[] {
  const own = TRUTH[name];
  if (own !== undefined && own !== null) return own();
  const kind = ORACLE_KINDS.find((known): known is OracleKind => known === name);
  if (kind === undefined) throw new Error(`The oracle does not know ${name}.`);
  return [...simulator.oracle.things(kind)].filter(({ repository }) => repository === null || ours.includes(repository)).map(({ key }) => key);
}
