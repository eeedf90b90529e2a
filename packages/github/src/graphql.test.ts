import { describe, expect, test } from "@jest/globals";
import type { JsonObject } from "@octally/shared/json";
import fc from "fast-check";
import { type Script, type Scripted, scriptedGitHub } from "../test/scripted-github.ts";
import { adaptivePage, type AdaptivePage, halve, settle } from "./adaptive-page.ts";
import type { Call } from "./call.ts";
import { finishNested, type Finished, type NestedConnection } from "./finish-nested.ts";
import type { GraphqlAnswer } from "./graphql.ts";
import { readConnection, type ConnectionAnswer, type ConnectionRequest } from "./read-connection.ts";

const call: Call = { purpose: "backfill", kind: "pull-request" };
const document = { name: "pulls", text: "query" };
const light = { name: "pulls-light", text: "light" };
const RATE = { cost: 3, remaining: 4990, resetAt: "2026-11-22T10:10:00Z", limit: 5000, nodeCount: 100 };
const ok = (data: object): Scripted => ({ body: { data: { ...data, rateLimit: RATE } } });
const heavy: Scripted = { status: 502, text: "<html>502</html>" };

async function ask(script: Script | readonly Scripted[], options: object = {}): Promise<{ readonly answer: GraphqlAnswer | Error } & ReturnType<typeof scriptedGitHub>> {
  const here = scriptedGitHub(script, options);
  const answer = await here.time.run(here.github.graphql(document, { owner: "o", n: 1 }, call)).catch((error: unknown) => error as Error);
  return { ...here, answer };
}

describe("one query", () => {
  test("is posted with its variables; its cost is what GitHub says", async () => {
    const { answer, seen, uses } = await ask([ok({ viewer: { login: "me" } })]);
    expect(answer).toMatchObject({ is: "data", data: { viewer: { login: "me" } }, problems: [], cost: 3, nodeCount: 100, observedAt: "2026-11-22T10:00:00.000Z" });
    expect(seen).toMatchObject([{ method: "POST", url: "https://api.github.com/graphql", body: { query: "query", variables: { owner: "o", n: 1 } }, headers: { "x-github-next-global-id": "1" } }]);
    expect(uses).toMatchObject([{ resource: "graphql", outcome: "ok", points: 3 }]);
  });

  test("Enterprise Server has it beside REST, others below", async () => {
    expect((await ask([ok({})], { apiUrl: "https://ghe.example/api/v3/" })).seen[0]?.url).toBe("https://ghe.example/api/graphql");
    expect((await ask([ok({})], { apiUrl: "http://127.0.0.1:4100" })).seen[0]?.url).toBe("http://127.0.0.1:4100/graphql");
  });

  test("partial data comes with what is missing, and is counted as partial", async () => {
    const { answer, uses } = await ask([{ body: { data: { repository: null, rateLimit: RATE }, errors: [{ type: "NOT_FOUND", path: ["repository"], message: "m" }] } }]);
    expect(answer).toMatchObject({ is: "data", problems: [{ type: "NOT_FOUND" }] });
    expect(uses).toMatchObject([{ outcome: "partial", points: 3 }]);
  });

  test("too heavy is an answer, at once; a fault is tried again", async () => {
    expect(await ask([heavy])).toMatchObject({ answer: { is: "too-heavy" }, uses: [{ outcome: "too-heavy" }] });
    expect(await ask([{ status: 500, text: "" }, ok({})])).toMatchObject({ answer: { is: "data" }, uses: [{ outcome: "failed" }, { outcome: "ok" }] });
  });

  test("a limit with status 200 is waited for or put off", async () => {
    expect((await ask([{ body: { errors: [{ type: "RATE_LIMITED", message: "API rate limit exceeded" }] } }])).answer).toMatchObject({ code: "github-budget", retryAfterSeconds: 600 });
    expect((await ask([{ body: { errors: [{ type: "RATE_LIMITED", message: "secondary rate limit" }] }, headers: { "retry-after": "7" } }, ok({})])).time.nowMs()).toBe(7000);
  });

  test("a wrong document is a mistake, said with its name", async () => {
    const { answer } = await ask([{ body: { errors: [{ message: "Field 'nope' doesn't exist" }] } }]);
    expect(answer).toMatchObject({ code: "github-graphql-invalid", retryable: false, message: "GitHub refuses the query pulls: Field 'nope' doesn't exist" });
  });

  test("what a document cost is what the next is expected to", async () => {
    const here = scriptedGitHub(() => ({ ...ok({}), headers: { "x-ratelimit-remaining": "502" } }));
    await here.time.run(here.github.graphql(document, {}, call));
    await expect(here.time.run(here.github.graphql(document, {}, call))).rejects.toMatchObject({ code: "github-budget" });
    expect(await here.time.run(here.github.graphql({ name: "other", text: "query" }, {}, call))).toMatchObject({ is: "data" });
  });
});

describe("a page's size", () => {
  test("halves, and grows back slowly; each time later", () => {
    let page: AdaptivePage | undefined = adaptivePage(100);
    const sizes: number[] = [];
    for (let next: AdaptivePage | undefined = page; next !== undefined; next = halve(next)) sizes.push(next.size);
    expect(sizes).toEqual([100, 50, 25, 12, 6, 3, 1]);
    page = halve(adaptivePage(100)) ?? page;
    const grown = Array.from({ length: 24 }, () => (page = settle(page!)).size);
    expect(grown.filter((size, index) => size !== (grown[index - 1] ?? 50))).toEqual([62, 77, 96]);
  });

  test("is never below 1, above where it began, or above 100", () => {
    fc.assert(
      fc.property(fc.double({ min: -10, max: 500, noNaN: true }), fc.array(fc.boolean(), { maxLength: 300 }), (most, steps) => {
        let page = adaptivePage(most);
        for (const well of steps) {
          page = well ? settle(page) : (halve(page) ?? page);
          expect(page.size).toBeGreaterThanOrEqual(1);
          expect(page.size).toBeLessThanOrEqual(Math.min(100, Math.max(1, most)));
        }
      }),
    );
  });
});

/** A list of so many things; some are too heavy, alone or beyond a page size. */
function listOf(count: number, tooHeavy: (first: number, from: number) => boolean, at: (connection: object) => object): Script {
  return ({ body }) => {
    const { query, variables } = body as { query: string; variables: { first: number; after: string | null } };
    const from = variables.after === null ? 0 : Number(variables.after);
    if (query !== "light" && tooHeavy(variables.first, from)) return heavy;
    const nodes = Array.from({ length: Math.min(variables.first, count - from) }, (_, index) => ({ id: `P_${from + index}` }));
    const end = from + nodes.length;
    return ok(at({ totalCount: count, nodes, pageInfo: { hasNextPage: end < count, endCursor: nodes.length === 0 ? null : String(end) } }));
  };
}
const inRepository = (pullRequests: object): object => ({ repository: { pullRequests } });

async function read(script: Script | readonly Scripted[], over: Partial<ConnectionRequest> = {}): Promise<ConnectionAnswer[]> {
  const here = scriptedGitHub(script);
  const answers: ConnectionAnswer[] = [];
  const run = async (): Promise<void> => {
    for await (const answer of readConnection(here.github.graphql, { document, variables: {}, path: ["repository", "pullRequests"], ...over }, { ...call, maxWaitMs: 1e9 })) answers.push(answer);
  };
  await here.time.run(run());
  return answers;
}
const idsOf = (answers: readonly ConnectionAnswer[]): unknown[] => answers.flatMap((answer) => (answer.is === "page" ? answer.nodes.map(({ id }) => id) : []));

describe("a connection", () => {
  test("is read to its end, whatever is too heavy; nothing twice, nothing missing, and what cannot be had is named", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(130), fc.integer({ min: 1, max: 100 }), fc.uniqueArray(fc.nat(129), { maxLength: 3 }), async (count, bears, poison) => {
        const answers = await read(listOf(count, (first, from) => first > bears || poison.some((bad) => bad >= from && bad < Math.min(count, from + first)), inRepository), { lightDocument: light });
        const named = answers.flatMap((answer) => (answer.is === "too-heavy" ? [answer.nodeId] : []));
        expect(named).toEqual(poison.filter((bad) => bad < count).toSorted((a, b) => a - b).map((bad) => `P_${bad}`));
        expect(idsOf(answers)).toEqual(Array.from({ length: count }, (_, index) => `P_${index}`).filter((id) => !named.includes(id)));
        expect(answers.at(-1)?.next).toBeNull();
      }),
      { numRuns: 40 },
    );
  });

  test("goes on at a cursor with the size it had", async () => {
    const [first] = await read(listOf(30, (size) => size > 12, inRepository));
    expect(first).toMatchObject({ is: "page", next: "12", page: { size: 12 }, totalCount: 30, cost: 3 });
    expect(idsOf(await read(listOf(30, (size) => size > 12, inRepository), { after: first?.next ?? null, page: first!.page }))[0]).toBe("P_12");
  });

  test("one thing that is too heavy alone, without a light document, is not passed by", async () => {
    await expect(read(listOf(3, () => true, inRepository))).rejects.toMatchObject({ code: "github-too-heavy", retryable: true });
  });

  test("that is not there says why", async () => {
    expect(await read([{ body: { data: { repository: null, rateLimit: RATE }, errors: [{ type: "NOT_FOUND", path: ["repository"], message: "m" }] } }])).toMatchObject([{ is: "unreachable", next: null, problems: [{ type: "NOT_FOUND" }] }]);
    expect(await read([{ status: 403, body: { message: "Resource not accessible by integration" } }])).toMatchObject([{ is: "forbidden", next: null }]);
  });

  test("holes are counted beside the problems that made them", async () => {
    expect(await read([{ body: { data: { ...inRepository({ nodes: [null, { id: "P_1" }], pageInfo: { hasNextPage: false, endCursor: null } }), rateLimit: RATE }, errors: [{ type: "FORBIDDEN", path: ["repository", "pullRequests", "nodes", 0], message: "m" }] } }])).toMatchObject([{ is: "page", nodes: [{ id: "P_1" }], holes: 1, problems: [{ type: "FORBIDDEN" }] }]);
  });

  test.each([
    ["pageInfo", { nodes: [] }],
    ["nodes", { pageInfo: { hasNextPage: false, endCursor: null } }],
    ["endCursor", { nodes: [], pageInfo: { hasNextPage: true, endCursor: null } }],
  ])("a document without %s could cut it: a mistake", async (_, connection) => {
    await expect(read([ok(inRepository(connection))])).rejects.toMatchObject({ code: "github-document", retryable: false });
  });

  test("the same page for ever ends", async () => {
    await expect(read(() => ok(inRepository({ nodes: [], pageInfo: { hasNextPage: true, endCursor: "x" } })))).rejects.toMatchObject({ code: "github-cursor" });
  });
});

describe("lists within a node", () => {
  const comments: NestedConnection = { path: ["comments"], document: { name: "comments", text: "comments" }, pageSize: 3 };
  const reviews: NestedConnection = { path: ["reviews"], document: { name: "reviews", text: "reviews" }, pageSize: 2, nested: [comments] };
  const page = (kind: string, of: string, count: number, from: number, first: number): JsonObject => {
    const nodes = Array.from({ length: Math.max(0, Math.min(first, count - from)) }, (_, index) => itemOf(kind, `${of}/${kind}${from + index}`));
    return { nodes, pageInfo: { hasNextPage: from + nodes.length < count, endCursor: String(from + nodes.length) } };
  };
  const COUNTS: Record<string, number> = {};
  const itemOf = (kind: string, id: string): JsonObject => (kind === "r" ? { id, comments: page("c", id, COUNTS["c"] ?? 0, 0, 2) } : { id });
  const server: Script = ({ body }) => {
    const { query, variables } = body as { query: string; variables: { id: string; first: number; after: string } };
    const kind = query === "reviews" ? "r" : "c";
    return ok({ node: { [query]: page(kind, variables.id, COUNTS[kind] ?? 0, Number(variables.after), variables.first) } });
  };
  const finish = async (node: JsonObject, script: Script | readonly Scripted[] = server, connections = [reviews]): Promise<Finished> => {
    const here = scriptedGitHub(script);
    return here.time.run(finishNested(here.github.graphql, node, connections, { ...call, maxWaitMs: 1e9 }));
  };

  test("are whole afterwards at every depth, however many there are", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(7), fc.nat(9), async (r, c) => {
        Object.assign(COUNTS, { r, c });
        const { node, gaps } = await finish({ id: "P", title: "t", reviews: page("r", "P", r, 0, 2) });
        expect(gaps).toEqual([]);
        expect(node).toEqual({ id: "P", title: "t", reviews: whole(Array.from({ length: r }, (_, i) => ({ id: `P/r${i}`, comments: whole(Array.from({ length: c }, (__, j) => ({ id: `P/r${i}/c${j}` }))) }))) });
      }),
      { numRuns: 40 },
    );
  });
  const whole = (nodes: readonly JsonObject[]): JsonObject => ({ nodes, pageInfo: { hasNextPage: false, endCursor: null } });

  test("that end on their page cost no request", async () => {
    Object.assign(COUNTS, { r: 2, c: 1 });
    const node = { id: "P", reviews: page("r", "P", 2, 0, 2) };
    expect(await finish(node, [])).toMatchObject({ node: { id: "P" }, gaps: [], cost: 0 });
  });

  test("that cannot be finished are gaps with their reason", async () => {
    const node = { id: "P", comments: page("c", "P", 5, 0, 2) };
    expect((await finish(node, [ok({ node: null })], [comments])).gaps).toEqual([{ nodeId: "P", path: ["comments"], why: "vanished" }]);
    expect((await finish(node, [{ status: 403, body: { message: "Resource not accessible by integration" } }], [comments])).gaps).toEqual([{ nodeId: "P", path: ["comments"], why: "forbidden" }]);
    expect((await finish(node, [{ body: { data: { node: { comments: page("c", "P", 5, 2, 3) }, rateLimit: RATE }, errors: [{ path: ["node", "comments", "nodes", 0], message: "m" }] } }], [comments])).gaps).toMatchObject([{ nodeId: "P", why: "problems" }]);
  });

  test("a node without an id cannot be asked again: a mistake", async () => {
    await expect(finish({ comments: page("c", "P", 5, 0, 2) }, [], [comments])).rejects.toMatchObject({ code: "github-document" });
  });
});
