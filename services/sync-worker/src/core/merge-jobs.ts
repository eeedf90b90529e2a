/** The follow-ups of a batch, without what was asked twice: one refresh job takes up to a hundred things of a kind and repository. */
import { MAX_REFRESH_SUBJECTS, type RefreshJob, type FollowUpJob } from "@octally/shared/sync-job";

export function mergeJobs(jobs: readonly FollowUpJob[]): readonly FollowUpJob[] {
  const refreshes = new Map<string, RefreshJob>();
  const others = new Map<string, FollowUpJob>();
  for (const job of jobs) {
    if (job.type === "refresh") {
      const key = JSON.stringify([job.kind, job.org, job.repository?.id]);
      const open = refreshes.get(key);
      refreshes.set(key, open === undefined ? job : { ...open, subjects: [...open.subjects, ...job.subjects] });
    } else {
      others.set(JSON.stringify(job), job);
    }
  }
  return [...[...refreshes.values()].flatMap(split), ...others.values()];
}

function split(job: RefreshJob): RefreshJob[] {
  const subjects = [...new Map(job.subjects.map((subject) => [JSON.stringify(subject), subject])).values()];
  const jobs: RefreshJob[] = [];
  for (let start = 0; start < subjects.length; start += MAX_REFRESH_SUBJECTS) {
    jobs.push({ ...job, subjects: subjects.slice(start, start + MAX_REFRESH_SUBJECTS) });
  }
  return jobs;
}
