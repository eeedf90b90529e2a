/** What can be asked of a generated history. The README of this folder says what the ratios mean and where their defaults come from. */
import * as z from "zod";
import { YEAR } from "./calendar.ts";

const ratio = (byDefault: number) => z.number().min(0).max(1000).default(byDefault);

/** How much of everything there is, in proportion; each can be set. */
export const Ratios = z.object({
  issuesPerPullRequest: ratio(0.6),
  discussionsPerPullRequest: ratio(0.03),
  starsPerPullRequest: ratio(1),
  forksPerPullRequest: ratio(0.03),
  /** Means; the tails are long. */
  commentsPerPullRequest: ratio(2),
  reviewsPerPullRequest: ratio(1.8),
  reviewCommentsPerReview: ratio(1.4),
  commitsPerPullRequest: ratio(2.4),
  commentsPerIssue: ratio(2.2),
  /** Of those that open a pull request or issue, how many are not of the organisation. */
  outsiders: ratio(0.18).pipe(z.number().max(1)),
  /** Of the pull requests, how many a bot opens. */
  bots: ratio(0.1).pipe(z.number().max(1)),
  /** Pull requests in a year of one member of the organisation. */
  pullRequestsPerMemberAndYear: ratio(45),
  repositoriesPerTeam: ratio(4),
  /** Of the pushes to a pull request in a repository with workflows, how many start runs (the others change files that no workflow watches). */
  runsPerPush: ratio(0.5),
  jobsPerRun: ratio(2.2),
  alertsPerRepository: ratio(4),
  releasesPerRepositoryAndYear: ratio(5),
  /** Direct pushes to the default branch, as a share of the pull requests. */
  directPushes: ratio(0.08),
  projectItemsPerPullRequest: ratio(0.05),
});
export type Ratios = z.infer<typeof Ratios>;

const Time = z.union([z.int(), z.iso.datetime(), z.iso.date()]).transform((time) => (typeof time === "number" ? time : Date.parse(time)));

export const HistoryOptions = z
  .object({
    seed: z.union([z.string(), z.number()]).default(1).transform(String),
    organization: z.string().regex(/^[a-z\d](?:[a-z\d]|-(?=[a-z\d])){0,38}$/i, "An organisation's login has letters, digits and single hyphens, at most 39").default("octo-demo"),
    /** That exist at the end; those that are deleted on the way and the forks come on top. */
    repositories: z.int().min(1).max(1000).default(20),
    /** Opened until the end, in the repositories that then exist. */
    pullRequests: z.int().min(0).max(200_000).default(2000),
    /** Length of the past. Default: what suits the size, three weeks to five years. */
    years: z.number().positive().max(15).optional(),
    start: Time.optional(),
    /** When the generated past ends and the live present begins. A run for people says now. */
    end: Time.default(Date.UTC(2026, 10, 1, 12)),
    /** "full": everything that GitHub has happens at least once, the rare included; "plain": only as chance has it. Default: full from 20 repositories. */
    richness: z.enum(["plain", "full"]).optional(),
    ratios: Ratios.prefault({}),
  })
  .refine(({ years, start }) => years === undefined || start === undefined, "Give years or start, not both")
  .transform(({ years, start, richness, ...rest }) => ({
    ...rest,
    start: start ?? Math.round(rest.end - (years ?? suitableYears(rest.pullRequests)) * YEAR),
    richness: richness ?? (rest.repositories >= 20 ? ("full" as const) : ("plain" as const)),
  }))
  .refine(({ start, end }) => start < end, "The history must start before it ends");
export type HistoryOptions = z.infer<typeof HistoryOptions>;
export type HistoryInput = z.input<typeof HistoryOptions>;

/** 10: three weeks; 100: ten months; 2,000: 2.3 years; 100,000: 4.7. */
function suitableYears(pullRequests: number): number {
  return Math.min(5, Math.max(0.06, Math.log10(Math.max(10, pullRequests) / 8) ** 1.3 * 0.75));
}
