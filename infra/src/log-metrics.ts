/**
 * Figures of the services' log lines that become metrics: each is a field that the service named there really writes, at level info.
 * `apps/octally/test/integration/reading-bundles.test.ts` finds each of them in what the bundles write.
 */
export type LogMetricName = keyof typeof logMetrics;

export const logMetrics = {
  /** Of the scarcest of GitHub's hourly budgets. */
  GitHubBudgetLeftPercent: { service: "sync-jobs", field: "github_budget_left_percent" },
  CompletenessPercent: { service: "integrity-checker", field: "completeness_percent" },
  /** What lacks, and nothing on its way explains. */
  OverduePercent: { service: "integrity-checker", field: "overdue_percent" },
  Stuck: { service: "integrity-checker", field: "stuck" },
  SilentHooks: { service: "integrity-checker", field: "silent_hooks" },
} as const;

/** In CloudWatch's language; a line without the field is none of it. */
export function patternOf(name: LogMetricName): string {
  const { service, field } = logMetrics[name];
  return `{ ($.service = "${service}") && ($.${field} >= 0) }`;
}
