/** The Lambda handler of both queues of jobs: composition only. */
import { randomUUID } from "node:crypto";
import middy from "@middy/core";
import { leastLeftPercent } from "@octally/github/budgets";
import { githubConfig } from "@octally/github/config";
import { systemClock } from "@octally/shared/clock";
import { parseConfig } from "@octally/shared/config";
import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import { toQueueRecords } from "./core/queue-record.ts";
import { jobsConfig } from "./jobs-config.ts";
import { makeJobPorts } from "./make-job-ports.ts";
import { logBatch } from "./middleware/log-batch.ts";
import { partialBatch } from "./middleware/partial-batch.ts";
import type { BatchReport } from "./process-deliveries.ts";
import { processJobs } from "./process-jobs.ts";
import { makeUsageLog } from "@octally/store/usage-log";

const config = parseConfig(jobsConfig, process.env);
const usage = makeUsageLog(randomUUID(), systemClock);
const ports = await makeJobPorts(config, parseConfig(githubConfig, process.env), usage.add);

/** For the page under way, the writes behind it and the report. */
const RESERVED_MS = 5000;
const nameOf = (urlOrArn: string): string => urlOrArn.split(/[/:]/).at(-1) ?? "";

export const handler = middy<SQSEvent, BatchReport | SQSBatchResponse>()
  .use(partialBatch())
  .use(logBatch(ports.log, ports.clock))
  .handler(async (event, context) => {
    const isBackfill = nameOf(event.Records[0]?.eventSourceARN ?? "") === nameOf(config.BACKFILL_JOBS_QUEUE_URL);
    const [queue, queueName] = isBackfill ? [ports.backfillJobs, "backfill-jobs"] : [ports.syncJobs, "sync-jobs"];
    const report = await processJobs(ports, { records: toQueueRecords(event), queue, queueName, timeMs: context.getRemainingTimeInMillis() - RESERVED_MS });
    await usage.flush(ports.store, ports.log);
    const left = leastLeftPercent(ports.github.budgets());
    // An alarm is made of this line (infra/src/log-metrics.ts).
    if (left !== undefined) ports.log.info({ github_budget_left_percent: left }, "GitHub's budget of this hour");
    return report;
  });
