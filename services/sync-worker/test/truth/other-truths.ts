/** What is true of kinds that the oracle does not list as such: what hangs from pull requests, counts, what passes with the day. */
import { isOutside } from "@octally/github-simulator/oracle";
import { toFullOrganization } from "@octally/github-simulator/shapes/account";
import { toCommit } from "@octally/github-simulator/shapes/commit";
import { toReactions } from "@octally/github-simulator/shapes/reaction";
import type { Shaping } from "@octally/github-simulator/shapes/shaping";
import { toUser } from "@octally/github-simulator/shapes/account";
import { toTrafficClones, toTrafficPaths, toTrafficReferrers, toTrafficViews } from "@octally/github-simulator/shapes/traffic";
import type * as E from "@octally/github-simulator/world/entities";

export type Told = { readonly shape: unknown; readonly repository: E.Repository | null };

export type Scene = {
  readonly s: Shaping;
  readonly organization: E.Organization;
  readonly repositories: readonly E.Repository[];
  /** When a kind of a repository was read (ISO 8601), as the store says: what passes with the day is compared with that day. */
  readonly readAt: (kind: string, repository: E.Repository, measure?: string) => string;
};

export const OTHERS: Readonly<Record<string, (scene: Scene) => Iterable<Told>>> = {
  *organization({ s, organization }) {
    yield { repository: null, shape: toFullOrganization(s, organization, { publicRepositories: 0, privateRepositories: 0 }) };
  },
  *"outside-collaborator"({ s, organization, repositories }) {
    const users = new Set(repositories.flatMap((repository) => repository.collaborators.map(({ user }) => user).filter((user) => isOutside(repository, user))));
    for (const user of users) yield { repository: null, shape: { organization, user: toUser(s, user) } };
  },
  *"pull-request-commit"({ s, repositories }) {
    for (const { repository, pullRequest } of pullRequestsIn(repositories)) {
      for (const commit of pullRequest.commits) yield { repository, shape: { ...toCommit(s, commit, repository), author: accountOf(commit), pull_request: pullRequest } };
    }
  },
  *"pull-request-files"({ repositories }) {
    for (const { repository, pullRequest } of pullRequestsIn(repositories)) {
      const files = pullRequest.files.map(({ path: filename, status, additions, deletions }) => ({ filename, status, additions, deletions }));
      yield { repository, shape: { pull_request: pullRequest, head: { sha: pullRequest.headSha }, files } };
    }
  },
  *reactions({ repositories }) {
    for (const repository of repositories) {
      const { issues, pullRequests, issueComments, reviewComments } = repository;
      for (const { type, number, reactions } of [...issues, ...pullRequests]) yield* reactedTo(repository, type, number, reactions);
      for (const { id, reactions } of issueComments) yield* reactedTo(repository, "issue-comment", id, reactions);
      for (const { id, reactions } of reviewComments) yield* reactedTo(repository, "review-comment", id, reactions);
    }
  },
  *traffic({ repositories, readAt }) {
    for (const repository of repositories) {
      for (const measure of ["views", "clones", "referrer", "path"] as const) {
        const day = `${readAt("traffic", repository, measure).slice(0, 10)}T00:00:00Z`;
        for (const shape of trafficOf(repository, measure, day)) yield { repository, shape };
      }
    }
  },
  *"repository-snapshot"({ repositories, readAt }) {
    for (const repository of repositories) yield { repository, shape: { day: `${readAt("repository-snapshot", repository).slice(0, 10)}T00:00:00Z`, ...countsOf(repository) } };
  },
  // GitHub keeps no object of a transfer: a load finds none.
  transfer: () => [],
};

function pullRequestsIn(repositories: readonly E.Repository[]): readonly { readonly repository: E.Repository; readonly pullRequest: E.PullRequest }[] {
  return repositories.flatMap((repository) => repository.pullRequests.map((pullRequest) => ({ repository, pullRequest })));
}

/** An app is known by its address where GraphQL, which names people alone, does not tell it; a deleted account has no address any more. */
function accountOf({ author, authorEmail }: E.Commit): unknown {
  if (author !== null && author.type === "User") return author.deleted ? null : { login: author.login };
  const login = /^(?:\d+\+)?([^+@]+\[bot\])@users\.noreply\.github\.com$/.exec(authorEmail)?.[1];
  return login === undefined ? null : { login };
}

function* reactedTo(repository: E.Repository, kind: string, key: number, reactions: readonly E.Reaction[]): Generator<Told> {
  if (reactions.length > 0) yield { repository, shape: { subject_kind: kind, subject_key: key, reactions: toReactions("", reactions) } };
}

const DAY_MS = 86_400_000;

function trafficOf(repository: E.Repository, measure: "views" | "clones" | "referrer" | "path", day: string): readonly unknown[] {
  const today = Date.parse(day);
  const days = repository.traffic.filter((one) => one.day > today - 14 * DAY_MS && one.day <= today);
  if (measure === "views" || measure === "clones") {
    const counted = (measure === "views" ? toTrafficViews(days) : toTrafficClones(days))[measure] as readonly { readonly timestamp: string }[];
    return counted.map((one) => ({ ...one, measure, day: one.timestamp, rank: 0, days: 1, name: null }));
  }
  const ranked = (measure === "referrer" ? toTrafficReferrers(days) : toTrafficPaths(days)) as readonly Readonly<Record<string, unknown>>[];
  return ranked.map((one, index) => ({ ...one, measure, day, rank: index + 1, days: 14, name: one[measure] }));
}

function countsOf({ stars, forks, sizeKb, watchers, issues, pullRequests, releases, discussions }: E.Repository): object {
  const open = <T extends { readonly state: string }>(things: readonly T[]): readonly T[] => things.filter(({ state }) => state === "open");
  const merged = pullRequests.filter(({ mergedAt }) => mergedAt !== null).length;
  return {
    stargazers_count: stars.length,
    forks_count: forks.length,
    size: sizeKb,
    watchers_count: watchers.length,
    open_issues_count: open(issues).length,
    closed_issues_count: issues.length - open(issues).length,
    open_pull_requests_count: open(pullRequests).length,
    closed_pull_requests_count: pullRequests.length - open(pullRequests).length - merged,
    merged_pull_requests_count: merged,
    releases_count: releases.length,
    discussions_count: discussions.length,
  };
}
