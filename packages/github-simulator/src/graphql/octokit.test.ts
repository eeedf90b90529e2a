/** GitHub's own client and its paging plugin, unmodified, over a fetch that is the simulator. */
import { expect, test } from "@jest/globals";
import { Octokit } from "@octokit/core";
import { paginateGraphQL } from "@octokit/plugin-paginate-graphql";
import { exampleWorld } from "./example-world.ts";
import { type GraphqlRequest, type Limits, makeGraphql } from "./graphql.ts";

function client(limits: Partial<Limits> = {}) {
  const { world, owner, shop } = exampleWorld(7);
  const graphql = makeGraphql(world, { limits });
  const fetch = (_url: string, { body }: { readonly body: string }): Promise<Response> => {
    const answer = graphql.execute(JSON.parse(body) as GraphqlRequest, owner);
    return Promise.resolve(new Response(JSON.stringify(answer.body), { status: answer.status, headers: { "content-type": "application/json; charset=utf-8" } }));
  };
  const Paging = Octokit.plugin(paginateGraphQL);
  return { octokit: new Paging({ auth: "secret", request: { fetch } }), shop };
}

const QUERY = `query pages($cursor: String) { repository(owner: "octo-demo", name: "shop") { pullRequests(first: 2, after: $cursor) { nodes { number } pageInfo { hasNextPage endCursor } } } }`;

test("pages of pull requests are read to the end", async () => {
  const { octokit, shop } = client();
  const all = await octokit.graphql.paginate<{ repository: { pullRequests: { nodes: { number: number }[] } } }>(QUERY);
  expect(all.repository.pullRequests.nodes.map(({ number }) => number)).toEqual(shop.pullRequests.map(({ number }) => number));
});

test("errors beside data are thrown with the data", async () => {
  const { octokit } = client();
  await expect(octokit.graphql('{ viewer { login } repository(owner: "octo-demo", name: "none") { id } }')).rejects.toMatchObject({
    name: "GraphqlResponseError", data: { viewer: { login: "ada" }, repository: null }, errors: [{ type: "NOT_FOUND" }], message: expect.stringContaining("Could not resolve to a Repository with the name 'octo-demo/none'."),
  });
});

test("a time-out is an error of the request", async () => {
  const { octokit } = client({ timeoutWork: 3 });
  await expect(octokit.graphql(QUERY)).rejects.toMatchObject({ status: 502 });
});
