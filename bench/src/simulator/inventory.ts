/** What a generated organisation holds, as far as a client must know it to ask for things that are there. */
import type { Simulator } from "@octally/github-simulator/simulator";

export type Inventory = { readonly organization: string; readonly repositories: readonly RepositoryInventory[] };
export type RepositoryInventory = {
  readonly name: string;
  /** Paths below the repository, with their query, and how long each list is. */
  readonly lists: readonly { readonly path: string; readonly length: number }[];
  readonly pullRequests: readonly number[];
  readonly issues: readonly number[];
};

export function takeInventory({ world, organization }: Simulator): Inventory {
  const repositories = [...world.repositories.values()].filter(({ owner, deleted }) => owner === organization && !deleted);
  return {
    organization: organization.login,
    repositories: repositories.map(({ name, pullRequests, issues, issueComments, reviewComments, issueEvents, commits }) => ({
      name,
      lists: [
        { path: "pulls?state=all&", length: pullRequests.length },
        { path: "issues?state=all&", length: pullRequests.length + issues.length },
        { path: "issues/comments?", length: issueComments.length },
        { path: "pulls/comments?", length: reviewComments.length },
        { path: "issues/events?", length: issueEvents.length },
        { path: "commits?", length: commits.length },
      ],
      pullRequests: pullRequests.map(({ number }) => number),
      issues: issues.map(({ number }) => number),
    })),
  };
}
