/** Finds the endpoint of a path. GitHub also answers under `/repositories/{id}`, `/organizations/{id}` and `/user/{id}`, to which its links lead. */
import type { World } from "../world/world.ts";
import type { Endpoint } from "./call.ts";

type Node = { readonly named: Map<string, Node>; parameter: { readonly name: string; readonly node: Node } | null; rest: { readonly name: string; readonly byMethod: Map<string, Endpoint> } | null; readonly byMethod: Map<string, Endpoint> };
export type Match = { readonly endpoint: Endpoint; readonly params: Readonly<Record<string, string>> };

export class Router {
  readonly #root = makeNode();

  constructor(endpoints: readonly Endpoint[]) {
    for (const endpoint of endpoints) this.#add(endpoint);
  }

  /** `segments`: unescaped. */
  find(method: string, segments: readonly string[]): Match | null {
    const params: Record<string, string> = {};
    const byMethod = search(this.#root, segments, 0, params);
    const endpoint = byMethod?.get(method === "HEAD" ? "GET" : method);
    return endpoint === undefined ? null : { endpoint, params };
  }

  #add(endpoint: Endpoint): void {
    let node = this.#root;
    // The root has no segments.
    for (const segment of endpoint.path.split("/").filter((part) => part !== "")) {
      if (segment.startsWith("*")) {
        node.rest ??= { name: segment.slice(1), byMethod: new Map() };
        node.rest.byMethod.set(endpoint.method, endpoint);
        return;
      }
      if (segment.startsWith(":")) {
        // One name for one place: two endpoints that name it differently would not both find their parameter.
        node.parameter ??= { name: segment.slice(1), node: makeNode() };
        if (node.parameter.name !== segment.slice(1)) throw new Error(`${endpoint.path}: this segment is called :${node.parameter.name} elsewhere`);
        ({ node } = node.parameter);
        continue;
      }
      let next = node.named.get(segment);
      if (next === undefined) node.named.set(segment, (next = makeNode()));
      node = next;
    }
    if (node.byMethod.has(endpoint.method)) throw new Error(`${endpoint.method} ${endpoint.path} is there twice`);
    node.byMethod.set(endpoint.method, endpoint);
  }
}

function makeNode(): Node {
  return { named: new Map(), parameter: null, rest: null, byMethod: new Map() };
}

function search(node: Node, segments: readonly string[], at: number, params: Record<string, string>): Map<string, Endpoint> | null {
  const segment = segments[at];
  if (segment === undefined) return node.byMethod.size > 0 ? node.byMethod : null;
  const named = node.named.get(segment);
  const through = named === undefined ? null : search(named, segments, at + 1, params);
  if (through !== null) return through;
  if (node.parameter !== null) {
    const { name, node: next } = node.parameter;
    const behind = search(next, segments, at + 1, params);
    if (behind !== null) {
      Object.assign(params, { [name]: segment });
      return behind;
    }
  }
  if (node.rest === null) return null;
  Object.assign(params, { [node.rest.name]: segments.slice(at).join("/") });
  return node.rest.byMethod;
}

/** The path by names, and the path that GitHub's links to other pages have; null when the id names nothing. */
export function canonical(world: World, segments: readonly string[]): { readonly byName: readonly string[]; readonly byId: readonly string[] } | null {
  const [head, first, second, ...more] = segments;
  if (head === "repos" && first !== undefined && second !== undefined) {
    const repository = world.repositoriesByName.get(`${first}/${second}`.toLowerCase());
    return { byName: segments, byId: repository === undefined ? segments : ["repositories", String(repository.id), ...more] };
  }
  if (head === "repositories" && first !== undefined) {
    const repository = world.repositories.get(Number(first));
    if (repository === undefined || repository.deleted) return null;
    return { byName: ["repos", repository.owner.login, repository.name, ...segments.slice(2)], byId: segments };
  }
  if (head === "orgs" && first !== undefined) {
    const account = world.accountsByLogin.get(first.toLowerCase());
    return { byName: segments, byId: account === undefined ? segments : ["organizations", String(account.id), ...segments.slice(2)] };
  }
  if (head === "organizations" && first !== undefined) {
    const organization = world.organizations.get(Number(first));
    return organization === undefined ? null : { byName: ["orgs", organization.login, ...segments.slice(2)], byId: segments };
  }
  if (head === "users" && first !== undefined) {
    const account = world.accountsByLogin.get(first.toLowerCase());
    return { byName: segments, byId: account === undefined ? segments : ["user", String(account.id), ...segments.slice(2)] };
  }
  if (head === "user" && first !== undefined && /^\d+$/.test(first)) {
    const user = world.users.get(Number(first)) ?? world.organizations.get(Number(first));
    return user === undefined ? null : { byName: ["users", user.login, ...segments.slice(2)], byId: segments };
  }
  return { byName: segments, byId: segments };
}
