/** What a month of unsigned requests costs at most: the formula of docs/deploy.md, "What a flood costs". */
import { assumptions as a, FUNCTION_GB, SECONDS_PER_MONTH } from "./cost-assumptions.ts";
import type { Usage } from "./prices.ts";

/** As `webhook` in infra's configuration. */
export type Throttle = { readonly requestsPerSecond: number; readonly burst: number; readonly concurrency: number };

/** A body of at most 10 MB is metered in pieces of 512 KB. */
export const MOST_PIECES = 20;

export function usageOfFlood({ requestsPerSecond, burst, concurrency }: Throttle, pieces: number): readonly Usage[] {
  const requests = requestsPerSecond * SECONDS_PER_MONTH + burst;
  return [
    { item: "Flood: HTTP API", quantity: requests * pieces, price: "http_api_requests" },
    { item: "Flood: Lambda requests", quantity: requests, price: "lambda_requests" },
    { item: "Flood: Lambda time, all that may run", quantity: concurrency * SECONDS_PER_MONTH * FUNCTION_GB, price: "lambda_arm_gb_seconds" },
    { item: "Flood: logs taken in", quantity: (requests * a.logKilobytesPerIntake) / 1_000_000, price: "logs_ingested_gb" },
    { item: "Flood: logs kept", quantity: (requests * a.logKilobytesPerIntake) / 1_000_000, price: "logs_stored_gb" },
  ];
}
