/** Where the ids of each type begin, so that they look like those GitHub gives out today, and in which sequence types share one. */
import type { World } from "../world/world.ts";

const FIRST_IDS = {
  /** Users and organisations share one. */
  account: 96_000_000, app: 810_000, invitation: 41_000_000, team: 9_100_000,
  repository: 742_000_000, label: 6_480_000_000, milestone: 10_600_000, issueType: 1_200_000, deployKey: 92_000_000, branchProtectionRule: 47_000_000,
  /** Issues and pull requests as issues share one. */
  issue: 2_150_000_000, pullRequest: 1_730_000_000, issueComment: 1_940_000_000, timelineEvent: 11_700_000_000, reaction: 254_000_000,
  review: 1_880_000_000, reviewThread: 4_900_000, reviewComment: 1_490_000_000, commitComment: 138_000_000,
  discussion: 6_200_000, discussionComment: 8_600_000, discussionCategory: 42_000_000,
  release: 139_000_000, releaseAsset: 148_000_000,
  workflow: 84_000_000, workflowRun: 7_900_000_000, checkSuite: 20_800_000_000, checkRun: 21_600_000_000, status: 27_400_000_000,
  deployment: 1_310_000_000, deploymentStatus: 2_840_000_000,
  project: 14_000_000, projectItem: 61_000_000, draftIssue: 3_100_000,
  hook: 458_000_000, package: 5_900_000, packageVersion: 181_000_000, pageBuild: 511_000_000,
  commit: 1,
} as const;

export type Sequence = keyof typeof FIRST_IDS;

export function freshId(world: World, sequence: Sequence): number {
  return world.nextId(sequence, FIRST_IDS[sequence]);
}
