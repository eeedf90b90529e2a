/** What GraphQL shows as an object of its own and the world has no record of, or one that does not know where it belongs. */
import type * as E from "../world/entities.ts";

export type Reacted = E.Issue | E.PullRequest | E.IssueComment | E.ReviewComment | E.CommitComment | E.Discussion | E.DiscussionComment;

export class PullRequestCommit {
  readonly __typename = "PullRequestCommit";
  readonly pullRequest: E.PullRequest;
  readonly commit: E.Commit;

  constructor(pullRequest: E.PullRequest, commit: E.Commit) {
    this.pullRequest = pullRequest;
    this.commit = commit;
  }
}

export class ReactionOn {
  readonly __typename = "Reaction";
  readonly reaction: E.Reaction;
  readonly subject: Reacted;

  constructor(reaction: E.Reaction, subject: Reacted) {
    this.reaction = reaction;
    this.subject = subject;
  }
}

export class AssetOf {
  readonly __typename = "ReleaseAsset";
  readonly asset: E.ReleaseAsset;
  readonly release: E.Release;

  constructor(asset: E.ReleaseAsset, release: E.Release) {
    this.asset = asset;
    this.release = release;
  }
}

export class DeployKeyOf {
  readonly __typename = "DeployKey";
  readonly key: E.DeployKey;
  readonly repository: E.Repository;

  constructor(key: E.DeployKey, repository: E.Repository) {
    this.key = key;
    this.repository = repository;
  }
}

export class ReviewRequest {
  readonly __typename = "ReviewRequest";
  readonly pullRequest: E.PullRequest;
  readonly reviewer: E.User | E.Team;

  constructor(pullRequest: E.PullRequest, reviewer: E.User | E.Team) {
    this.pullRequest = pullRequest;
    this.reviewer = reviewer;
  }
}

/** All checks and statuses of one commit. */
export class Rollup {
  readonly __typename = "StatusCheckRollup";
  readonly commit: E.Commit;
  readonly checkRuns: readonly E.CheckRun[];
  readonly statuses: readonly E.Status[];

  constructor(commit: E.Commit, checkRuns: readonly E.CheckRun[], statuses: readonly E.Status[]) {
    this.commit = commit;
    this.checkRuns = checkRuns;
    this.statuses = statuses;
  }
}

export class CommitStatus {
  readonly __typename = "Status";
  readonly commit: E.Commit;
  /** The latest of each context. */
  readonly statuses: readonly E.Status[];

  constructor(commit: E.Commit, statuses: readonly E.Status[]) {
    this.commit = commit;
    this.statuses = statuses;
  }
}

export class Tree {
  readonly __typename = "Tree";
  readonly repository: E.Repository;
  readonly oid: string;

  constructor(repository: E.Repository, oid: string) {
    this.repository = repository;
    this.oid = oid;
  }
}

export class Named {
  readonly __typename: "Topic" | "Language" | "Environment";
  readonly name: string;

  constructor(typename: "Topic" | "Language" | "Environment", name: string) {
    this.__typename = typename;
    this.name = name;
  }
}

export class TopicOf {
  readonly __typename = "RepositoryTopic";
  readonly repository: E.Repository;
  readonly name: string;

  constructor(repository: E.Repository, name: string) {
    this.repository = repository;
    this.name = name;
  }
}

export class LicenseOf {
  readonly __typename = "License";
  readonly license: E.License;

  constructor(license: E.License) {
    this.license = license;
  }
}

export class PinnedIssue {
  readonly __typename = "PinnedIssue";
  readonly issue: E.Issue;

  constructor(issue: E.Issue) {
    this.issue = issue;
  }
}

export class ProjectField {
  readonly __typename: "ProjectV2Field" | "ProjectV2SingleSelectField";
  readonly project: E.Project;
  readonly name: "Title" | "Assignees" | "Status" | "Labels" | "Repository";

  constructor(project: E.Project, name: ProjectField["name"]) {
    this.__typename = name === "Status" ? "ProjectV2SingleSelectField" : "ProjectV2Field";
    this.project = project;
    this.name = name;
  }
}

export class ProjectValue {
  readonly __typename: "ProjectV2ItemFieldTextValue" | "ProjectV2ItemFieldSingleSelectValue";
  readonly item: E.ProjectItem;
  readonly name: "Title" | "Status";

  constructor(item: E.ProjectItem, name: ProjectValue["name"]) {
    this.__typename = name === "Status" ? "ProjectV2ItemFieldSingleSelectValue" : "ProjectV2ItemFieldTextValue";
    this.item = item;
    this.name = name;
  }
}
