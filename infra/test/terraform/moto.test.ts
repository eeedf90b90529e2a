import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ApiGatewayV2Client, GetRoutesCommand, GetStagesCommand, GetApisCommand } from "@aws-sdk/client-apigatewayv2";
import { CloudWatchClient, DescribeAlarmsCommand } from "@aws-sdk/client-cloudwatch";
import { CloudWatchLogsClient, DescribeLogGroupsCommand, DescribeMetricFiltersCommand } from "@aws-sdk/client-cloudwatch-logs";
import { GetRolePolicyCommand, IAMClient, ListRolesCommand } from "@aws-sdk/client-iam";
import { GetFunctionConcurrencyCommand, GetFunctionConfigurationCommand, LambdaClient, ListEventSourceMappingsCommand, ListFunctionsCommand } from "@aws-sdk/client-lambda";
import { GetBucketEncryptionCommand, GetBucketLifecycleConfigurationCommand, GetBucketPolicyCommand, GetBucketVersioningCommand, GetPublicAccessBlockCommand, ListBucketsCommand, S3Client } from "@aws-sdk/client-s3";
import { GetQueueAttributesCommand, ListQueuesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { all, contained, existing, one, reading, readStack, synthesizeInto, type Stack } from "../stack-json.ts";
import { findTerraform } from "./find-terraform.ts";
import { askEc2, askEcs, firstOf } from "./ask-moto.ts";
import { isMotosOwn, motoProvider, withoutWhatMotoLacks } from "./moto-differences.ts";
import { installMoto, startMoto, type Moto } from "./moto.ts";
import { NOBODY, TerraformFolder } from "./terraform-folder.ts";

const found = findTerraform();
const installed = "missing" in found ? found : await installMoto();
if ("missing" in installed) process.stderr.write(`infra: the round trip through moto was not run: ${installed.missing}.\n`);

const whole = { ...existing, github: reading.github };
const BUCKET = "octally-archive-123456789012-us-east-1";
const LONG = 300_000;

function sorted(names: readonly (string | undefined)[]): readonly string[] {
  return names.map((name) => name ?? "").toSorted();
}

/** One story: each test stands on the one before it. */
("missing" in installed ? describe.skip : describe)("apply, read back, apply again, destroy", () => {
  let home = "";
  let moto: Moto;
  let stack: Stack;
  let terraform: TerraformFolder;
  let client: { endpoint: string; region: string; credentials: { accessKeyId: string; secretAccessKey: string } };

  beforeAll(async () => {
    if ("missing" in installed || "missing" in found) return;
    home = await mkdtemp(join(tmpdir(), "octally-moto-"));
    moto = await startMoto(installed.python);
    client = { endpoint: moto.endpoint, region: "us-east-1", credentials: { accessKeyId: "nobody", secretAccessKey: "nobody" } };
    const stackFolder = synthesizeInto(join(home, "everything"), whole);
    stack = withoutWhatMotoLacks(readStack(stackFolder));
    terraform = new TerraformFolder(found, join(home, "terraform"));
    await terraform.place(stack, stackFolder, { ...NOBODY, ...motoProvider(moto.endpoint) });
    expect(await terraform.init()).toMatchObject({ exitCode: 0 });
    expect(await terraform.run("apply", "-auto-approve", "-parallelism=30")).toMatchObject({ exitCode: 0, output: expect.stringContaining("Apply complete!") });
  }, LONG);

  afterAll(async () => {
    await moto?.stop();
    await rm(home, { recursive: true, force: true });
  });

  test("the queues are there as they were described", async () => {
    const sqs = new SQSClient(client);
    const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand({}));
    expect(sorted(QueueUrls.map((url) => url.split("/").at(-1)))).toEqual(["backfill-jobs", "backfill-jobs-dead-letters", "deliveries", "deliveries-dead-letters", "sync-jobs", "sync-jobs-dead-letters"].map((name) => `octally-${name}`));
    const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl: QueueUrls.find((url) => url.endsWith("/octally-deliveries")), AttributeNames: ["All"] }));
    expect(Attributes).toMatchObject({ MessageRetentionPeriod: "1209600", VisibilityTimeout: "360", MaximumMessageSize: "262144", SqsManagedSseEnabled: "true" });
    expect(JSON.parse(Attributes!["RedrivePolicy"]!)).toEqual({ deadLetterTargetArn: "arn:aws:sqs:us-east-1:123456789012:octally-deliveries-dead-letters", maxReceiveCount: 1000 });
    expect(JSON.parse(Attributes!["Policy"]!).Statement).toMatchObject([{ Effect: "Deny", Condition: { Bool: { "aws:SecureTransport": "false" } } }]);
  });

  test("the archive is private, encrypted and versioned", async () => {
    const s3 = new S3Client({ ...client, forcePathStyle: true });
    const Bucket = BUCKET;
    expect((await s3.send(new GetPublicAccessBlockCommand({ Bucket }))).PublicAccessBlockConfiguration).toEqual({ BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true });
    expect((await s3.send(new GetBucketEncryptionCommand({ Bucket }))).ServerSideEncryptionConfiguration?.Rules?.[0]?.ApplyServerSideEncryptionByDefault?.SSEAlgorithm).toBe("AES256");
    expect((await s3.send(new GetBucketVersioningCommand({ Bucket }))).Status).toBe("Enabled");
    expect((await s3.send(new GetBucketPolicyCommand({ Bucket }))).Policy).toContain("aws:SecureTransport");
    expect((await s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket }))).Rules?.map(({ ID, Expiration, Transitions }) => [ID, Expiration?.Days ?? Transitions?.[0]?.Days])).toEqual([["claims-end", 30], ["deliveries-become-cold", 30], ["uploads-end", undefined]]);
  });

  test("the functions run the bundles, with names of secrets and no secret", async () => {
    const lambda = new LambdaClient(client);
    const { Functions = [] } = await lambda.send(new ListFunctionsCommand({}));
    expect(sorted(Functions.map(({ FunctionName }) => FunctionName))).toEqual(["discovery", "integrity-checker", "jobs-worker", "sync-worker", "webhook-intake"].map((name) => `octally-${name}`));
    const intake = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName: "octally-webhook-intake" }));
    expect(intake).toMatchObject({ Runtime: "nodejs22.x", Architectures: ["arm64"], Handler: "handler.handler", Timeout: 10, CodeSha256: one(stack, "aws_lambda_function", "webhook-intake")["source_code_hash"] });
    expect(intake.Environment?.Variables).toEqual({
      ARCHIVE_BUCKET: BUCKET,
      DELIVERIES_QUEUE_URL: expect.stringMatching(/\/octally-deliveries$/),
      GITHUB_WEBHOOK_SECRET_PARAMETER: "/octally/github-webhook-secret",
      NODE_OPTIONS: "--enable-source-maps",
    });
    expect((await lambda.send(new GetFunctionConcurrencyCommand({ FunctionName: "octally-webhook-intake" }))).ReservedConcurrentExecutions).toBe(10);
    expect((await lambda.send(new GetFunctionConfigurationCommand({ FunctionName: "octally-jobs-worker" }))).Environment?.Variables).toMatchObject({ GITHUB_TOKEN_PARAMETER: "/octally/github-token", BACKFILL_JOBS_QUEUE_URL: expect.stringMatching(/\/octally-backfill-jobs$/) });
    expect((await lambda.send(new GetFunctionConfigurationCommand({ FunctionName: "octally-integrity-checker" }))).Environment?.Variables).toMatchObject({ OCTALLY_WEBHOOK_URL: expect.stringMatching(/\/webhooks\/github$/), OCTALLY_SOURCES: "octo-org,octocat/hello" });
    const { EventSourceMappings = [] } = await lambda.send(new ListEventSourceMappingsCommand({}));
    expect(EventSourceMappings.every(({ FunctionResponseTypes }) => String(FunctionResponseTypes) === "ReportBatchItemFailures")).toBe(true);
    expect(sorted(EventSourceMappings.map(({ EventSourceArn, BatchSize, ScalingConfig }) => `${EventSourceArn?.split(":").at(-1)} ${BatchSize} ${ScalingConfig?.MaximumConcurrency}`))).toEqual(["octally-backfill-jobs 2 2", "octally-deliveries 100 4", "octally-sync-jobs 2 2"]);
  });

  test("each role has what the stack says, and nothing else", async () => {
    const iam = new IAMClient(client);
    const { Roles = [] } = await iam.send(new ListRolesCommand({}));
    const schedules = ["check-audit", "check-canary", "check-counts", "check-deliveries", "check-references", "list-repositories", "look-for-new"].map((name) => `${name}-schedule`);
    expect(sorted(Roles.map(({ RoleName }) => RoleName))).toEqual(["discovery", "integrity-checker", "jobs-worker", "sync-worker", "webhook-intake", ...schedules].map((name) => `octally-${name}`).toSorted());
    const { PolicyDocument = "" } = await iam.send(new GetRolePolicyCommand({ RoleName: "octally-webhook-intake", PolicyName: "permissions" }));
    expect(JSON.parse(decodeURIComponent(PolicyDocument))).toEqual(JSON.parse(one(stack, "aws_iam_role_policy", "webhook-intake")["policy"]));
  });

  test("one route is open, and throttled", async () => {
    const gateway = new ApiGatewayV2Client(client);
    const ApiId = (await gateway.send(new GetApisCommand({}))).Items?.[0]?.ApiId;
    expect((await gateway.send(new GetRoutesCommand({ ApiId }))).Items?.map(({ RouteKey }) => RouteKey)).toEqual(["POST /webhooks/github"]);
    expect((await gateway.send(new GetStagesCommand({ ApiId }))).Items).toMatchObject([{ StageName: "$default", AutoDeploy: true, DefaultRouteSettings: { ThrottlingBurstLimit: 250, ThrottlingRateLimit: 25 } }]);
  });

  test("every alarm names its page, every log group ends", async () => {
    const { MetricAlarms = [] } = await new CloudWatchClient(client).send(new DescribeAlarmsCommand({}));
    expect(MetricAlarms).toHaveLength(all(stack, "aws_cloudwatch_metric_alarm").length);
    expect(MetricAlarms.every(({ AlarmDescription, AlarmActions }) => /docs\/runbooks\/[\w-]+\.md$/.test(AlarmDescription ?? "") && AlarmActions?.length === 1)).toBe(true);
    const { logGroups = [] } = await new CloudWatchLogsClient(client).send(new DescribeLogGroupsCommand({}));
    expect(logGroups.map(({ retentionInDays }) => retentionInDays)).toEqual([30, 30, 30, 30, 30, 30]);
    const { metricFilters = [] } = await new CloudWatchLogsClient(client).send(new DescribeMetricFiltersCommand({}));
    expect(sorted(metricFilters.map(({ metricTransformations: [made] = [], logGroupName }) => `${logGroupName?.split("/").at(-1)} ${made?.metricNamespace} ${made?.metricName} ${made?.metricValue}`))).toEqual([
      "octally-integrity-checker octally CompletenessPercent $.completeness_percent",
      "octally-integrity-checker octally OverduePercent $.overdue_percent",
      "octally-integrity-checker octally SilentHooks $.silent_hooks",
      "octally-integrity-checker octally Stuck $.stuck",
      "octally-jobs-worker octally GitHubBudgetLeftPercent $.github_budget_left_percent",
    ]);
  });

  test("a second apply would change nothing but what moto tells back differently", async () => {
    expect((await terraform.run("plan", "-out=plan")).exitCode).toBe(0);
    const changes = (await terraform.planned()).filter(({ actions }) => String(actions) !== "no-op");
    expect(changes.filter((change) => !isMotosOwn(change))).toEqual([]);
    expect(changes.map(({ address }) => address).toSorted()).toEqual(["aws_sqs_queue.backfill-jobs_queue", "aws_sqs_queue.deliveries_queue", "aws_sqs_queue.sync-jobs_queue"]);
  }, LONG);

  test("a container takes the function's place", async () => {
    const itsOwn = await askEc2(moto.endpoint, "DescribeSubnets");
    const subnet = firstOf(itsOwn, "subnetId");
    const container = { ...contained.worker.container, vpc: firstOf(itsOwn, "vpcId"), subnets: [subnet] };
    const stackFolder = synthesizeInto(join(home, "container"), { ...whole, worker: { container } });
    const withContainer = withoutWhatMotoLacks(readStack(stackFolder));
    await terraform.place(withContainer, stackFolder, { ...NOBODY, ...motoProvider(moto.endpoint) });
    expect(await terraform.run("apply", "-auto-approve", "-refresh=false", "-parallelism=30")).toMatchObject({ exitCode: 0, output: expect.stringContaining("Apply complete!") });

    const lambda = new LambdaClient(client);
    expect((await lambda.send(new ListFunctionsCommand({}))).Functions?.map(({ FunctionName = "" }) => FunctionName).toSorted()).toEqual(["octally-discovery", "octally-integrity-checker", "octally-webhook-intake"]);
    expect((await lambda.send(new ListEventSourceMappingsCommand({}))).EventSourceMappings).toEqual([]);
    const name = "octally-worker-container";
    const { services } = await askEcs(moto.endpoint, "DescribeServices", { cluster: name, services: [name] });
    expect(services).toMatchObject([{ desiredCount: 1, launchType: "FARGATE", networkConfiguration: { awsvpcConfiguration: { subnets: [subnet], assignPublicIp: "ENABLED" } } }]);
    const { taskDefinition } = await askEcs(moto.endpoint, "DescribeTaskDefinition", { taskDefinition: name });
    expect(taskDefinition).toMatchObject({
      cpu: "512",
      memory: "1024",
      networkMode: "awsvpc",
      runtimePlatform: { cpuArchitecture: "ARM64" },
      taskRoleArn: "arn:aws:iam::123456789012:role/octally-worker-container",
      executionRoleArn: "arn:aws:iam::123456789012:role/octally-worker-container-start",
      containerDefinitions: [{ image: container.image, user: "1000:1000", readonlyRootFilesystem: true }],
    });
    const group = await askEc2(moto.endpoint, "DescribeSecurityGroups", { "Filter.1.Name": "group-name", "Filter.1.Value.1": name });
    expect(firstOf(group, "ipPermissions").trim()).toBe("");
    expect(firstOf(group, "ipPermissionsEgress").match(/<(toPort|cidrIp)>[^<]+/g)).toEqual(["<toPort>443", "<cidrIp>0.0.0.0/0"]);
    const iam = new IAMClient(client);
    const { PolicyDocument = "" } = await iam.send(new GetRolePolicyCommand({ RoleName: name, PolicyName: "permissions" }));
    expect(JSON.parse(decodeURIComponent(PolicyDocument))).toEqual(JSON.parse(one(withContainer, "aws_iam_role_policy", "container_permissions")["policy"]));

    expect((await terraform.run("plan", "-out=plan")).exitCode).toBe(0);
    const changes = (await terraform.planned()).filter(({ actions }) => String(actions) !== "no-op");
    // The apply wrote the queues' redrive policies once more, upon which moto forgets their other policy.
    expect(changes.filter((change) => !change.address.startsWith("aws_sqs_queue.") && !isMotosOwn(change))).toEqual([]);
  }, LONG);

  test("a plain destroy is refused before anything is gone", async () => {
    const { exitCode, output } = await terraform.run("destroy", "-auto-approve", "-refresh=false");
    expect(exitCode).toBe(1);
    expect(output).toContain("lifecycle.prevent_destroy");
    expect((await new LambdaClient(client).send(new ListFunctionsCommand({}))).Functions).toHaveLength(3);
  }, LONG);

  test("the stack of only the data takes everything else down, and leaves the archive", async () => {
    const stackFolder = synthesizeInto(join(home, "data"), existing, { parts: "data" });
    await terraform.place(readStack(stackFolder), stackFolder, { ...NOBODY, ...motoProvider(moto.endpoint) });
    expect(await terraform.run("apply", "-auto-approve", "-refresh=false", "-parallelism=30")).toMatchObject({ exitCode: 0, output: expect.stringContaining("Apply complete!") });
    expect((await new S3Client({ ...client, forcePathStyle: true }).send(new ListBucketsCommand({}))).Buckets?.map(({ Name }) => Name)).toEqual([BUCKET]);
    expect((await new LambdaClient(client).send(new ListFunctionsCommand({}))).Functions).toEqual([]);
    expect((await new SQSClient(client).send(new ListQueuesCommand({}))).QueueUrls ?? []).toEqual([]);
    expect((await askEcs(moto.endpoint, "DescribeClusters", { clusters: ["octally-worker-container"] })).clusters).toMatchObject([{ status: "INACTIVE" }]);
    const left = (await terraform.run("state", "list")).output.split("\n");
    expect(left.every((address) => address.startsWith("aws_s3_bucket"))).toBe(true);
  }, LONG);
});
