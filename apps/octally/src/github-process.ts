/** The process of the demonstration's GitHub. Its order is in the environment, not among the arguments, which every user of the machine can read. */
import { startDemoGithub, type DemoOrder } from "./demo-github.ts";
import { endWithParent } from "./edges/end-with-parent.ts";

const order = process.env["OCTALLY_DEMO_ORDER"];
if (order === undefined) throw new Error("Usage: OCTALLY_DEMO_ORDER=<JSON> github-process.ts");

const github = await startDemoGithub(JSON.parse(order) as DemoOrder, {
  now: Date.now,
  onError: (failure) => {
    // The supervisor starts it again, where it stopped.
    console.error(failure);
    process.exit(1);
  },
});
endWithParent(() => github.close());
process.send?.({ ready: true });
