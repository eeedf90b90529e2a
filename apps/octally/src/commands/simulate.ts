import { InvalidArgumentError, type Command } from "commander";
import { FAULTS, parseFault, type FaultRates } from "@octally/github-simulator/faults/faults";
import { PERMISSIONS, type Permission } from "@octally/github-simulator/world/viewer";
import { simulate, type Permissions } from "../simulate.ts";
import { makeJsonReport, makePersonReport } from "../simulate-report.ts";

type Options = {
  readonly port: number;
  readonly seed: string;
  readonly organisation: string;
  readonly repositories: number;
  readonly pullRequests: number;
  readonly live?: number;
  readonly webhookUrl?: string;
  readonly webhookSecret?: string;
  readonly fault?: FaultRates;
  readonly limits: boolean;
  readonly permissions?: Permissions;
  readonly latency: number;
  readonly json?: boolean;
};

export function registerSimulate(program: Command): void {
  program
    .command("simulate")
    .description("run a made-up GitHub on this machine, in the foreground, until Ctrl-C")
    .option("--port <number>", "where it listens, on 127.0.0.1; 0 takes a free one", integer(0, 65_535), 4100)
    .option("--seed <text>", "the same seed gives the same organisation", "1")
    .option("--organisation <login>", "the organisation's name", "octo-demo")
    .option("--repositories <number>", "how many it has", integer(1, 1000), 20)
    .option("--pull-requests <number>", "how many were opened in all of them together", integer(0, 200_000), 2000)
    .option("--live <speed>", "the organisation goes on working: so many of its seconds pass in one of yours", speed)
    .option("--webhook-url <url>", "an organisation hook for every event is made for this address", webUrl)
    .option("--webhook-secret <secret>", "what its deliveries are signed with")
    .option("--fault <name=rate>", "something that goes wrong, how often (see below); can be given again", fault)
    .option("--permissions <names>", "the token may read only this, comma-separated (see below); name=write for more; default: whatever an owner may", permissions)
    .option("--no-limits", "count nobody's requests")
    .option("--latency <ms>", "how long each answer takes at least", integer(0, 60_000), 0)
    .option("--json", "one JSON object a line; the first comes when it is ready and names the URLs and a token")
    .addHelpText("after", faultsText())
    .action(async (options: Options) => {
      const write = (line: string): void => void process.stdout.write(`${line}\n`);
      const report = options.json === true ? makeJsonReport(write) : makePersonReport(write, process.stderr);
      await simulate({ ...options, webhook: options.webhookUrl === undefined ? null : { url: options.webhookUrl, secret: options.webhookSecret ?? null }, live: options.live ?? null, latencyMs: options.latency, faults: options.fault ?? {}, report, stop: untilStopped() });
      // Whatever a library still holds open must not keep the terminal.
      setTimeout(() => process.exit(), 500).unref();
    });
}

function untilStopped(): AbortSignal {
  const stop = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => (stop.signal.aborted ? process.exit(130) : stop.abort()));
  // A reader that went away (`simulate | head`) is no reason to end.
  process.stdout.on("error", () => undefined);
  return stop.signal;
}

function integer(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() === "" || !Number.isInteger(value) || value < least || value > most) throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
    return value;
  };
}

function speed(text: string): number {
  const value = Number(text);
  if (!(value > 0 && value <= 1_000_000)) throw new InvalidArgumentError("It must be a number above 0: 1 is as fast as real time, 3600 an hour a second.");
  return value;
}

function webUrl(text: string): string {
  if (!URL.canParse(text) || !/^https?:/.test(text)) throw new InvalidArgumentError("It must be an address that starts with http:// or https://.");
  return text;
}

function fault(text: string, before: FaultRates = {}): FaultRates {
  const parsed = parseFault(text);
  if ("wrong" in parsed) throw new InvalidArgumentError(parsed.wrong);
  return { ...before, [parsed.name]: parsed.rate };
}

function permissions(text: string): Permissions {
  const entries = text.split(",").map((one) => one.trim()).filter((one) => one !== "").map((one) => {
    const [name = "", level = "read"] = one.split("=");
    if (!isPermission(name)) throw new InvalidArgumentError(`There is no permission "${name}". There are: ${PERMISSIONS.join(", ")}.`);
    if (level !== "read" && level !== "write") throw new InvalidArgumentError(`${name} is read or write, not "${level}".`);
    return [name, level] as const;
  });
  return Object.fromEntries(entries);
}

function isPermission(name: string): name is Permission {
  return PERMISSIONS.some((permission) => permission === name);
}

function faultsText(): string {
  const width = Math.max(...Object.keys(FAULTS).map((name) => name.length));
  return `\nFaults (--fault webhook-dropped=0.05; rates are shares from 0 to 1):\n${Object.entries(FAULTS).map(([name, meaning]) => `  ${name.padEnd(width)}  ${meaning}`).join("\n")}

Permissions (--permissions contents,issues,pull_requests), by GitHub's names:
  ${PERMISSIONS.join(", ")}`;
}
