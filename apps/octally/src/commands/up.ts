import type { Command } from "commander";
import { makeJsonOutput, makePersonOutput } from "../up-output.ts";
import { up } from "../up.ts";
import { withoutAws } from "../core/handler-environment.ts";

export function registerUp(program: Command): void {
  program
    .command("up")
    .description("run the whole system on this machine, in the foreground, until Ctrl-C")
    .option("--bundles", "run the bundles that are deployed (dist/), built first where they are missing or old, instead of the sources")
    .option("--demo", "with a simulated GitHub and a made-up organisation, as it is by itself as long as no GitHub of your own is named")
    .option("--no-demo", "without it")
    .option("--json", "one JSON object a line; the first comes when it is ready and names the URLs")
    .action(async (options: { readonly json?: boolean; readonly bundles?: boolean; readonly demo?: boolean }) => {
      const { stop, force } = listenForEnd();
      const write = (line: string): void => void process.stdout.write(`${line}\n`);
      const output = options.json === true ? makeJsonOutput(write) : makePersonOutput(write, process.stdout.isTTY);
      try {
        await up({ environment: withoutAws(process.env), output, bundles: options.bundles === true, demo: options.demo, stop, force });
      } catch (failure) {
        // Interrupted before it was ready: what failed then failed because of that.
        if (!stop.aborted) throw failure;
        console.error("Stopped before it was ready.");
        process.exitCode = 130;
      }
      // Whatever a library still holds open must not keep the terminal.
      setTimeout(() => process.exit(), 500).unref();
    });
}

/** The first Ctrl-C, SIGTERM or closed terminal asks for the end, the second one forces it. */
function listenForEnd(): { stop: AbortSignal; force: AbortSignal } {
  const [stop, force] = [new AbortController(), new AbortController()];
  const end = (): void => (stop.signal.aborted ? force.abort() : stop.abort());
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, end);
  // A reader that went away (`up | head`) is no reason to end.
  process.stdout.on("error", () => undefined);
  return { stop: stop.signal, force: force.signal };
}
