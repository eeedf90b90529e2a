/** What is there only where GitHub is read: the queue of its history, and who may read it. */
import type { QueueWithDeadLetters } from "../constructs/queue-with-dead-letters.ts";
import { allowParameters } from "../constructs/secrets.ts";
import type { Deployment } from "../deployment.ts";
import { githubParameters, type GitHubSettings } from "../github-config.ts";
import type { Statement } from "../policy.ts";

export type Reading = {
  readonly github: GitHubSettings;
  readonly backfillJobs: QueueWithDeadLetters;
  /** Of the SSM parameters, where they are under one of their own. */
  readonly keyArn: string | undefined;
};

export function allowReadAs(deployment: Deployment, { github, keyArn }: Reading): readonly Statement[] {
  return allowParameters(deployment, githubParameters(github), keyArn);
}

export function sourcesOf({ github }: Reading): Readonly<Record<string, string>> {
  return { OCTALLY_SOURCES: github.sources.join(",") };
}
