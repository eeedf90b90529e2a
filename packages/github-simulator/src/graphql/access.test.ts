import { expect, test } from "@jest/globals";
import type { Viewer } from "../world/viewer.ts";
import { exampleWorld } from "./example-world.ts";
import { makeGraphql } from "./graphql.ts";

const { world, owner, people, shop, vault } = exampleWorld(1);
const graphql = makeGraphql(world);
const outsider: Viewer = { is: "user", user: people.eve, app: null, permissions: "all", repositoryIds: null, budget: "eve" };
const app = (permissions: Exclude<Viewer["permissions"], "all">): Viewer => ({ is: "installation", user: people.bot, app: people.bot.app, permissions, repositoryIds: new Set([shop.id, vault.id]), budget: "app" });
const token: Viewer = { is: "user", user: people.bob, app: null, permissions: { metadata: "read", issues: "read" }, repositoryIds: null, budget: "bob" };

const VAULT = 'repository(owner: "octo-demo", name: "vault")';
const forbidden = (path: readonly string[], by = "integration") => ({ type: "FORBIDDEN", path, extensions: { saml_failure: false }, message: `Resource not accessible by ${by}` });

test.each<[who: string, viewer: Viewer, query: string, data: unknown, errors: readonly object[] | undefined]>([
  ["a stranger", outsider, `{ ${VAULT} { id } }`, { repository: null }, [{ type: "NOT_FOUND", path: ["repository"], message: "Could not resolve to a Repository with the name 'octo-demo/vault'." }]],
  ["a stranger", outsider, '{ organization(login: "octo-demo") { repositories(first: 5) { totalCount nodes { name } } membersWithRole(first: 5) { totalCount } } }', { organization: { repositories: { totalCount: 1, nodes: [{ name: "shop" }] }, membersWithRole: { totalCount: 0 } } }, undefined],
  ["an owner", owner, '{ organization(login: "octo-demo") { repositories(first: 5) { totalCount } membersWithRole(first: 5) { edges { role node { login } } } } }', { organization: { repositories: { totalCount: 2 }, membersWithRole: { edges: [{ role: "ADMIN", node: { login: "ada" } }, { role: "MEMBER", node: { login: "bob" } }] } } }, undefined],
  ["an app without issues", app({ metadata: "read", pull_requests: "read" }), `{ ${VAULT} { issues(first: 1) { totalCount } } }`, { repository: null }, [forbidden(["repository", "issues"])]],
  ["an app without issues", app({ metadata: "read", pull_requests: "read" }), `{ ${VAULT} { name pullRequests(first: 1) { totalCount } issue(number: 2) { id } } }`, { repository: { name: "vault", pullRequests: { totalCount: 1 }, issue: null } }, [forbidden(["repository", "issue"])]],
  ["an app without anything, in public", app({}), '{ repository(owner: "octo-demo", name: "shop") { issues(first: 1) { totalCount } } }', { repository: { issues: { totalCount: 4 } } }, undefined],
  ["an app without alerts, in public", app({}), '{ repository(owner: "octo-demo", name: "shop") { vulnerabilityAlerts(first: 1) { totalCount } } }', { repository: { vulnerabilityAlerts: null } }, [forbidden(["repository", "vulnerabilityAlerts"])]],
  ["an app without members", app({ metadata: "read" }), '{ organization(login: "octo-demo") { team(slug: "core") { name } } }', { organization: { team: null } }, [forbidden(["organization", "team"])]],
  ["a token without pull requests", token, `{ ${VAULT} { issue(number: 2) { title } pullRequest(number: 3) { id } } }`, { repository: { issue: { title: "Secret" }, pullRequest: null } }, [forbidden(["repository", "pullRequest"], "personal access token")]],
  ["a token without pull requests", token, '{ search(type: ISSUE, query: "repo:octo-demo/vault", first: 5) { issueCount nodes { __typename } } }', { search: { issueCount: 1, nodes: [{ __typename: "Issue" }] } }, undefined],
  ["a collaborator who may not push", outsider, '{ repository(owner: "octo-demo", name: "shop") { collaborators(first: 5) { totalCount } viewerPermission } }', { repository: { collaborators: null, viewerPermission: "TRIAGE" } }, [{ type: "FORBIDDEN", path: ["repository", "collaborators"], message: "Must have push access to view repository collaborators." }]],
  ["an app", app({ metadata: "read" }), "{ viewer { login } }", { viewer: { login: "helper[bot]" } }, undefined],
])("%s: %#", (_who, viewer, query, data, errors) => {
  const { body } = graphql.execute({ query }, viewer);
  expect(body.data).toEqual(data);
  if (errors === undefined) expect(body.errors).toBeUndefined();
  else expect(body.errors).toMatchObject(errors);
});

test("what a viewer cannot see is not found by its node id either", () => {
  const ids = [vault, vault.issues[0]].map((record) => (record === undefined ? "" : Buffer.from("visibility" in record ? `010:Repository${record.id}` : `05:Issue${record.id}`).toString("base64")));
  const query = "query($ids: [ID!]!) { nodes(ids: $ids) { __typename } }";
  expect(graphql.execute({ query, variables: { ids } }, outsider).body).toMatchObject({ data: { nodes: [null, null] }, errors: [{ type: "NOT_FOUND" }, { type: "NOT_FOUND" }] });
  expect(graphql.execute({ query, variables: { ids } }, app({ metadata: "read" })).body).toMatchObject({ data: { nodes: [{ __typename: "Repository" }, null] }, errors: [{ type: "FORBIDDEN", path: ["nodes", 1] }] });
  expect(graphql.execute({ query, variables: { ids } }, owner).body).toEqual({ data: { nodes: [{ __typename: "Repository" }, { __typename: "Issue" }] } });
});

test("a classic token without a scope is refused the whole query, one with a larger scope is not", () => {
  const query = '{ organization(login: "octo-demo") { name teams(first: 1) { totalCount } } }';
  expect(graphql.execute({ query }, { ...owner, scopes: ["repo"] }).body).toEqual({
    errors: [{ type: "INSUFFICIENT_SCOPES", locations: [{ line: 1, column: 43 }], message: "Your token has not been granted the required scopes to execute this query. The 'teams' field requires one of the following scopes: ['read:org'], but your token has only been granted the: ['repo'] scopes. Please modify your token's scopes at: https://github.com/settings/tokens." }],
  });
  expect(graphql.execute({ query }, { ...owner, scopes: ["admin:org"] }).body).toEqual({ data: { organization: { name: null, teams: { totalCount: 2 } } } });
});

test("a transferred issue is found by its old number, as a transferred repository is by its old name", () => {
  expect(graphql.execute({ query: `{ ${VAULT} { issue(number: 1) { title number repository { name } } } }` }, owner).body).toEqual({ data: { repository: { issue: { title: "Wrong place", number: 5, repository: { name: "shop" } } } } });
});

test("collaborators tell their permission and where it comes from", () => {
  const { body } = graphql.execute({ query: '{ repository(owner: "octo-demo", name: "shop") { collaborators(first: 10) { edges { permission node { login } permissionSources { permission roleName source { __typename } } } } outside: collaborators(first: 1, affiliation: OUTSIDE) { nodes { login } } } }' }, owner);
  expect(body).toEqual({
    data: {
      repository: {
        collaborators: {
          edges: [
            { permission: "ADMIN", node: { login: "ada" }, permissionSources: [{ permission: "ADMIN", roleName: "admin", source: { __typename: "Organization" } }, { permission: "WRITE", roleName: "write", source: { __typename: "Team" } }] },
            { permission: "WRITE", node: { login: "bob" }, permissionSources: [{ permission: "READ", roleName: "read", source: { __typename: "Organization" } }, { permission: "WRITE", roleName: "write", source: { __typename: "Team" } }] },
            { permission: "TRIAGE", node: { login: "eve" }, permissionSources: [{ permission: "READ", roleName: "triage", source: { __typename: "Repository" } }] },
          ],
        },
        outside: { nodes: [{ login: "eve" }] },
      },
    },
  });
});
