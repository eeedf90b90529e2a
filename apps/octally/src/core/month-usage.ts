/** What a month uses of AWS: of the stack in infra/, with so many deliveries. */
import { assumptions as a, FUNCTION_GB, HOURS_PER_MONTH, SECONDS_PER_MONTH } from "./cost-assumptions.ts";
import type { Usage } from "./prices.ts";

export type StoreSize = "small" | "production" | "existing";
/** As `worker.container` in infra's configuration. */
export type Container = { readonly tasks: number; readonly cpu: number; readonly memoryMegabytes: number; readonly concurrency: number; readonly publicIp: boolean };
export type Deployed = {
  readonly store: StoreSize;
  /** Disk of each data node, if not the usual 20 or 100. */
  readonly gigabytes?: number | undefined;
  /** Instead of the worker's function. */
  readonly container?: Container | undefined;
  /** GitHub is read: jobs, discovery, checks. */
  readonly reading?: boolean | undefined;
};
/** `months`: so many months of these deliveries lie in the archive. */
export type Load = { readonly repositories: number; readonly deliveries: number; readonly months: number };

const NODES = { small: 1, production: 3, existing: 0 } as const;
const USUAL_GIGABYTES = { small: 20, production: 100, existing: 0 } as const;
/** In kilobytes. */
const GB = 1_000_000;

export function usageOfMonth(deployed: Deployed, { repositories, deliveries, months }: Load): readonly Usage[] {
  const perBatch = Math.min(a.mostDeliveriesPerBatch, 1 + (deliveries / a.busySeconds) * a.batchWindowSeconds);
  const batches = deliveries / perBatch;
  const gbSeconds = (calls: number, ms: number): number => ((ms + calls * a.coldShare * a.coldMs) / 1000) * FUNCTION_GB;
  const { container, reading = false } = deployed;
  const pollers = container === undefined ? a.idlePollers * (reading ? 1 + a.queuesOfJobs : 1) : container.tasks * (container.concurrency + (reading ? a.jobLanes : 0));
  const polls = (SECONDS_PER_MONTH / a.pollSeconds) * pollers;
  const jobs = reading ? batches + repositories * a.inventoriesPerRepository : 0;
  const checks = reading ? a.checks + a.discoveries : 0;
  const logGb = (deliveries * a.logKilobytesPerIntake + (batches + jobs) * a.logKilobytesPerBatch + checks * a.logKilobytesPerCheck) / GB;
  return [
    ...usageOfStore(deployed),
    { item: "Webhooks: HTTP API", quantity: deliveries, price: "http_api_requests" },
    { item: "Intake: Lambda requests", quantity: deliveries, price: "lambda_requests" },
    { item: "Intake: Lambda time", quantity: gbSeconds(deliveries, deliveries * a.intakeMs), price: "lambda_arm_gb_seconds" },
    ...(container === undefined
      ? [
          { item: "Worker: Lambda requests", quantity: batches, price: "lambda_requests" } as const,
          { item: "Worker: Lambda time", quantity: gbSeconds(batches, batches * a.workerMsPerCall + deliveries * a.workerMsPerDelivery), price: "lambda_arm_gb_seconds" } as const,
        ]
      : usageOfContainer(container)),
    ...(reading ? usageOfReading(container === undefined ? jobs : 0, repositories, gbSeconds) : []),
    { item: "Queue: polls while idle", quantity: polls, price: "sqs_requests" },
    // A batch is received and deleted ten at a time, and has a follow-up.
    { item: "Queue: messages", quantity: deliveries + batches * (2 * Math.ceil(perBatch / 10) + 1), price: "sqs_requests" },
    ...(reading ? [{ item: "Queue: jobs", quantity: 3 * jobs, price: "sqs_requests" } as const] : []),
    { item: "Archive: writes", quantity: batches, price: "s3_put_requests" },
    { item: "Archive: storage", quantity: (deliveries * months * a.kilobytesPerDelivery) / a.archiveCompression / GB, price: "s3_standard_gb" },
    { item: "Logs: taken in", quantity: logGb, price: "logs_ingested_gb" },
    { item: "Logs: kept", quantity: logGb, price: "logs_stored_gb" },
    { item: "Alarms", quantity: (container === undefined ? a.alarms : a.alarmsWithContainer) + (reading ? a.alarmsOfReading + (container === undefined ? a.alarmsOfJobs : 0) : 0) + (deployed.store === "existing" ? 0 : a.storeAlarms), price: "alarms" },
    ...(reading ? [{ item: "Figures of log lines", quantity: a.figures, price: "metrics" } as const] : []),
    { item: "Dashboard", quantity: a.dashboards, price: "dashboards" },
    { item: "Secrets (SSM)", quantity: a.parameters + (reading ? 1 : 0), price: "parameters" },
    { item: "Data out: answers", quantity: (deliveries * a.answerBytes) / 1000 / GB, price: "data_out_gb" },
  ];
}

/** Schedules call as often with nothing to check as with much. */
function usageOfReading(jobs: number, repositories: number, gbSeconds: (calls: number, ms: number) => number): readonly Usage[] {
  const perCheck = a.checkMs * a.checks + HOURS_PER_MONTH * Math.ceil(repositories / a.repositoriesPerCount) * a.countMs;
  return [
    { item: "Jobs: Lambda requests", quantity: jobs / 2, price: "lambda_requests" },
    { item: "Jobs: Lambda time", quantity: gbSeconds(jobs / 2, (jobs / 2) * a.jobMs), price: "lambda_arm_gb_seconds" },
    { item: "Checks, discovery: schedules", quantity: a.checks + a.discoveries, price: "scheduler_calls" },
    { item: "Checks, discovery: Lambda requests", quantity: a.checks + a.discoveries, price: "lambda_requests" },
    { item: "Checks, discovery: Lambda time", quantity: gbSeconds(a.checks, perCheck) + gbSeconds(a.discoveries, a.discoveries * a.discoveryMs), price: "lambda_arm_gb_seconds" },
  ];
}

/** It runs the whole month, whether there is anything to do or not. */
function usageOfContainer({ tasks, cpu, memoryMegabytes, publicIp }: Container): readonly Usage[] {
  const hours = tasks * HOURS_PER_MONTH;
  return [
    { item: `Worker: Fargate, ${tasks} × ${cpu / 1024} vCPU`, quantity: (hours * cpu) / 1024, price: "fargate_arm_vcpu_hours" },
    { item: `Worker: Fargate, ${tasks} × ${memoryMegabytes / 1024} GB`, quantity: (hours * memoryMegabytes) / 1024, price: "fargate_arm_gb_hours" },
    { item: "Worker: public addresses", quantity: publicIp ? hours : 0, price: "public_ipv4_hours" },
    { item: "Worker: image", quantity: a.imageGigabytes, price: "ecr_gb" },
  ];
}

function usageOfStore({ store, gigabytes }: Deployed): readonly Usage[] {
  const disk: Usage = { item: "Store: disk", quantity: NODES[store] * (gigabytes ?? USUAL_GIGABYTES[store]), price: "opensearch_gp3_gb" };
  if (store === "existing") return [];
  if (store === "small") return [{ item: "Store: 1 t3.small.search", quantity: HOURS_PER_MONTH, price: "opensearch_t3_small_hours" }, disk];
  return [
    { item: "Store: 3 r7g.large.search", quantity: 3 * HOURS_PER_MONTH, price: "opensearch_r7g_large_hours" },
    { item: "Store: 3 managers, m7g.large.search", quantity: 3 * HOURS_PER_MONTH, price: "opensearch_m7g_large_hours" },
    disk,
  ];
}

export type DiskNeed = { readonly documents: number; readonly gigabytes: number; /** Of a managed store, free share of a quarter taken off; null for an existing one. */ readonly usable: number | null };

/** What lies in the store after these months, a copy included where there is more than one node. */
export function diskNeed({ store, gigabytes }: Deployed, { repositories, deliveries, months }: Load): DiskNeed {
  const documents = repositories * a.documentsPerRepository + deliveries * months * a.documentsPerDelivery;
  const copies = store === "production" ? 2 : 1;
  const disk = NODES[store] * (gigabytes ?? USUAL_GIGABYTES[store]);
  return { documents, gigabytes: (documents * copies * a.kilobytesPerDocument) / GB, usable: store === "existing" ? null : disk * 0.75 };
}
