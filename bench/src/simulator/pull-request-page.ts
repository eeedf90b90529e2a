/** A page as a mirror reads it: 25 pull requests with their children. */
export const PAGE_QUERY = `query($owner: String!, $name: String!, $after: String) {
  rateLimit { cost remaining }
  repository(owner: $owner, name: $name) {
    pullRequests(first: 25, after: $after, orderBy: { field: UPDATED_AT, direction: ASC }) {
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes {
        id fullDatabaseId number title body state isDraft createdAt updatedAt closedAt mergedAt url additions deletions changedFiles headRefName headRefOid baseRefName authorAssociation reviewDecision
        author { __typename login ... on User { databaseId } }
        mergedBy { login }
        milestone { id title }
        labels(first: 20) { nodes { id name color } }
        assignees(first: 10) { nodes { id login } }
        reviewRequests(first: 10) { nodes { requestedReviewer { __typename ... on User { login } ... on Team { slug } } } }
        reviews(first: 30) { totalCount pageInfo { hasNextPage endCursor } nodes { id fullDatabaseId state body submittedAt author { login } commit { oid } } }
        reviewThreads(first: 30) { totalCount pageInfo { hasNextPage endCursor } nodes { id isResolved path line comments(first: 20) { totalCount nodes { id fullDatabaseId body createdAt updatedAt author { login } } } } }
        comments(first: 30) { totalCount pageInfo { hasNextPage endCursor } nodes { id fullDatabaseId body createdAt updatedAt author { login } } }
        commits(first: 30) { totalCount pageInfo { hasNextPage endCursor } nodes { commit { oid messageHeadline committedDate author { name email user { login } } } } }
        timelineItems(first: 50) { totalCount pageInfo { hasNextPage endCursor } nodes { __typename ... on LabeledEvent { id createdAt label { name } } ... on ClosedEvent { id createdAt actor { login } } ... on MergedEvent { id createdAt actor { login } } ... on ReviewRequestedEvent { id createdAt actor { login } } } }
      }
    }
  }
}`;

export type PageAnswer = {
  readonly errors?: readonly { readonly message: string }[];
  readonly data: { readonly repository: { readonly pullRequests: { readonly nodes: readonly unknown[]; readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null } } } };
};

/** Gives the text of the answer. */
export type Ask = (body: string) => Promise<string>;

/** Asks for the pages of one repository after another, several repositories at once, and begins again until there were enough. Gives the pull requests read. */
export async function readPages(ask: Ask, owner: string, names: readonly string[], { pages, atOnce }: { readonly pages: number; readonly atOnce: number }): Promise<number> {
  let [asked, read, next] = [0, 0, 0];
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (asked < pages) {
        const name = names[next % names.length];
        next += 1;
        let after: string | null = null;
        do {
          asked += 1;
          const { errors, data }: PageAnswer = JSON.parse(await ask(JSON.stringify({ query: PAGE_QUERY, variables: { owner, name, after } }))) as PageAnswer;
          if (errors !== undefined) throw new Error(`The simulated GitHub answered: ${errors.map(({ message }) => message).join("; ")}`);
          const { nodes, pageInfo } = data.repository.pullRequests;
          read += nodes.length;
          after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
        } while (after !== null && asked < pages);
      }
    }),
  );
  return read;
}
