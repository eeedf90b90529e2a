/** What `octally cost` tells: an idle month, the month asked for, a flood. */
import { told, toldOfContainer, toldOfReading } from "./cost-assumptions.ts";
import { MOST_PIECES, usageOfFlood, type Throttle } from "./flood-cost.ts";
import { diskNeed, usageOfMonth, type Deployed, type DiskNeed, type Load } from "./month-usage.ts";
import { sumOf, toCostLines, type CostLine, type PriceList, type Usage } from "./prices.ts";

export type CostQuestion = { readonly load: Load; readonly deployed: Deployed; readonly throttle: Throttle; readonly freeTier: boolean };
export type Bill = { readonly lines: readonly CostLine[]; readonly dollars: number };
export type CostReport = {
  readonly as_of: string;
  readonly region: string;
  readonly free_tier: boolean;
  readonly idle: Bill;
  readonly month: Bill;
  /** Above the month: requests whose bodies are under 512 KB, and of 10 MB. */
  readonly flood: Bill;
  readonly flood_of_large_bodies: Bill;
  readonly disk: DiskNeed;
  readonly assumptions: readonly string[];
};

export function toCostReport(prices: PriceList, { load, deployed, throttle, freeTier }: CostQuestion): CostReport {
  const bill = (usages: readonly Usage[], free: boolean): Bill => {
    const lines = toCostLines(usages, prices, free);
    return { lines, dollars: sumOf(lines) };
  };
  return {
    as_of: prices.as_of,
    region: prices.region,
    free_tier: freeTier,
    idle: bill(usageOfMonth(deployed, { repositories: 0, deliveries: 0, months: 0 }), freeTier),
    month: bill(usageOfMonth(deployed, load), freeTier),
    // At most: what is free may be used up already.
    flood: bill(usageOfFlood(throttle, 1), false),
    flood_of_large_bodies: bill(usageOfFlood(throttle, MOST_PIECES), false),
    disk: diskNeed(deployed, load),
    assumptions: [...told, ...(deployed.reading === true ? toldOfReading : []), ...(deployed.container === undefined ? [] : toldOfContainer)],
  };
}
