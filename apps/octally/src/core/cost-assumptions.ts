/** What the calculation of `octally cost` takes for granted. `told` is printed with the result. */

/** 365 days by twelve, as AWS's own calculator. */
export const HOURS_PER_MONTH = 730;
export const SECONDS_PER_MONTH = HOURS_PER_MONTH * 3600;
/** Memory of each function in infra/. */
export const FUNCTION_GB = 0.5;
/** What a Lambda of 512 MB has of a core (1,769 MB are one): measured times are of a whole core. */
const CORE_FACTOR = 1769 / 512;

export const assumptions = {
  kilobytesPerDelivery: 10,
  archiveCompression: 5,
  /** Deliveries come while people work: 22 days of 10 hours. */
  busySeconds: 22 * 10 * 3600,
  batchWindowSeconds: 1,
  mostDeliveriesPerBatch: 100,
  /** Measured: 11 ms a call on a whole core. */
  intakeMs: 11 * CORE_FACTOR,
  /** Measured: 19 ms a call and 0.85 ms a delivery on a whole core. */
  workerMsPerCall: 19 * CORE_FACTOR,
  workerMsPerDelivery: 0.85 * CORE_FACTOR,
  coldShare: 0.02,
  /** Measured: 250 ms on a whole core. */
  coldMs: 250 * CORE_FACTOR,
  idlePollers: 5,
  pollSeconds: 20,
  logKilobytesPerIntake: 1.2,
  logKilobytesPerBatch: 1.5,
  answerBytes: 200,
  alarms: 10,
  /** One instead of the function's two. */
  alarmsWithContainer: 9,
  /** Where GitHub is read: of the queue, the discovery, the checks, and of four figures; and of the function that does the jobs. */
  alarmsOfReading: 10,
  alarmsOfJobs: 2,
  /** Made of log lines. */
  figures: 5,
  queuesOfJobs: 2,
  /** Lanes of a container. */
  jobLanes: 5,
  /** Every 15 minutes, and daily. */
  discoveries: 4 * HOURS_PER_MONTH + 30.4,
  discoveryMs: 400 * CORE_FACTOR,
  /** Two hourly, one every five minutes, two daily. */
  checks: 14 * HOURS_PER_MONTH + 60.8,
  checkMs: 1000,
  /** A count asks GitHub once for each 50 repositories, and waits for it. */
  repositoriesPerCount: 50,
  countMs: 2500,
  /** It waits for GitHub: a request each, two jobs a call. */
  jobMs: 1500,
  /** In the audit each list of a repository is compared once in 30 days. */
  inventoriesPerRepository: 25,
  logKilobytesPerCheck: 1.2,
  imageGigabytes: 0.1,
  storeAlarms: 4,
  dashboards: 1,
  parameters: 1,
  documentsPerDelivery: 2.4,
  kilobytesPerDocument: 2,
  documentsPerRepository: 2000,
} as const;

export const told: readonly string[] = [
  "a delivery has 10 KB (recorded payloads: 9.9), its archive a fifth of that; objects under 128 KB never become cold",
  "deliveries come in 22 days of 10 hours; the worker's batch waits 1 s, and holds 1 and what comes in that second, at most 100",
  "a batch is one archive object",
  "calls: 11 ms for the intake, 19 ms a batch and 0.85 ms a delivery for the worker, 250 ms for a cold start (2 % of the calls): measured on one core (pnpm bench lambda), times 3.46, because 512 MB of Lambda are 0.29 of a core",
  "SQS is asked by 5 pollers of Lambda that wait 20 s each, for the whole month; the worker sends one follow-up a batch",
  "logs: 1.2 KB a webhook, 1.5 KB a batch, kept 30 days",
  "documents: 2,000 a repository (a guess) and 2.4 a delivery (measured with deliveries that all tell of new things: at most), 2 KB each on the store's disk (a guess), twice in production",
  "data coming in is free, and what the services send one another in a region; answers of 200 bytes go out. No traffic of readers of the store is counted",
];

/** Where GitHub is read. */
export const toldOfReading: readonly string[] = [
  "GitHub is read: 14 checks an hour of a second each, the counts 2.5 s more for each 50 repositories; the discovery every 15 minutes; of each repository 25 lists are compared once a month; a follow-up job a batch of deliveries; 1.5 s a job, nearly all of it waiting for GitHub",
  "a first load is not in it: it takes hours of the jobs' function once (20,000 pull requests are some 2,000 requests, under a dollar)",
];

/** Where the worker is a container. */
export const toldOfContainer: readonly string[] = [
  "the container runs all month, and does the jobs as well; each batch it can take at once asks SQS by itself, every 20 s; its image has 0.1 GB in ECR",
  "private subnets need a way out: a NAT gateway ($0.045 an hour, $33 a month, and $0.045 a GB) is yours, and not counted",
];
