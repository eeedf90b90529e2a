/** What a pull request will be like, decided when it is opened: how large, how much discussed, how it ends. */
import type { Ratios } from "./options.ts";
import type { Persona } from "./persona.ts";
import type { Random } from "./random.ts";

export type PullRequestPlan = {
  readonly commits: number;
  readonly files: number;
  readonly draft: boolean;
  readonly reviews: number;
  readonly comments: number;
  readonly end: "merged" | "closed" | "stays";
  readonly reopened: boolean;
  /** Deleted soon after the merge, as most are. */
  readonly branchGoes: boolean;
};

export type Source = "staff" | "outsider" | "bot";

const MERGED: Record<Source, number> = { staff: 0.84, outsider: 0.6, bot: 0.68 };
const CLOSED: Record<Source, number> = { staff: 0.11, outsider: 0.25, bot: 0.27 };

/** One in sixty is a huge one, which everybody has something to say on. */
const HUGE = 1 / 60;

export function planPullRequest(ratios: Ratios, { drafts }: Persona, source: Source, random: Random): PullRequestPlan {
  if (source === "bot") {
    return { commits: 1, files: 1 + random.count(0.6), draft: false, reviews: Math.min(2, random.count(ratios.reviewsPerPullRequest * 0.35)), comments: random.count(ratios.commentsPerPullRequest * 0.3), end: endOf(source, random), reopened: false, branchGoes: true };
  }
  const huge = random.chance(HUGE);
  // Of the means a part is in the tail: the huge ones have about 40 times the comments of the others.
  const size = huge ? random.between(5, 40) : 1;
  return {
    commits: 1 + Math.min(180, random.count((ratios.commitsPerPullRequest - 1) * (huge ? random.between(4, 25) : 0.8))),
    files: 1 + Math.min(400, Math.floor(random.logNormal(2, 1.2) * (huge ? 15 : 1))),
    draft: random.chance(drafts),
    reviews: Math.min(30, random.count(ratios.reviewsPerPullRequest * Math.min(8, (huge ? size : 0.72) * 0.92))),
    comments: Math.min(600, random.count(ratios.commentsPerPullRequest * size)),
    end: endOf(source, random),
    reopened: random.chance(0.025),
    branchGoes: random.chance(0.94),
  };
}

function endOf(source: Source, random: Random): PullRequestPlan["end"] {
  const draw = random.next();
  return draw < MERGED[source] ? "merged" : draw < MERGED[source] + CLOSED[source] ? "closed" : "stays";
}
