import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ConfigError } from "@octally/shared/errors";
import Table from "cli-table3";
import { Option, type Command } from "commander";
import { toCostReport, type Bill, type CostReport } from "../core/cost-report.ts";
import type { Throttle } from "../core/flood-cost.ts";
import type { Container, Deployed, StoreSize } from "../core/month-usage.ts";
import { priceList } from "../core/prices.ts";
import { repositoryRoot } from "../repository-root.ts";

type Options = { readonly repositories: string; readonly deliveries: string; readonly months: string; readonly store?: StoreSize; readonly container?: boolean; readonly read?: boolean; readonly freeTier?: boolean; readonly json?: boolean };

export function registerCost(program: Command): void {
  program
    .command("cost")
    .description("what a month on AWS costs, idle and with so many deliveries")
    .requiredOption("--repositories <n>", "repositories that are mirrored: what they need on the store's disk")
    .requiredOption("--deliveries <m>", "webhook deliveries a month")
    .option("--months <n>", "so many months of deliveries have been kept", "12")
    .addOption(new Option("--store <size>", "the store; that of infra/octally.config.json, if not named").choices(["small", "production", "existing"]))
    .option("--read", "GitHub is read as well: jobs, discovery and checks; as the configuration has it, if not named")
    .option("--container", "the worker as a container on Fargate; as the configuration has it, or 0.5 vCPU, 1 GB and a public address")
    .option("--free-tier", "take off what AWS gives every account each month for good")
    .option("--json", "one JSON object")
    .addHelpText("after", "\nBy AWS's list prices of us-east-1, of the date in infra/prices.json, without taxes, discounts and (but for --free-tier) free quantities. An estimate, no offer: look up what matters.")
    .action(async (options: Options) => {
      const { deployed, throttle } = await readDeployment(options.store, { contained: options.container === true, read: options.read === true });
      const report = toCostReport(priceList.parse(JSON.parse(readFileSync(join(repositoryRoot, "infra", "prices.json"), "utf8"))), {
        load: { repositories: count("--repositories", options.repositories), deliveries: count("--deliveries", options.deliveries), months: count("--months", options.months) },
        deployed,
        throttle,
        freeTier: options.freeTier === true,
      });
      console.log(options.json === true ? JSON.stringify(report) : toText(report, throttle));
    });
}

/** The defaults of `worker.container`. */
const USUAL_CONTAINER: Container = { tasks: 1, cpu: 512, memoryMegabytes: 1024, concurrency: 2, publicIp: true };

function count(option: string, text: string): number {
  const plain = text.replaceAll(/[,_]/gu, "");
  if (!/^\d{1,12}$/u.test(plain)) throw new ConfigError(`${option} must be a whole number, as 1000000; it is "${text}".`);
  return Number(plain);
}

/** Of the configuration that would be deployed, where there is one; else the defaults. */
async function readDeployment(asked: StoreSize | undefined, { contained, read }: { readonly contained: boolean; readonly read: boolean }): Promise<{ readonly deployed: Deployed; readonly throttle: Throttle }> {
  // Only now: its packages are installed for this command, and not for `up`.
  const { infraConfig, readInfraConfig } = await import("../../../../infra/src/config.ts");
  const file = process.env["OCTALLY_INFRA_CONFIG"] ?? join(repositoryRoot, "infra", "octally.config.json");
  const config = existsSync(file) ? clearly(() => readInfraConfig(file)) : infraConfig.parse({ account: "000000000000", region: "us-east-1" });
  const configured: Deployed = config.store.kind === "existing" ? { store: "existing" } : { store: config.store.size, gigabytes: config.store.gigabytes };
  const store: Deployed = asked === undefined || asked === configured.store ? configured : { store: asked };
  const container = config.worker.container ?? (contained ? USUAL_CONTAINER : undefined);
  return { deployed: { ...store, container, reading: read || config.github !== undefined }, throttle: config.webhook };
}

function clearly<T>(read: () => T): T {
  try {
    return read();
  } catch (cause) {
    throw new ConfigError(cause instanceof Error ? cause.message : String(cause));
  }
}

function toText(report: CostReport, { requestsPerSecond, burst, concurrency }: Throttle): string {
  const { disk } = report;
  const documents = `${shown(disk.documents)} documents need ${shown(disk.gigabytes)} GB of the store's disk`;
  const tooSmall = disk.usable !== null && disk.gigabytes > disk.usable;
  return [
    `AWS's list prices of ${report.as_of}, ${report.region}, ${report.free_tier ? "less what is free for good" : "nothing taken off for what is free"}. An estimate, no offer. (?) is a price to look up before you rely on it.`,
    toTable("A month without any delivery", report.idle),
    toTable("The month asked for", report.month),
    disk.usable === null ? `${documents}.` : `${documents}; it has ${shown(disk.usable)} that may be used (three quarters).${tooSmall ? " TOO SMALL: give it more (store.gigabytes), or the size production." : ""}`,
    `A flood of unsigned requests adds at most $${dollars(report.flood.dollars)} in a month ($${dollars(report.flood_of_large_bodies.dollars)} if each body has 10 MB): ${requestsPerSecond} requests a second and a burst of ${burst} let through, ${concurrency} calls at once (docs/deploy.md).`,
    ["Taken for granted:", ...report.assumptions.map((line) => `- ${line}`)].join("\n"),
  ].join("\n\n");
}

function toTable(title: string, { lines, dollars: total }: Bill): string {
  const table = new Table({ head: [title, "how much", "", "US dollars"], colAligns: ["left", "right", "left", "right"], style: { head: [], border: [], compact: true } });
  for (const { item, quantity, unit, dollars: each, certain } of lines) {
    if (quantity > 0) table.push([item, shown(quantity), unit, `${certain ? "" : "(?) "}${dollars(each)}`]);
  }
  table.push(["together", "", "", dollars(total)]);
  return table.toString();
}

function shown(value: number): string {
  return value.toLocaleString("en-US", { maximumFractionDigits: value < 100 ? 2 : 0 });
}

function dollars(value: number): string {
  return value.toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}
