/** Short forms for the tables of endpoints. */
import { ApiError, notFound } from "../server/api-error.ts";
import type { Organization, Repository, User } from "../world/entities.ts";
import { mustReach, mustReachOrganization } from "./access.ts";
import type { Answer, Call, Endpoint, Need } from "./call.ts";

type Result = Answer | Promise<Answer>;
type Method = Endpoint["method"];

/** What everybody who sees a public repository may read of it. */
export function reads(permission: Need["permission"]): Need {
  return { permission };
}

/** What needs the permission also in public repositories; of a person the role. */
export function guarded(permission: Need["permission"], role: Need["role"] = "push", refusal?: string): Need {
  return { permission, always: true, ...(role === undefined ? {} : { role }), ...(refusal === undefined ? {} : { refusal }) };
}

export function writes(permission: Need["permission"], role?: Need["role"]): Need {
  return { permission, level: "write", ...(role === undefined ? {} : { role }) };
}

export function plain(method: Method, path: string, doc: string, answer: (call: Call) => Result, resource: Endpoint["resource"] = "core"): Endpoint {
  return { method, path, doc, need: null, resource, answer };
}

/** `path` below `/repos/:owner/:repo`. */
export function onRepository(path: string, doc: string, need: Need, answer: (call: Call, repository: Repository) => Result, method: Method = "GET"): Endpoint {
  return { method, path: `/repos/:owner/:repo${path}`, doc, need, resource: "core", answer: (call) => answer(call, reachRepository(call, need)) };
}

/** `path` below `/orgs/:org`; `role`: what a person must be there. */
export function onOrganization(path: string, doc: string, need: Need | null, role: "member" | "admin" | null, answer: (call: Call, organization: Organization) => Result, method: Method = "GET"): Endpoint {
  return {
    method, path: `/orgs/:org${path}`, doc, need, resource: "core",
    answer: (call) => {
      const organization = organizationNamed(call, call.params["org"] ?? "");
      mustReachOrganization(call.viewer, organization, need, role);
      return answer(call, organization);
    },
  };
}

export function onUser(path: string, doc: string, answer: (call: Call, user: User) => Result): Endpoint {
  return plain("GET", `/users/:username${path}`, doc, (call) => answer(call, userNamed(call, call.params["username"] ?? "")));
}

/** The repository of the path; a former name redirects to where it is now, for those who see it. */
function reachRepository(call: Call, need: Need): Repository {
  const { owner = "", repo = "" } = call.params;
  const repository = call.world.repositoriesByName.get(`${owner}/${repo}`.toLowerCase());
  if (repository === undefined) throw notFound();
  mustReach(call.viewer, repository, { ...need, permission: "metadata", level: "read", always: false });
  if (repository.owner.login.toLowerCase() !== owner.toLowerCase() || repository.name.toLowerCase() !== repo.toLowerCase()) throw new Moved(`${call.linkPath}${queryOf(call)}`, call.incoming.method);
  mustReach(call.viewer, repository, need);
  return repository;
}

export function queryOf(call: Call): string {
  return call.query.size === 0 ? "" : `?${call.query.toString()}`;
}

/** 301 for what is read, 307 for what is written: the method must stay. */
export class Moved extends ApiError {
  readonly url: string;

  constructor(url: string, method = "GET") {
    const reads_ = method === "GET" || method === "HEAD";
    super(reads_ ? 301 : 307, reads_ ? "Moved Permanently" : "Temporary Redirect", { headers: { location: url } });
    this.url = url;
  }

  override body(): unknown {
    return { message: this.message, url: this.url, documentation_url: "https://docs.github.com/rest/guides/best-practices-for-using-the-rest-api#follow-redirects" };
  }
}

export function organizationNamed(call: Call, login: string): Organization {
  const account = call.world.accountsByLogin.get(login.toLowerCase());
  if (account?.type !== "Organization") throw notFound();
  return account;
}

export function userNamed(call: Call, login: string): User {
  const account = call.world.accountsByLogin.get(login.toLowerCase()) ?? (login.toLowerCase() === call.world.ghost.login ? call.world.ghost : undefined);
  if (account === undefined || account.type === "Organization") throw notFound();
  return account;
}

export function numberIn(call: Call, name: string): number {
  const value = Number(call.params[name]);
  if (!Number.isInteger(value)) throw notFound();
  return value;
}

export function found<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw notFound();
  return value;
}

/** The time in `since` and its like. */
export function timeIn(call: Call, name: string): number | null {
  const text = call.query.get(name);
  if (text === null || text === "") return null;
  const time = Date.parse(text);
  if (Number.isNaN(time)) throw new ApiError(422, "Validation Failed", { errors: [{ resource: "Issue", code: "invalid", field: name }] });
  return time;
}

export function directionIn(call: Call, fallback: "asc" | "desc"): "asc" | "desc" {
  const asked = call.query.get("direction");
  return asked === "asc" || asked === "desc" ? asked : fallback;
}
