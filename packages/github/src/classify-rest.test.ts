import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { classifyRest, type RestVerdict } from "./classify-rest.ts";
import type { Exchange } from "./exchange.ts";

const URL_ = "https://api.github.com/repos/octo-org/hello/issues";
const DATE = { date: "Sun, 22 Nov 2026 10:00:00 GMT", "content-type": "application/json; charset=utf-8", server: "github.com" };
const left = (remaining: number): Record<string, string> => ({ ...DATE, "x-ratelimit-limit": "5000", "x-ratelimit-remaining": String(remaining), "x-ratelimit-reset": "1795341600", "x-ratelimit-resource": "core" });
const came = (status: number, body: unknown, headers: Record<string, string> = left(4321)): Exchange => ({ is: "exchange", url: URL_, status, headers, body });
const said = (message: string): object => ({ message, documentation_url: "https://docs.github.com/rest" });

describe("what an answer of the REST API means", () => {
  const rows: readonly (readonly [string, Exchange, Partial<RestVerdict>])[] = [
    ["200", came(200, []), { is: "found" }],
    ["204 without a body", came(204, ""), { is: "found" }],
    ["202: statistics are being computed", came(202, {}), { is: "not-ready" }],
    ["304", came(304, ""), { is: "not-modified" }],
    ["301 of a renamed repository", came(301, said("Moved Permanently"), { ...left(1), location: "https://api.github.com/repositories/1/issues" }), { is: "moved", to: "https://api.github.com/repositories/1/issues", permanent: true, keepsMethod: true }],
    ["302 to a relative place", came(302, "", { ...left(1), location: "/x" }), { is: "moved", to: "https://api.github.com/x", permanent: false, keepsMethod: true }],
    ["303 asks to read", came(303, "", { ...left(1), location: "/x" }), { is: "moved", to: "https://api.github.com/x", permanent: false, keepsMethod: false }],
    ["307", came(307, "", { ...left(1), location: "/x" }), { is: "moved", to: "https://api.github.com/x", permanent: false, keepsMethod: true }],
    ["308", came(308, "", { ...left(1), location: "/x" }), { is: "moved", to: "https://api.github.com/x", permanent: true, keepsMethod: true }],
    ["a redirect to nowhere", came(301, ""), { is: "failed", status: 301 }],
    ["401", came(401, said("Bad credentials")), { is: "unauthorized", message: "Bad credentials" }],
    ["404", came(404, said("Not Found")), { is: "missing", why: "not-found", message: "Not Found" }],
    ["410 of a deleted issue", came(410, said("This issue was deleted")), { is: "missing", why: "gone", message: "This issue was deleted" }],
    ["410 of a feature that is off is no deletion", came(410, said("Issues are disabled for this repo")), { is: "disabled" }],
    ["410 in the longer form", came(410, said("Issues has been disabled in this repository.")), { is: "disabled" }],
    ["451", came(451, said("Repository access blocked")), { is: "missing", why: "legal" }],
    ["409 of an empty repository", came(409, said("Git Repository is empty.")), { is: "empty-repository" }],
    ["another 409", came(409, said("Conflict")), { is: "refused", status: 409, pageCap: false }],
    ["422 beyond the pages that GitHub shows", came(422, said("In order to keep the API fast for everyone, pagination is limited for this resource.")), { is: "refused", status: 422, pageCap: true }],
    ["422 beyond 1,000 search results", came(422, said("Only the first 1000 search results are available")), { is: "refused", status: 422, pageCap: true }],
    ["422 of a wrong question", came(422, said("Validation Failed")), { is: "refused", status: 422, pageCap: false }],
    ["400", came(400, said("Problems parsing JSON")), { is: "refused", status: 400 }],
    ["403 of an App without the permission", came(403, said("Resource not accessible by integration"), { ...left(4321), "x-accepted-github-permissions": "administration=read" }), { is: "forbidden", missing: { message: "Resource not accessible by integration", permissions: [["administration=read"]], scopes: [], grantedScopes: null, ssoUrl: null } }],
    [
      "403 of a fine-grained token: alternatives",
      came(403, said("Resource not accessible by personal access token"), { ...left(4321), "x-accepted-github-permissions": "pull_requests=read,contents=read; issues=read" }),
      { is: "forbidden", missing: { message: "Resource not accessible by personal access token", permissions: [["pull_requests=read", "contents=read"], ["issues=read"]], scopes: [], grantedScopes: null, ssoUrl: null } },
    ],
    ["403 of a classic token", came(403, said("Must have admin rights to Repository."), { ...left(4321), "x-accepted-oauth-scopes": "admin:org, read:org", "x-oauth-scopes": "repo" }), { is: "forbidden", missing: { message: "Must have admin rights to Repository.", permissions: [], scopes: ["admin:org", "read:org"], grantedScopes: ["repo"], ssoUrl: null } }],
    [
      "403 of single sign-on",
      came(403, said("Resource protected by organization SAML enforcement."), { ...left(4321), "x-github-sso": "required; url=https://github.com/orgs/octo-org/sso?authorization_request=A" }),
      { is: "forbidden", missing: { message: "Resource protected by organization SAML enforcement.", permissions: [], scopes: [], grantedScopes: null, ssoUrl: "https://github.com/orgs/octo-org/sso?authorization_request=A" } },
    ],
    ["403 that happens to be the last request of the hour is still no limit", came(403, said("Resource not accessible by integration"), left(0)), { is: "forbidden" }],
    ["403 of a feature that is off", came(403, said("Dependabot alerts are disabled for this repository.")), { is: "disabled" }],
    ["403 of a feature that is not paid for", came(403, said("Upgrade to GitHub Pro or make this repository public to enable this feature.")), { is: "disabled" }],
    ["403 of Advanced Security", came(403, said("Advanced Security must be enabled for this repository to use code scanning.")), { is: "disabled" }],
    ["403 of a list that is too large", came(403, said("The history or contributor list is too large to list contributors for this repository via the API.")), { is: "refused", pageCap: true }],
    ["403 primary limit", came(403, said("API rate limit exceeded for user ID 1. If you reach out to GitHub Support for help, please include the request ID"), left(0)), { is: "limited", limit: "primary" }],
    ["429 primary limit", came(429, said("API rate limit exceeded for installation ID 1."), left(0)), { is: "limited", limit: "primary" }],
    ["403 primary limit of an anonymous caller", came(403, said("API rate limit exceeded for 192.0.2.1. (But here's the good news: Authenticated requests get a higher rate limit.)"), left(0)), { is: "limited", limit: "primary" }],
    ["403 secondary limit", came(403, said("You have exceeded a secondary rate limit. Please wait a few minutes before you try again."), { ...left(4000), "retry-after": "60" }), { is: "limited", limit: "secondary" }],
    ["403 secondary limit without retry-after", came(403, said("You have exceeded a secondary rate limit and have been temporarily blocked from content creation.")), { is: "limited", limit: "secondary" }],
    ["403 secondary limit in its old words", came(403, said("You have triggered an abuse detection mechanism. Please wait a few minutes before you try again.")), { is: "limited", limit: "secondary" }],
    ["429 without a word", came(429, "", DATE), { is: "limited", limit: "secondary" }],
    ["403 with nothing but retry-after", came(403, said("Forbidden"), { ...left(100), "retry-after": "5" }), { is: "limited", limit: "secondary" }],
    ["500", came(500, ""), { is: "failed", status: 500 }],
    ["502 as the proxy's page", came(502, "<html><head><title>502 Bad Gateway</title></head></html>", DATE), { is: "failed", status: 502, message: "502 Bad Gateway" }],
    ["503", came(503, said("Service unavailable")), { is: "failed", status: 503, message: "Service unavailable" }],
    ["408", came(408, ""), { is: "failed", status: 408 }],
  ];
  test.each(rows)("%s", (_, exchange, verdict) => {
    expect(classifyRest(exchange)).toMatchObject(verdict);
  });

  test("every status and body has one; only 2xx is a thing, and only 404, 410 and 451 say that there is none", () => {
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 599 }), fc.jsonValue(), fc.dictionary(fc.constantFrom("retry-after", "location", "date", "x-ratelimit-remaining", "link"), fc.string()), (status, body, headers) => {
        const { is } = classifyRest(came(status, body, headers));
        if (is === "found") expect(Math.floor(status / 100)).toBe(2);
        if (is === "missing") expect([404, 410, 451]).toContain(status);
        if (status >= 500) expect(is).toBe("failed");
      }),
    );
  });
});
