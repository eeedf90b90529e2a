import { expect, test } from "@jest/globals";
import { ConfigError } from "@octally/shared/errors";
import type { CloudGround } from "./check-cloud-ground.ts";
import { deploy, type CloudPorts } from "./deploy.ts";
import { destroy } from "./destroy.ts";

const settings = { file: "octally.config.json", account: "123456789012", region: "eu-central-1", parameters: [], sources: [] };
const good: CloudGround = { findings: [{ name: "terraform", ok: true, detail: "1.11.4" }], settings };
const bad: CloudGround = { findings: [{ name: "terraform", ok: false, problem: "No Terraform." }, { name: "region", ok: false, problem: "Wrong region." }], settings };

type World = { readonly ground?: CloudGround; readonly plans?: ("changes" | "nothing")[]; readonly answers?: boolean[]; readonly deployed?: boolean; readonly outputs?: Record<string, string> };

function world({ ground = good, plans = ["changes"], answers = [true], deployed = true, outputs = { webhook_url: "https://hook" } }: World) {
  const steps: string[] = [];
  const step = (name: string): Promise<void> => {
    steps.push(name);
    return Promise.resolve();
  };
  const ports: CloudPorts = {
    checkGround: () => Promise.resolve(ground),
    build: () => step("build"),
    synthesize: ({ parts, unprotect }) => step(`synthesize ${parts}${unprotect === undefined ? "" : ` (${unprotect})`}`),
    terraform: {
      init: () => step("init"),
      hasState: () => Promise.resolve(deployed),
      plan: async ({ destroy: down = false } = {}) => {
        await step(down ? "plan -destroy" : "plan");
        return plans.shift() ?? "nothing";
      },
      apply: () => step("apply"),
      outputs: () => Promise.resolve(outputs),
    },
    confirm: async () => answers.shift() ?? false,
    say: (line) => void (line.startsWith("WARNING") && steps.push(line.slice(0, 60))),
  };
  return { steps, ports, countMessages: (_: string, url: string) => Promise.resolve(url.endsWith("empty") ? 0 : 3) };
}

test("deploy plans, asks, and applies what it planned", async () => {
  const { ports, steps } = world({});
  expect(await deploy(ports)).toEqual({ outcome: "applied", outputs: { webhook_url: "https://hook" } });
  expect(steps).toEqual(["build", "synthesize everything", "init", "plan", "apply"]);
});

test("without a yes nothing is applied, without a change nobody is asked", async () => {
  const declined = world({ answers: [false] });
  expect((await deploy(declined.ports)).outcome).toBe("declined");
  expect(declined.steps).not.toContain("apply");
  const unchanged = world({ plans: ["nothing"], answers: [] });
  expect((await deploy(unchanged.ports)).outcome).toBe("unchanged");
  expect(unchanged.steps).not.toContain("apply");
});

test("on bad ground nothing begins, and every problem is told", async () => {
  const { ports, steps, countMessages } = world({ ground: bad });
  const told = new ConfigError("No Terraform.\n\nWrong region.\n\nNothing was changed.");
  await expect(deploy(ports)).rejects.toThrow(told);
  await expect(destroy({ ...ports, countMessages })).rejects.toThrow(told);
  expect(steps).toEqual([]);
});

test("destroy keeps what holds data, and warns of queues that are not empty", async () => {
  const { ports, steps, countMessages } = world({ outputs: { deliveries_queue_url: "https://empty", deliveries_dead_letter_queue_url: "https://q" } });
  expect(await destroy({ ...ports, countMessages })).toBe("destroyed");
  expect(steps).toEqual(["synthesize data", "init", "WARNING: 3 messages are on the deliveries dead letter queue,", "plan", "apply"]);
});

test("the data goes only by the words, and after a second yes", async () => {
  const all = world({ plans: ["changes", "changes"], answers: [true, true], outputs: {} });
  expect(await destroy({ ...all.ports, countMessages: all.countMessages }, "the words")).toBe("data-destroyed");
  expect(all.steps).toEqual(["synthesize data (the words)", "init", "plan", "apply", "plan -destroy", "apply"]);
  const half = world({ plans: ["changes", "changes"], answers: [true, false], outputs: {} });
  expect(await destroy({ ...half.ports, countMessages: half.countMessages }, "the words")).toBe("declined");
  expect(half.steps.at(-1)).toBe("plan -destroy");
});

test("where nothing was deployed, destroy does not make the store and the archive", async () => {
  const { ports, steps, countMessages } = world({ deployed: false });
  expect(await destroy({ ...ports, countMessages })).toBe("unchanged");
  expect(steps).toEqual(["synthesize data", "init"]);
});
