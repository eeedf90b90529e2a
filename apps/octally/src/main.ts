import { AppError, messageOf } from "@octally/shared/errors";
import { Command } from "commander";
import { registerBackfill } from "./commands/backfill.ts";
import { registerCheck } from "./commands/check.ts";
import { registerConfig } from "./commands/config.ts";
import { registerCost } from "./commands/cost.ts";
import { registerDeadLetters } from "./commands/dead-letters.ts";
import { registerDeploy } from "./commands/deploy.ts";
import { registerDestroy } from "./commands/destroy.ts";
import { registerDoctor } from "./commands/doctor.ts";
import { registerReplay } from "./commands/replay.ts";
import { registerSimulate } from "./commands/simulate.ts";
import { registerStatus } from "./commands/status.ts";
import { registerTest } from "./commands/test.ts";
import { registerUp } from "./commands/up.ts";

const program = new Command("octally")
  .description("Everything GitHub knows about an organisation, in your own OpenSearch: live within seconds, and provably complete.")
  .showHelpAfterError("(add --help for what there is)")
  .helpCommand(false);

// In the order in which --help shows them.
for (const register of [registerUp, registerBackfill, registerStatus, registerCheck, registerDeadLetters, registerReplay, registerSimulate, registerDoctor, registerConfig, registerDeploy, registerDestroy, registerCost, registerTest]) register(program);

try {
  await program.parseAsync();
} catch (failure) {
  // A known failure explains itself; anything else is a defect, and its stack is what helps.
  process.stderr.write(`${failure instanceof AppError ? messageOf(failure) : failure instanceof Error ? failure.stack : String(failure)}\n`);
  process.exitCode = 1;
}
