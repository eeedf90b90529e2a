/** The process of the HTTP front: webhooks, health, the page. Arguments: port, and the folder of the bundles where those run. The supervisor sends it the health of the system. */
import { importIntake } from "./edges/bundles.ts";
import { makeFront } from "./edges/front.ts";
import { endWithParent } from "./edges/end-with-parent.ts";
import { readStatus } from "./status.ts";
import { mirrorLines } from "./core/webhooks-report.ts";
import type { GithubBudget } from "./core/github-budget.ts";
import type { Health } from "./core/health.ts";
import type { Addresses } from "./core/instance-plan.ts";

const [port, bundles] = process.argv.slice(2);
const addressText = process.env["OCTALLY_ADDRESSES"];
if (port === undefined || addressText === undefined) throw new Error("Usage: OCTALLY_ADDRESSES=<JSON> front-process.ts <port> [bundles]");
const addresses = JSON.parse(addressText) as Addresses;

const { handler } = await importIntake(bundles);

let health: Health = { state: "starting", opensearch_url: addresses.opensearch_url, components: [], webhooks: [], completeness: [] };
process.on("message", (message: { readonly health?: Health }) => {
  if (message.health !== undefined) ({ health } = message);
});

let readBudgets: Promise<() => Promise<readonly GithubBudget[]>> | undefined;

const front = makeFront({
  intake: (event, context) => handler(event, context),
  health: () => health,
  status: async () => {
    const status = await readStatus(addresses, health);
    return { ...status, told: mirrorLines(status, new Date().toISOString()) };
  },
  budgets: async () => {
    // Its client is loaded only where somebody asks.
    readBudgets ??= import("./edges/github-budget.ts").then(({ makeBudgetReader }) => makeBudgetReader(process.env));
    return (await readBudgets)();
  },
});
await front.listen({ port: Number(port), host: "127.0.0.1" });
endWithParent(() => front.close());
process.send?.({ ready: true });
