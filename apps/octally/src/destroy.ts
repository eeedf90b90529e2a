/** `octally destroy`: take everything down but what holds data; that, too, only when it was said in words. */
import { requireGround } from "./core/require-ground.ts";
import type { CloudPorts } from "./deploy.ts";

export type DestroyPorts = Omit<CloudPorts, "build"> & {
  /** Undefined where they cannot be counted. */
  readonly countMessages: (region: string, queueUrl: string) => Promise<number | undefined>;
};

export type Destroyed = "destroyed" | "data-destroyed" | "unchanged" | "declined";

/** `words`: what takes the protection of store and archive away (checked with the ground); undefined keeps both. */
export async function destroy(ports: DestroyPorts, words?: string): Promise<Destroyed> {
  const { terraform, confirm, say } = ports;
  const { region } = requireGround(await ports.checkGround());
  say("Synthesising the stack of only the data ...");
  await ports.synthesize({ parts: "data", unprotect: words });
  say("Planning ...");
  await terraform.init();
  // The plan would be to make the store and the archive.
  if (!(await terraform.hasState())) return "unchanged";
  await warnOfMessages(ports, region);
  const plan = await terraform.plan();
  if (plan === "changes") {
    const question = words === undefined ? "Take this down, and keep the store and the archive?" : "Take this down, and the protection of the store and the archive away?";
    if (!(await confirm(question))) return "declined";
    await terraform.apply();
  }
  if (words === undefined) return plan === "changes" ? "destroyed" : "unchanged";

  if ((await terraform.plan({ destroy: true })) === "nothing") return "unchanged";
  if (!(await confirm("Destroy the store and the archive, with all that is in them, for good?"))) return "declined";
  await terraform.apply();
  return "data-destroyed";
}

/** What still waits is lost with its queue, and GitHub does not send it again by itself. */
async function warnOfMessages({ terraform, countMessages, say }: DestroyPorts, region: string): Promise<void> {
  const queues = Object.entries(await terraform.outputs()).filter(([name]) => name.endsWith("_queue_url"));
  for (const [name, url] of queues) {
    const count = await countMessages(region, url);
    const queue = name.replace(/_url$/u, "").replaceAll("_", " ");
    if (count === undefined) say(`WARNING: the ${queue} cannot be counted; what still waits there is lost with it.`);
    else if (count > 0) say(`WARNING: ${count} messages are on the ${queue}, and are lost with it. ${name.includes("jobs") ? "What they would have brought a later deployment's checks find again." : "Turn the webhook off at GitHub and wait until it is empty, or look at the dead letters first."}`);
  }
}
