/** Addresses of things on the web: `resourcePath` is the path, `url` the whole. */
import type * as E from "../world/entities.ts";

export class Urls {
  readonly web: string;

  /** Without a slash at the end. */
  constructor(web: string) {
    this.web = web;
  }

  url(path: string): string {
    return this.web + path;
  }

  avatar(account: E.Account, size?: number | null): string {
    return `https://avatars.githubusercontent.com/u/${account.id}?${size === undefined || size === null ? "" : `s=${size}&`}v=4`;
  }
}

/** GraphQL's login of a bot has no "[bot]". */
export function loginOf(account: E.Account): string {
  return account.type === "Bot" && account.login.endsWith("[bot]") ? account.login.slice(0, -5) : account.login;
}

export function accountPath(account: E.Account): string {
  return account.type === "Bot" ? `/apps/${account.app?.slug ?? loginOf(account)}` : `/${account.login}`;
}

export function repositoryPath(repository: E.Repository): string {
  return `/${repository.owner.login}/${repository.name}`;
}

export function nameWithOwner(repository: E.Repository): string {
  return `${repository.owner.login}/${repository.name}`;
}

export function teamPath(team: E.Team): string {
  return `/orgs/${team.organization.login}/teams/${team.slug}`;
}

export function projectPath(project: E.Project): string {
  return `/orgs/${project.organization.login}/projects/${project.number}`;
}

const FOLDERS = { issue: "issues", "pull-request": "pull", discussion: "discussions" } as const;

export function conversationPath(conversation: E.Issue | E.PullRequest | E.Discussion): string {
  return `${repositoryPath(conversation.repository)}/${FOLDERS[conversation.type]}/${conversation.number}`;
}

export function commitPath(repository: E.Repository, sha: string): string {
  return `${repositoryPath(repository)}/commit/${sha}`;
}
