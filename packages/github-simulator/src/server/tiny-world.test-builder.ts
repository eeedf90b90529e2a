/** A small organisation for tests of the HTTP side: owner `ada`, member `ben`, outsider `eve`, one public and one private repository. */
import { VirtualClock } from "../clock.ts";
import { createUser } from "../operations/accounts.ts";
import { openIssue } from "../operations/issues.ts";
import { addMember, createOrganization } from "../operations/organization.ts";
import { createRepository } from "../operations/repository.ts";
import { World } from "../world/world.ts";
import { makeServer, type ServerOptions } from "./make-server.ts";

export const START = Date.UTC(2024, 5, 3, 9, 0, 0);

export function makeTinyWorld(options: Partial<Omit<ServerOptions, "world">> = {}) {
  const clock = new VirtualClock(START);
  const world = new World(clock.now);
  const server = makeServer({ world, seed: 1, ...options });
  const [ada, ben, eve] = ["ada", "ben", "eve"].map((login) => createUser(world, { login, name: login })) as [ReturnType<typeof createUser>, ReturnType<typeof createUser>, ReturnType<typeof createUser>];
  const organization = createOrganization(world, { login: "octo", owner: ada });
  addMember(world, { actor: ada, organization, user: ben });
  const open = createRepository(world, { actor: ada, owner: organization, name: "open" });
  const closed = createRepository(world, { actor: ada, owner: organization, name: "closed", visibility: "private" });
  const token = server.credentials.classic(ada, ["repo", "admin:org", "admin:org_hook", "admin:repo_hook", "user"]);
  const get = (path: string, headers: Record<string, string> = {}): Promise<Response> => server.fetch(`https://api.github.com${path}`, { headers: { authorization: `Bearer ${token}`, ...headers } });
  const send = (method: string, path: string, body: unknown, as = token): Promise<Response> => server.fetch(`https://api.github.com${path}`, { method, headers: { authorization: `Bearer ${as}` }, body: JSON.stringify(body) });
  const openIssues = (count: number, repository = open): void => {
    for (let index = 0; index < count; index += 1) {
      clock.moveTo(clock.now() + 1000);
      openIssue(world, { actor: ben, repository, title: `Issue ${index + 1}` });
    }
  };
  return { clock, world, server, ada, ben, eve, organization, open, closed, token, get, send, openIssues };
}
