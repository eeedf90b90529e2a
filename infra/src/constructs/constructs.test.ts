/** The constructs that the stack does not use yet, and what they refuse. */
import { join } from "node:path";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider/index.js";
import { App, TerraformStack } from "cdktf";
import { describe, expect, test } from "@jest/globals";
import { rules } from "../../test/rules.ts";
import { fakeBundles, inFolder, minimal, one, readStack, type Stack } from "../../test/stack-json.ts";
import { parseInfraConfig } from "../config.ts";
import { toDeployment } from "../deployment.ts";
import { AlarmTopic } from "./alarm-topic.ts";
import { QueueToFunction } from "./queue-to-function.ts";
import { QueueWithDeadLetters } from "./queue-with-dead-letters.ts";
import { ScheduleToFunction } from "./schedule-to-function.ts";
import { ServiceFunction } from "./service-function.ts";

/** A stack of a function with this time-out, a queue that hides its messages for a minute, and what `more` adds. */
function stackWith(timeoutSeconds: number, more: (stack: TerraformStack, target: ServiceFunction, queue: QueueWithDeadLetters) => void): Stack {
  return inFolder((folder) => {
    const app = new App({ outdir: join(folder, "out") });
    const stack = new TerraformStack(app, "small");
    new AwsProvider(stack, "aws", { region: "us-east-1" });
    const deployment = toDeployment(parseInfraConfig(minimal), fakeBundles(join(folder, "bundles")));
    const alarms = new AlarmTopic(stack, "alarms", deployment, { emails: [], runbooks: "docs/runbooks" });
    const queue = new QueueWithDeadLetters(stack, "queue", deployment, { name: "queue", visibilitySeconds: 60, oldestMessageSeconds: 60, alarms });
    const target = new ServiceFunction(stack, "function", deployment, {
      service: "webhook-intake",
      entry: "handler",
      timeoutSeconds,
      memoryMegabytes: 128,
      reservedConcurrency: 2,
      environment: {},
      permissions: [],
      alarms,
    });
    more(stack, target, queue);
    app.synth();
    return readStack(join(folder, "out/stacks/small"));
  });
}

test("a schedule calls its function by a role that may do nothing else", () => {
  const stack = stackWith(10, (scope, target) => {
    const deployment = toDeployment(parseInfraConfig(minimal), "");
    new ScheduleToFunction(scope, "schedule", deployment, { name: "poll-events", expression: "rate(10 minutes)", target, input: { poll: "events" } });
  });
  expect(one(stack, "aws_scheduler_schedule")).toMatchObject({
    name: "octally-poll-events",
    schedule_expression: "rate(10 minutes)",
    flexible_time_window: { mode: "OFF" },
    target: { input: '{"poll":"events"}', role_arn: expect.stringContaining("aws_iam_role.schedule_role_") },
  });
  expect(JSON.parse(one(stack, "aws_iam_role_policy", "schedule")["policy"]).Statement).toEqual([
    { Effect: "Allow", Action: ["lambda:InvokeFunction"], Resource: ["arn:aws:lambda:us-east-1:123456789012:function:octally-webhook-intake"] },
  ]);
  expect(JSON.parse(one(stack, "aws_iam_role", "schedule")["assume_role_policy"]).Statement[0]).toMatchObject({ Principal: { Service: "scheduler.amazonaws.com" }, Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } } });
  expect(rules.wildcards(stack)).toEqual([]);
});

describe("a queue for a function", () => {
  const connect = (timeoutSeconds: number): Stack => stackWith(timeoutSeconds, (scope, target, queue) => void new QueueToFunction(scope, "mapping", { queue, target, batchSize: 10, windowSeconds: 0, concurrency: 2 }));

  test("may hide its messages for exactly six times the time-out", () => {
    expect(rules.mappings(connect(10))).toEqual([]);
  });

  test("and no shorter", () => {
    expect(() => connect(11)).toThrow("octally-queue hides a message for 60 s; octally-webhook-intake needs 6 times its time-out of 11 s.");
  });
});
