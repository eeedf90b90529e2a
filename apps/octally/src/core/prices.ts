/** AWS's list prices, as `infra/prices.json` holds them: one date, a source for each. */
import * as z from "zod";

const price = z.strictObject({
  dollars: z.number().nonnegative(),
  /** So many units cost `dollars`. */
  per: z.number().positive(),
  unit: z.string(),
  /** Units a month that no account pays for, for good. */
  free: z.number().nonnegative(),
  certain: z.boolean(),
  source: z.string(),
});

const priceNames = [
  "http_api_requests",
  "lambda_requests",
  "lambda_arm_gb_seconds",
  "sqs_requests",
  "s3_standard_gb",
  "s3_put_requests",
  "logs_ingested_gb",
  "logs_stored_gb",
  "alarms",
  "metrics",
  "scheduler_calls",
  "dashboards",
  "parameters",
  "data_out_gb",
  "opensearch_t3_small_hours",
  "opensearch_r7g_large_hours",
  "opensearch_m7g_large_hours",
  "opensearch_gp3_gb",
  "fargate_arm_vcpu_hours",
  "fargate_arm_gb_hours",
  "public_ipv4_hours",
  "ecr_gb",
] as const;

export type PriceName = (typeof priceNames)[number];

export const priceList = z.strictObject({ as_of: z.iso.date(), region: z.string(), currency: z.literal("USD"), note: z.string(), prices: z.record(z.enum(priceNames), price) });

export type PriceList = z.output<typeof priceList>;

export type Usage = { readonly item: string; readonly quantity: number; readonly price: PriceName };

export type CostLine = Usage & { readonly unit: string; readonly dollars: number; readonly certain: boolean };

/** The free quantity of a price is taken off once, from the lines in their order. */
export function toCostLines(usages: readonly Usage[], { prices }: PriceList, freeTier: boolean): readonly CostLine[] {
  const left = new Map<PriceName, number>();
  return usages.map((usage) => {
    const { dollars, per, unit, free, certain } = prices[usage.price];
    const freeLeft = freeTier ? (left.get(usage.price) ?? free) : 0;
    const paid = Math.max(0, usage.quantity - freeLeft);
    left.set(usage.price, Math.max(0, freeLeft - usage.quantity));
    return { ...usage, unit, dollars: (paid / per) * dollars, certain };
  });
}

export function sumOf(lines: readonly { readonly dollars: number }[]): number {
  return lines.reduce((sum, { dollars }) => sum + dollars, 0);
}
