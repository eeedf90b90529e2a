import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { existing, minimal, reading, readingContained, readStack, synthesizeInto } from "../stack-json.ts";
import { findTerraform } from "./find-terraform.ts";
import { NOBODY, TerraformFolder } from "./terraform-folder.ts";

const found = findTerraform();
if ("missing" in found) process.stderr.write(`infra: "terraform validate" and "plan" were not run: ${found.missing}.\n`);

/** Of every deployment. */
const COMMON = [
  "aws_apigatewayv2_api.webhook-intake_api",
  "aws_apigatewayv2_integration.webhook-intake_api_intake",
  "aws_apigatewayv2_route.webhook-intake_api_route",
  "aws_apigatewayv2_stage.webhook-intake_api_stage",
  "aws_budgets_budget.budget",
  "aws_cloudwatch_dashboard.overview_dashboard",
  "aws_cloudwatch_log_group.sync-worker_deliveries_logs",
  "aws_cloudwatch_log_group.webhook-intake_api_logs",
  "aws_cloudwatch_log_group.webhook-intake_function_logs",
  "aws_cloudwatch_metric_alarm.deliveries_deliveries-dead-letter",
  "aws_cloudwatch_metric_alarm.deliveries_deliveries-oldest-message",
  "aws_cloudwatch_metric_alarm.sync-jobs_sync-jobs-dead-letter",
  "aws_cloudwatch_metric_alarm.sync-jobs_sync-jobs-oldest-message",
  "aws_cloudwatch_metric_alarm.sync-worker_deliveries_sync-worker-errors",
  "aws_cloudwatch_metric_alarm.sync-worker_deliveries_sync-worker-throttled",
  "aws_cloudwatch_metric_alarm.webhook-intake_api_intake-5xx",
  "aws_cloudwatch_metric_alarm.webhook-intake_api_webhook-refused",
  "aws_cloudwatch_metric_alarm.webhook-intake_function_webhook-intake-errors",
  "aws_cloudwatch_metric_alarm.webhook-intake_function_webhook-intake-throttled",
  "aws_iam_role.sync-worker_deliveries_role",
  "aws_iam_role.webhook-intake_function_role",
  "aws_iam_role_policy.sync-worker_deliveries_permissions",
  "aws_iam_role_policy.webhook-intake_function_permissions",
  "aws_lambda_event_source_mapping.sync-worker_deliveries-mapping",
  "aws_lambda_function.sync-worker_deliveries_function",
  "aws_lambda_function.webhook-intake_function",
  "aws_lambda_permission.webhook-intake_api_may-call",
  "aws_s3_bucket.archive_bucket",
  "aws_s3_bucket_lifecycle_configuration.archive_life-cycle",
  "aws_s3_bucket_ownership_controls.archive_no-acls",
  "aws_s3_bucket_policy.archive_tls",
  "aws_s3_bucket_public_access_block.archive_private",
  "aws_s3_bucket_server_side_encryption_configuration.archive_encrypted",
  "aws_s3_bucket_versioning.archive_versioned",
  "aws_sns_topic.alarms_topic",
  "aws_sqs_queue.deliveries_dead-letters",
  "aws_sqs_queue.deliveries_queue",
  "aws_sqs_queue.sync-jobs_dead-letters",
  "aws_sqs_queue.sync-jobs_queue",
];
/** With a store of its own. */
const MANAGED_STORE = [
  "aws_cloudwatch_log_group.store_logs",
  "aws_cloudwatch_log_resource_policy.store_may-log",
  "aws_cloudwatch_metric_alarm.store_store-blocked",
  "aws_cloudwatch_metric_alarm.store_store-filling",
  "aws_cloudwatch_metric_alarm.store_store-memory",
  "aws_cloudwatch_metric_alarm.store_store-red",
  "aws_iam_role.store_administrator",
  "aws_iam_role_policy.store_administrator-permissions",
  "aws_opensearch_domain.store_domain",
  "aws_opensearch_domain_policy.store_who-may-come",
];

/** Where GitHub is read. */
const READING = [
  "aws_cloudwatch_log_group.discovery_function_logs",
  "aws_cloudwatch_log_group.integrity-checker_function_logs",
  "aws_cloudwatch_log_metric_filter.github-budget-left_filter",
  "aws_cloudwatch_log_metric_filter.integrity-checker_completeness_filter",
  "aws_cloudwatch_log_metric_filter.integrity-checker_overdue_filter",
  "aws_cloudwatch_log_metric_filter.integrity-checker_silent-hooks_filter",
  "aws_cloudwatch_log_metric_filter.integrity-checker_stuck_filter",
  "aws_cloudwatch_metric_alarm.backfill-jobs_backfill-jobs-dead-letter",
  "aws_cloudwatch_metric_alarm.backfill-jobs_backfill-jobs-oldest-message",
  "aws_cloudwatch_metric_alarm.discovery_function_discovery-errors",
  "aws_cloudwatch_metric_alarm.discovery_function_discovery-throttled",
  "aws_cloudwatch_metric_alarm.github-budget",
  "aws_cloudwatch_metric_alarm.integrity-checker_function_integrity-checker-errors",
  "aws_cloudwatch_metric_alarm.integrity-checker_function_integrity-checker-throttled",
  "aws_cloudwatch_metric_alarm.integrity-checker_incomplete",
  "aws_cloudwatch_metric_alarm.integrity-checker_silent-webhooks",
  "aws_cloudwatch_metric_alarm.integrity-checker_stuck-repair",
  "aws_iam_role.discovery_function_role",
  "aws_iam_role.integrity-checker_function_role",
  "aws_iam_role_policy.discovery_function_permissions",
  "aws_iam_role_policy.integrity-checker_function_permissions",
  ...["discovery_all", "discovery_new", ...["audit", "canary", "counts", "deliveries", "references"].map((check) => `integrity-checker_${check}`)].flatMap((schedule) => [
    `aws_iam_role.${schedule}_role`,
    `aws_iam_role_policy.${schedule}_permissions`,
    `aws_scheduler_schedule.${schedule}_schedule`,
  ]),
  "aws_lambda_function.discovery_function",
  "aws_lambda_function.integrity-checker_function",
  "aws_sqs_queue.backfill-jobs_dead-letters",
  "aws_sqs_queue.backfill-jobs_queue",
];
/** And not done by a container. */
const JOBS = [
  "aws_cloudwatch_log_group.jobs-worker_function_logs",
  "aws_cloudwatch_metric_alarm.jobs-worker_function_jobs-worker-errors",
  "aws_cloudwatch_metric_alarm.jobs-worker_function_jobs-worker-throttled",
  "aws_iam_role.jobs-worker_function_role",
  "aws_iam_role_policy.jobs-worker_function_permissions",
  "aws_lambda_event_source_mapping.jobs-worker_backfill-jobs-mapping",
  "aws_lambda_event_source_mapping.jobs-worker_jobs-mapping",
  "aws_lambda_function.jobs-worker_function",
];

/** Instead of the function. */
const FUNCTION = new Set(COMMON.filter((address) => /\.sync-worker_deliveries[_-]/.test(address)));
const CONTAINER = [
  "aws_cloudwatch_log_group.sync-worker_container_logs",
  "aws_cloudwatch_metric_alarm.sync-worker_container_worker-container-missing",
  "aws_ecs_cluster.sync-worker_container_cluster",
  "aws_ecs_service.sync-worker_container_service",
  "aws_ecs_task_definition.sync-worker_container_task",
  "aws_iam_role.sync-worker_container_role",
  "aws_iam_role.sync-worker_container_start-role",
  "aws_iam_role_policy.sync-worker_container_permissions",
  "aws_iam_role_policy.sync-worker_container_start-permissions",
  "aws_security_group.sync-worker_container_no-doors",
  "aws_vpc_security_group_egress_rule.sync-worker_container_out-443",
];

const variants: readonly [string, object, readonly string[]][] = [
  ["a small store", minimal, [...COMMON, ...MANAGED_STORE]],
  ["a production store, GitHub is read", { ...reading, store: { kind: "managed", size: "production" }, tracing: true }, [...COMMON, ...MANAGED_STORE, ...READING, ...JOBS]],
  ["an existing endpoint", existing, [...COMMON, "aws_sns_topic_subscription.alarms_to-opsexampleorg"]],
  ["a container as the worker, GitHub is read", readingContained, [...COMMON.filter((address) => !FUNCTION.has(address)), ...CONTAINER, ...MANAGED_STORE, ...READING]],
];

("missing" in found ? describe.skip : describe).each(variants)("Terraform, %s", (_, config, resources) => {
  let home = "";
  let terraform: TerraformFolder;

  beforeAll(async () => {
    if ("missing" in found) return;
    home = await mkdtemp(join(tmpdir(), "octally-terraform-"));
    const stackFolder = synthesizeInto(home, config);
    terraform = new TerraformFolder(found, join(home, "terraform"));
    // Nobody is in no account: what keeps others out of a wrong account must not ask.
    await terraform.place(readStack(stackFolder), stackFolder, { ...NOBODY, skip_requesting_account_id: true, allowed_account_ids: null });
    expect(await terraform.init()).toMatchObject({ exitCode: 0 });
  }, 120_000);

  afterAll(() => rm(home, { recursive: true, force: true }));

  test("validates, and plans exactly these resources", async () => {
    expect(await terraform.run("validate")).toMatchObject({ exitCode: 0, output: expect.stringContaining("The configuration is valid.") });
    expect(await terraform.run("plan", "-out=plan")).toMatchObject({ exitCode: 0 });
    const planned = await terraform.planned();
    expect(planned.map(({ address }) => address).toSorted()).toEqual(resources.toSorted());
    expect(new Set(planned.flatMap(({ actions }) => actions))).toEqual(new Set(["create"]));
  }, 180_000);
});
