import { generateKeyPairSync } from "node:crypto";
import { describe, expect, test } from "@jest/globals";
import { type Script, scriptedFetch, type Seen } from "../test/scripted-github.ts";
import type { Call } from "./call.ts";
import { connect, type Connected } from "./connect.ts";

const privateKey = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ type: "pkcs1", format: "pem" }).toString();
const call: Call = { purpose: "live", kind: "repository" };
const APP = { is: "app", appId: "123", privateKey } as const;
const missing = { status: 404, body: { message: "Not Found" } };

function withApp(script: Script): { readonly seen: Seen[]; readonly connections: ReturnType<typeof connect> } {
  const seen: Seen[] = [];
  return { seen, connections: connect(APP, { fetch: scriptedFetch(script, seen) }) };
}
const installation: Script = ({ url, method }) => {
  if (method === "POST") return { status: 201, body: { token: `ghs_${url.split("/").at(-2)}`, expires_at: new Date(Date.now() + 3_600_000).toISOString(), permissions: {}, repository_selection: "all" } };
  if (url.endsWith("/orgs/octo-org/installation") || url.endsWith("/repos/octo-org/hello/installation")) return { body: { id: 7 } };
  if (url.endsWith("/users/octocat/installation")) return { body: { id: 8 } };
  return url.endsWith("/installation") ? missing : { body: { ok: true } };
};
const githubOf = (connected: Connected): Extract<Connected, { is: "connected" }>["github"] => {
  if (connected.is !== "connected") throw new Error(connected.message);
  return connected.github;
};
const paths = (seen: readonly Seen[]): string[] => seen.map(({ method, url, headers }) => `${method} ${new URL(url).pathname} ${(headers["authorization"] ?? "").replace(/^(bearer) .+/i, "$1")}`);

describe("a GitHub App", () => {
  test("finds its installation by organisation, repository or user; one token and one budget for each", async () => {
    const { connections, seen } = withApp(installation);
    const org = githubOf(await connections.clientFor("octo-org", call));
    const user = githubOf(await connections.clientFor("octocat", call));
    expect(githubOf(await connections.clientFor("Octo-Org/hello", call))).toBe(org);
    expect(user).not.toBe(org);
    for (const github of [org, org, user]) expect(await github.get({ path: "/x" }, call)).toMatchObject({ is: "found" });
    expect(paths(seen)).toEqual([
      "GET /orgs/octo-org/installation bearer",
      "GET /orgs/octocat/installation bearer",
      "GET /users/octocat/installation bearer",
      "POST /app/installations/7/access_tokens bearer",
      "GET /x token ghs_7",
      "GET /x token ghs_7",
      "POST /app/installations/8/access_tokens bearer",
      "GET /x token ghs_8",
    ]);
  });

  test("by repository", async () => {
    const { connections, seen } = withApp(installation);
    await connections.clientFor("octo-org/hello", call);
    expect(paths(seen)).toEqual(["GET /repos/octo-org/hello/installation bearer"]);
  });

  test("that is not installed says so, and is looked for again", async () => {
    const { connections, seen } = withApp(installation);
    expect(await connections.clientFor("nobody", call)).toMatchObject({ is: "not-installed", source: "nobody" });
    await connections.clientFor("nobody", call);
    expect(seen).toHaveLength(4);
  });

  test("asks as itself for its webhook's deliveries", async () => {
    const { connections, seen } = withApp(installation);
    await connections.app?.get({ path: "/app/hook/deliveries" }, call);
    expect(paths(seen)).toEqual(["GET /app/hook/deliveries bearer"]);
  });

  test.each([[404, "Not Found"], [403, "This installation has been suspended"], [401, "A JSON web token could not be decoded"]])("without a token (%d %s) does not read as a missing thing", async (status, message) => {
    const { connections } = withApp((seen, index) => (seen.method === "POST" ? { status, body: { message } } : installation(seen, index)));
    const github = githubOf(await connections.clientFor("octo-org", call));
    await expect(github.get({ path: "/repos/octo-org/hello" }, call)).rejects.toMatchObject({ code: "github-unauthorized", retryable: false });
    expect(github.budgets().flights.size).toBe(0);
  });

  test("gives in to GitHub's clock where the worker's is wrong", async () => {
    const ahead = 3600;
    const dates: number[] = [];
    const { connections } = withApp((seen, index) => {
      if (seen.method !== "POST") return installation(seen, index);
      const { iat } = JSON.parse(Buffer.from((seen.headers["authorization"] ?? "").split(".")[1] ?? "", "base64url").toString()) as { iat: number };
      const now = Math.floor(Date.now() / 1000) + ahead;
      dates.push(iat - now);
      return Math.abs(iat - now) < 120 ? installation(seen, index) : { status: 401, body: { message: "'Issued at' claim ('iat') must be an Integer" }, headers: { date: new Date(now * 1000).toUTCString() } };
    });
    const github = githubOf(await connections.clientFor("octo-org", call));
    expect(await github.get({ path: "/x" }, call)).toMatchObject({ is: "found" });
    expect(dates).toHaveLength(2);
  });
});

test("a token serves every source, and nobody at all some", async () => {
  for (const credentials of [{ is: "token", token: "t" }, { is: "anonymous" }] as const) {
    const seen: Seen[] = [];
    const connections = connect(credentials, { fetch: scriptedFetch(() => ({ body: {} }), seen) });
    const github = githubOf(await connections.clientFor("a", call));
    expect(githubOf(await connections.clientFor("b/c", call))).toBe(github);
    await github.get({ path: "/x" }, call);
    expect([connections.app, seen[0]?.headers["authorization"]]).toEqual([null, credentials.is === "token" ? "token t" : undefined]);
  }
});
