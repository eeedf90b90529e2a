/** The process of the integrity checker: its schedules in front of the handler that is deployed. Argument: the folder of the bundles where those run. */
import { randomUUID } from "node:crypto";
import { schedulesOf } from "@octally/integrity-checker/core/schedules";
import { systemClock } from "@octally/shared/clock";
import { parseConfig } from "@octally/shared/config";
import { makeLogger } from "@octally/shared/log";
import { makeLambdaContext } from "./core/lambda-context.ts";
import { localConfig } from "./core/settings.ts";
import { importChecker } from "./edges/bundles.ts";
import { endWithParent } from "./edges/end-with-parent.ts";
import { isLoading, lastRunBegan } from "./edges/run-state.ts";
import { runChecks } from "./run-checks.ts";

/** As long as a Lambda has. */
const HANDLER_TIME_MS = 15 * 60_000;
const LOOK_EVERY_MS = 5000;

const { handler } = await importChecker(process.argv[2]);
const { OCTALLY_CHECK_MINUTES: checkMinutes, OCTALLY_CANARY_MINUTES: canaryMinutes, OPENSEARCH_URL: storeUrl } = parseConfig(localConfig, process.env);
if (storeUrl === undefined) throw new Error("OPENSEARCH_URL is not set");
const ending = new AbortController();

const running = runChecks({
  schedules: schedulesOf({ checkMinutes, canaryMinutes }),
  check: ({ checks }) => {
    const deadline = performance.now() + HANDLER_TIME_MS;
    return handler({ checks }, makeLambdaContext("octally-integrity-checker", randomUUID(), () => deadline - performance.now()));
  },
  isLoading: () => isLoading(storeUrl, systemClock()),
  lastBegan: ({ checks }) => lastRunBegan(storeUrl, `check:${checks.join("+")}:`),
  onNews: (news) => void process.send?.({ news }),
  clock: systemClock,
  logger: makeLogger("schedules"),
  signal: ending.signal,
  lookEveryMs: LOOK_EVERY_MS,
});
endWithParent(async () => {
  ending.abort();
  await running;
});
process.send?.({ ready: true });
