/** What GitHub tells about itself. */
import { API_VERSIONS } from "../../server/api-versions.ts";
import { PUBLISHED, type Resource } from "../../server/limits.ts";
import { primaryLimitOf } from "../../server/primary-limit.ts";
import { ok, type Answer, type Call, type Endpoint } from "../call.ts";
import { plain } from "../define.ts";

export const META: readonly Endpoint[] = [
  plain("GET", "/", "meta/meta#github-api-root", root),
  plain("GET", "/meta", "meta/meta#get-apiname-meta-information", meta),
  plain("GET", "/versions", "meta/meta#get-all-api-versions", () => ok(API_VERSIONS)),
  plain("GET", "/zen", "meta/meta#get-the-zen-of-github", () => ok("Keep it logically awesome.")),
  plain("GET", "/rate_limit", "rate-limit/rate-limit#get-rate-limit-status-for-the-authenticated-user", rateLimit),
];

function root({ s }: Call): Answer {
  const { api } = s.base;
  return ok({
    current_user_url: `${api}/user`,
    events_url: `${api}/events`,
    issues_url: `${api}/issues`,
    issue_search_url: `${api}/search/issues?q={query}{&page,per_page,sort,order}`,
    organization_url: `${api}/orgs/{org}`,
    organization_repositories_url: `${api}/orgs/{org}/repos{?type,page,per_page,sort}`,
    organization_teams_url: `${api}/orgs/{org}/teams`,
    rate_limit_url: `${api}/rate_limit`,
    repository_url: `${api}/repos/{owner}/{repo}`,
    repository_search_url: `${api}/search/repositories?q={query}{&page,per_page,sort,order}`,
    current_user_repositories_url: `${api}/user/repos{?type,page,per_page,sort}`,
    starred_url: `${api}/user/starred{/owner}{/repo}`,
    user_url: `${api}/users/{user}`,
    user_organizations_url: `${api}/user/orgs`,
    user_repositories_url: `${api}/users/{user}/repos{?type,page,per_page,sort}`,
  });
}

/** Addresses are those of this machine: webhooks come from nowhere else. */
function meta(): Answer {
  const here = ["127.0.0.1/32", "::1/128"];
  return ok({ verifiable_password_authentication: false, ssh_key_fingerprints: {}, ssh_keys: [], hooks: here, web: here, api: here, git: here, packages: here, pages: here, importer: here, actions: here, dependabot: here, domains: { website: [], codespaces: [], copilot: [], packages: [], actions: [] } });
}

function rateLimit({ services, world, caller }: Call): Answer {
  const of = (resource: Resource) => {
    const { limit, used, remaining, resetAt } = services.limits.meter(caller.viewer.budget, resource, primaryLimitOf(world, caller, resource));
    return { limit, used, remaining, reset: Math.floor(resetAt / 1000) };
  };
  const untouched = (limit: number, seconds = 3600) => ({ limit, used: 0, remaining: limit, reset: Math.floor(world.now() / 1000) + seconds });
  const core = of("core");
  return ok({
    resources: {
      core,
      search: of("search"),
      graphql: of("graphql"),
      integration_manifest: untouched(caller.viewer.is === "anonymous" ? PUBLISHED.anonymousPerHour : 5000),
      source_import: untouched(caller.viewer.is === "anonymous" ? 5 : 100, 60),
      code_scanning_upload: untouched(caller.viewer.is === "anonymous" ? 60 : 1000),
      code_search: of("code_search"),
    },
    rate: core,
  });
}
