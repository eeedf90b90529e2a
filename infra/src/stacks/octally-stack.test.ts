import { createHash } from "node:crypto";
import { readFileSync, globSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { list, rules, statements, type Rule } from "../../test/rules.ts";
import { all, broken, contained, existing, inFolder, minimal, one, reading, readingContained, stackOf, synthesizeInto, variants, type Resource, type Stack } from "../../test/stack-json.ts";

const stack = stackOf(minimal);

describe.each(variants)("the stack: %s", (_, config, options) => {
  const variant = stackOf(config, options);

  test.each(Object.entries(rules))("%s", (_name, rule) => {
    expect(rule(variant)).toEqual([]);
  });
});

test("the same configuration gives the same bytes, in seconds", () => {
  const digest = (): Record<string, string> =>
    inFolder((folder) => {
      const out = synthesizeInto(folder, minimal);
      const files = globSync("**/*", { cwd: out, withFileTypes: true }).filter((entry) => entry.isFile());
      return Object.fromEntries(files.map((entry) => [join(entry.parentPath, entry.name).slice(out.length), createHash("sha256").update(readFileSync(join(entry.parentPath, entry.name))).digest("hex")]));
    });
  const startedAt = performance.now();
  const first = digest();
  expect(performance.now() - startedAt).toBeLessThan(5000);
  expect(Object.keys(first)).toHaveLength(3);
  expect(digest()).toEqual(first);
});

/** Each rule must be able to fail: one thing is broken, and the rule names it. */
describe("a stack is refused", () => {
  const containerOf = (change: (container: Resource) => void) => (copy: Stack) => {
    const task = one(copy, "aws_ecs_task_definition");
    const [container] = JSON.parse(task["container_definitions"]);
    change(container);
    task["container_definitions"] = JSON.stringify([container]);
  };
  const policyOf = (copy: Stack, word: string): { policy: { Statement: { Action: string[]; Resource: string[] }[] }; save: () => void } => {
    const resource = one(copy, "aws_iam_role_policy", word);
    const policy = JSON.parse(resource["policy"]);
    return { policy, save: () => void (resource["policy"] = JSON.stringify(policy)) };
  };
  const withStatement = (word: string, Action: string | string[], Resource: string | string[]) => (copy: Stack) => {
    const { policy, save } = policyOf(copy, word);
    policy.Statement.push({ Effect: "Allow", Action, Resource } as never);
    save();
  };
  const environmentOf = (copy: Stack): Record<string, string> => one(copy, "aws_lambda_function", "webhook-intake")["environment"].variables;

  const cases: readonly [string, Rule, (copy: Stack) => void, string][] = [
    ["with a wildcard action", rules.wildcards, withStatement("webhook-intake", "sqs:*", "arn:aws:sqs:us-east-1:123456789012:octally-deliveries"), "allows sqs:*"],
    ["with a wildcard resource", rules.wildcards, withStatement("webhook-intake", ["sqs:SendMessage"], "*"), "allows sqs:SendMessage on *"],
    ["with a wildcard of the list, for another action", rules.wildcards, withStatement("webhook-intake", "s3:DeleteObject", "arn:aws:s3:::octally-archive/claims/*"), "allows s3:DeleteObject"],
    ["whose worker may all that the store's administrator may", rules.wildcards, withStatement("sync-worker", "es:ESHttpPut", "arn:aws:es:us-east-1:123456789012:domain/octally/*"), "allows es:ESHttpPut"],
    ["that allows everything but something", rules.wildcards, (copy) => {
      const { policy, save } = policyOf(copy, "webhook-intake");
      policy.Statement.push({ Effect: "Allow", NotAction: "iam:*", Resource: [] } as never);
      save();
    }, "NotAction"],
    ["with an open store", rules.wildcards, (copy) => {
      const policy = one(copy, "aws_opensearch_domain_policy");
      policy["access_policies"] = JSON.stringify({ Statement: [{ Effect: "Allow", Principal: { AWS: "*" }, Action: "es:ESHttpGet", Resource: "arn:aws:es:us-east-1:123456789012:domain/octally/octally-*" }] });
    }, "lets everybody in"],
    ["with one of AWS's own policies", rules.wildcards, (copy) => void (copy.resource["aws_iam_role_policy_attachment"] = { x: { policy_arn: "arn:aws:iam::aws:policy/AmazonSQSFullAccess" } }), "gives a policy"],

    ["with a queue without dead-letter queue", rules.queues, (copy) => void delete one(copy, "aws_sqs_queue", "deliveries_queue")["redrive_policy"], "has no dead-letter queue"],
    ["with a queue without alarm", rules.queues, (copy) => void delete copy.resource["aws_cloudwatch_metric_alarm"]![all(copy, "aws_cloudwatch_metric_alarm").find(([id]) => id.includes("deliveries-oldest"))![0]], "has no alarm on ApproximateAgeOfOldestMessage"],
    ["with a dead-letter queue whose alarm rings nowhere", rules.queues, (copy) => void (one(copy, "aws_cloudwatch_metric_alarm", "deliveries-dead-letter")["alarm_actions"] = []), "has no alarm on ApproximateNumberOfMessagesVisible"],
    ["with a queue in the clear", rules.queues, (copy) => void (one(copy, "aws_sqs_queue", "sync-jobs_queue")["sqs_managed_sse_enabled"] = false), "is not encrypted"],
    ["with a queue without TLS", rules.queues, (copy) => void delete one(copy, "aws_sqs_queue", "sync-jobs_queue")["policy"], "without TLS"],
    ["with a queue that forgets early", rules.queues, (copy) => void (one(copy, "aws_sqs_queue", "sync-jobs_queue")["message_retention_seconds"] = 345_600), "14 days"],

    ["whose messages come back too soon", rules.mappings, (copy) => void (one(copy, "aws_sqs_queue", "deliveries_queue")["visibility_timeout_seconds"] = 359), "359 s, less than 6 times the time-out of 60 s"],
    ["whose function was given more time", rules.mappings, (copy) => void (one(copy, "aws_lambda_function", "sync-worker")["timeout"] = 61), "time-out of 61 s"],
    ["without partial failures", rules.mappings, (copy) => void delete one(copy, "aws_lambda_event_source_mapping")["function_response_types"], "fails its whole batch"],
    ["with unbounded concurrency", rules.mappings, (copy) => void delete one(copy, "aws_lambda_event_source_mapping")["scaling_config"], "has no bound"],
    ["with a large batch and no window", rules.mappings, (copy) => void (one(copy, "aws_lambda_event_source_mapping")["maximum_batching_window_in_seconds"] = 0), "needs a window"],

    ["with a public bucket", rules.buckets, (copy) => void (one(copy, "aws_s3_bucket_public_access_block")["block_public_policy"] = false), "may be public: block_public_policy"],
    ["with a bucket that nothing keeps private", rules.buckets, (copy) => void delete copy.resource["aws_s3_bucket_public_access_block"], "may be public: restrict_public_buckets"],
    ["with a bucket in the clear", rules.buckets, (copy) => void delete copy.resource["aws_s3_bucket_server_side_encryption_configuration"], "is not encrypted"],
    ["with a bucket without versions", rules.buckets, (copy) => void (one(copy, "aws_s3_bucket_versioning")["versioning_configuration"].status = "Suspended"), "is not versioned"],
    ["with a bucket without TLS", rules.buckets, (copy) => void delete copy.resource["aws_s3_bucket_policy"], "without TLS"],

    ["with logs that never end", rules.logGroups, (copy) => void delete one(copy, "aws_cloudwatch_log_group", "webhook-intake_api")["retention_in_days"], "for ever"],
    ["with logs that are kept for 0 days, which means for ever", rules.logGroups, (copy) => void (one(copy, "aws_cloudwatch_log_group", "webhook-intake_api")["retention_in_days"] = 0), "for ever"],
    ["with a function that makes its own log group", rules.logGroups, (copy) => void (one(copy, "aws_cloudwatch_log_group", "sync-worker")["name"] = "/aws/lambda/other"), "would make one"],

    ["with a secret in the environment", rules.secrets, (copy) => void (environmentOf(copy)["GITHUB_WEBHOOK_SECRET"] = "hunter2"), "GITHUB_WEBHOOK_SECRET is no name of a parameter"],
    ["with a secret where its name should be", rules.secrets, (copy) => void (environmentOf(copy)["GITHUB_WEBHOOK_SECRET_PARAMETER"] = "hunter2"), "is no name of a parameter"],
    ["with a secret under an innocent name", rules.secrets, (copy) => void (environmentOf(copy)["LOG_LEVEL"] = "f".repeat(64)), "LOG_LEVEL looks like a secret"],
    ["with GitHub's token in an output", rules.secrets, (copy) => void (copy.output!["next"] = { value: `use ghp_${"a1".repeat(18)}` }), "output.next.value looks like a secret"],
    ["that makes a parameter, and so knows its value", rules.secrets, (copy) => void (copy.resource["aws_ssm_parameter"] = { x: { value: "hunter2" } }), "in Terraform's state"],

    ["whose archive can be destroyed", rules.dataStays, (copy) => void delete one(copy, "aws_s3_bucket")["lifecycle"], "can be destroyed"],
    ["whose archive can be destroyed while it is full", rules.dataStays, (copy) => void (one(copy, "aws_s3_bucket")["force_destroy"] = true), "with what is in it"],
    ["whose store can be destroyed", rules.dataStays, (copy) => void (one(copy, "aws_opensearch_domain")["lifecycle"].prevent_destroy = false), "can be destroyed"],

    ["with a function without bound", rules.functions, (copy) => void delete one(copy, "aws_lambda_function", "webhook-intake")["reserved_concurrent_executions"], "any number of times"],
    ["with a shared role", rules.functions, (copy) => void (one(copy, "aws_lambda_function", "webhook-intake")["role"] = one(copy, "aws_lambda_function", "sync-worker")["role"]), "shares its role"],
    ["with a function whose errors nobody hears of", rules.functions, (copy) => void (one(copy, "aws_cloudwatch_metric_alarm", "webhook-intake-errors")["actions_enabled"] = false), "has no alarm on Errors"],
    ["with an API without throttle", rules.api, (copy) => void delete one(copy, "aws_apigatewayv2_stage")["default_route_settings"], "has no throttle"],
    ["with another open route", rules.api, (copy) => void (one(copy, "aws_apigatewayv2_route")["route_key"] = "$default"), "open to the world: $default"],
    ["with a way past the throttle", rules.api, (copy) => void (copy.resource["aws_lambda_function_url"] = { x: {} }), "past the throttle"],
    ["with a store in the clear", rules.domains, (copy) => void (one(copy, "aws_opensearch_domain")["encrypt_at_rest"].enabled = false), "is not encrypted"],
    ["with a store without TLS", rules.domains, (copy) => void (one(copy, "aws_opensearch_domain")["domain_endpoint_options"].enforce_https = false), "without TLS"],
    ["with a store without access control", rules.domains, (copy) => void (one(copy, "aws_opensearch_domain")["advanced_security_options"].enabled = false), "access control"],
    ["with a store that fills unseen", rules.domains, (copy) => void delete copy.resource["aws_cloudwatch_metric_alarm"]![all(copy, "aws_cloudwatch_metric_alarm").find(([id]) => id.includes("store-filling"))![0]], "has no alarm on FreeStorageSpace"],
    ["with an alarm that does not say what to do", rules.runbooks, (copy) => void (one(copy, "aws_cloudwatch_metric_alarm", "intake-5xx")["alarm_description"] = "Oh no."), "has no page"],
  ];

  /** Of the stack with a container. */
  const containerCases: typeof cases = [
    ["whose container may all with the queue", rules.wildcards, withStatement("container_permissions", "sqs:*", "arn:aws:sqs:us-east-1:123456789012:octally-deliveries"), "allows sqs:*"],
    ["whose container is started by a role that may read any image", rules.wildcards, withStatement("container_start-permissions", "ecr:BatchGetImage", "*"), "allows ecr:BatchGetImage on *"],
    ["whose container's logs never end", rules.logGroups, (copy) => void delete one(copy, "aws_cloudwatch_log_group", "container")["retention_in_days"], "for ever"],
    ["whose container writes into another log group", rules.logGroups, containerOf((container) => void (container["logConfiguration"].options["awslogs-group"] = "/ecs/other")), "no log group of this stack"],
    ["with a secret in a container's environment", rules.secrets, containerOf((container) => container["environment"].push({ name: "GITHUB_TOKEN", value: "hunter2" })), "GITHUB_TOKEN is no name of a parameter"],
    ["with a secret under an innocent name in a container", rules.secrets, containerOf((container) => container["environment"].push({ name: "LOG_LEVEL", value: "f".repeat(64) })), "looks like a secret"],
    ["that has ECS put a secret into the environment", rules.secrets, containerOf((container) => void (container["secrets"] = [{ name: "GITHUB_TOKEN", valueFrom: "/octally/token" }])), "the value of GITHUB_TOKEN would stand in the environment"],
    ["whose container is root by the image's word", rules.containers, containerOf((container) => void delete container["user"]), "may run as root"],
    ["whose container is root", rules.containers, containerOf((container) => void (container["user"] = "0:0")), "may run as root"],
    ["whose container can write on its root", rules.containers, containerOf((container) => void delete container["readonlyRootFilesystem"]), "can write on its root"],
    ["whose container keeps the kernel's rights", rules.containers, containerOf((container) => void delete container["linuxParameters"]), "rights of the kernel"],
    ["whose container is whatever is latest", rules.containers, containerOf((container) => void (container["image"] = "ghcr.io/octo/worker:latest")), "does not say which image"],
    ["whose container is on another processor", rules.containers, (copy) => void (one(copy, "aws_ecs_task_definition")["runtime_platform"].cpu_architecture = "X86_64"), "is not on arm64"],
    ["whose container's code may also start it", rules.containers, (copy) => void (one(copy, "aws_ecs_task_definition")["execution_role_arn"] = one(copy, "aws_ecs_task_definition")["task_role_arn"]), "the role that starts it"],
    ["that tries a broken container for ever", rules.containers, (copy) => void delete one(copy, "aws_ecs_service")["deployment_circuit_breaker"], "for ever"],
    ["that lets people into the container", rules.containers, (copy) => void (one(copy, "aws_ecs_service")["enable_execute_command"] = true), "lets people in"],
    ["with more tasks than the alarm knows of", rules.containers, (copy) => void (one(copy, "aws_ecs_service")["desired_count"] = 2), "no alarm on fewer tasks than 2"],
    ["whose alarm takes silence for health", rules.containers, (copy) => void (one(copy, "aws_cloudwatch_metric_alarm", "worker-container-missing")["treat_missing_data"] = "notBreaching"), "no alarm on fewer tasks"],
    ["with a door into the container", rules.containers, (copy) => void (copy.resource["aws_vpc_security_group_ingress_rule"] = { x: {} }), "lets something in"],
    ["with a door in the group itself", rules.containers, (copy) => void (one(copy, "aws_security_group")["ingress"] = [{ from_port: 22 }]), "lets something in"],
    ["with a container and a function on the same queue", rules.consumers, withStatement("webhook-intake", "sqs:ReceiveMessage", "arn:aws:sqs:us-east-1:123456789012:octally-deliveries"), "octally-deliveries has two consumers"],
    ["whose container's alarm does not say what to do", rules.runbooks, (copy) => void (one(copy, "aws_cloudwatch_metric_alarm", "worker-container-missing")["alarm_description"] = "Oh no."), "has no page"],
  ];
  const withContainer = stackOf(contained);

  /** Of the stack that reads GitHub. */
  const readingCases: typeof cases = [
    ["whose jobs may drop the queue", rules.wildcards, withStatement("jobs-worker", "sqs:*", "arn:aws:sqs:us-east-1:123456789012:octally-backfill-jobs"), "allows sqs:*"],
    ["whose checker may delete in the store", rules.wildcards, withStatement("integrity-checker_function", "es:ESHttpDelete", "arn:aws:es:us-east-1:123456789012:domain/octally/octally-*"), "allows es:ESHttpDelete"],
    ["whose jobs' queue loses what cannot be done", rules.queues, (copy) => void delete one(copy, "aws_sqs_queue", "backfill-jobs_queue")["redrive_policy"], "has no dead-letter queue"],
    ["whose jobs come back too soon", rules.mappings, (copy) => void (one(copy, "aws_sqs_queue", "backfill-jobs_queue")["visibility_timeout_seconds"] = 900), "900 s, less than 6 times the time-out of 180 s"],
    ["whose queues call the jobs more often than these may run", rules.mappings, (copy) => void (one(copy, "aws_lambda_function", "jobs-worker")["reserved_concurrent_executions"] = 3), "is called 4 times at once by its queues, and may run 3 times"],
    ["with GitHub's token in the environment", rules.secrets, (copy) => void (one(copy, "aws_lambda_function", "integrity-checker")["environment"].variables["GITHUB_TOKEN"] = "hunter2"), "GITHUB_TOKEN is no name of a parameter"],
    ["with an App's key where its name should be", rules.secrets, (copy) => void (one(copy, "aws_lambda_function", "jobs-worker")["environment"].variables["GITHUB_APP_PRIVATE_KEY_PARAMETER"] = "-----BEGIN RSA PRIVATE KEY-----"), "GITHUB_APP_PRIVATE_KEY_PARAMETER is no name of a parameter"],
    ["whose jobs and checks are one role", rules.functions, (copy) => void (one(copy, "aws_lambda_function", "jobs-worker")["role"] = one(copy, "aws_lambda_function", "integrity-checker")["role"]), "shares its role"],
    ["with a discovery that may begin a load twice", rules.functions, (copy) => void delete one(copy, "aws_lambda_function", "discovery")["reserved_concurrent_executions"], "any number of times"],
    ["with an alarm on a figure that nobody makes", rules.figures, (copy) => void (one(copy, "aws_cloudwatch_log_metric_filter", "stuck")["metric_transformation"].name = "Stucked"), "nothing makes the metric Stuck"],
    ["with a figure that is read where nobody writes", rules.figures, (copy) => void (one(copy, "aws_cloudwatch_log_metric_filter", "overdue")["log_group_name"] = "/aws/lambda/other"), "reads a log group that is not of this stack"],
    ["with a figure that has no value", rules.figures, (copy) => void (one(copy, "aws_cloudwatch_log_metric_filter", "github-budget")["metric_transformation"].value = "github_budget_left_percent"), "nothing makes the metric GitHubBudgetLeftPercent"],
    ["with a figure that is made twice", rules.figures, (copy) => void (copy.resource["aws_cloudwatch_log_metric_filter"]!["x"] = one(copy, "aws_cloudwatch_log_metric_filter", "stuck")), "the metric Stuck is made twice"],
    ["with a schedule that may call anything", rules.schedules, withStatement("integrity-checker_canary", "lambda:InvokeFunction", "arn:aws:lambda:us-east-1:123456789012:function:other"), "may do something else than call octally-integrity-checker"],
    ["with a schedule that calls another function", rules.schedules, (copy) => void (one(copy, "aws_scheduler_schedule", "integrity-checker_counts")["target"].arn = one(copy, "aws_scheduler_schedule", "discovery_new")["target"].arn), "may do something else than call octally-discovery"],
    ["with a schedule for everybody", rules.schedules, (copy) => void (one(copy, "aws_iam_role", "discovery_new")["assume_role_policy"] = JSON.stringify({ Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "scheduler.amazonaws.com" } }] })), "could be used from another account"],
    ["with a schedule that tries for a day", rules.schedules, (copy) => void delete one(copy, "aws_scheduler_schedule", "discovery_new")["target"].retry_policy, "tries for a day"],
    ["with a schedule for nothing", rules.schedules, (copy) => void delete one(copy, "aws_scheduler_schedule", "discovery_new")["target"].input, "does not say what for"],
  ];
  const whichReads = stackOf(reading);

  test.each([...cases.map((each) => [stack, ...each] as const), ...containerCases.map((each) => [withContainer, ...each] as const), ...readingCases.map((each) => [whichReads, ...each] as const)].map(([whole, name, ...rest]) => [name, whole, ...rest] as const))("%s", (_, whole, rule, change, says) => {
    const found = rule(broken(whole, change));
    expect(found.length).toBeGreaterThan(0);
    expect(found.join("\n")).toContain(says);
  });

  test("by every rule", () => {
    const covered = new Set([...cases, ...containerCases, ...readingCases].map(([, rule]) => rule));
    expect(Object.entries(rules).filter(([, rule]) => !covered.has(rule))).toEqual([]);
  });
});

describe("what each role may do, in full", () => {
  const permissions = (from: Stack, word: string): string[] =>
    statements(from)
      .filter(({ where }) => where.startsWith("aws_iam_role_policy.") && where.includes(word))
      .flatMap(({ statement }) => list(statement.Action).flatMap((action) => list(statement.Resource).map((resource) => `${action} ${resource.replace(/^arn:aws:[^:]*:[^:]*:[^:]*:/, "")}`)))
      .toSorted();

  test("webhook-intake", () => {
    expect(permissions(stack, "webhook-intake")).toEqual([
      "logs:CreateLogStream log-group:/aws/lambda/octally-webhook-intake:*",
      "logs:PutLogEvents log-group:/aws/lambda/octally-webhook-intake:*",
      "s3:PutObject octally-archive-123456789012-us-east-1/claims/*",
      "sqs:SendMessage octally-deliveries",
      "ssm:GetParameter parameter/octally/github-webhook-secret",
    ]);
  });

  const worker = [
    "logs:CreateLogStream log-group:/aws/lambda/octally-sync-worker:*",
    "logs:PutLogEvents log-group:/aws/lambda/octally-sync-worker:*",
    "s3:GetObject octally-archive-123456789012-us-east-1/claims/*",
    "s3:ListBucket octally-archive-123456789012-us-east-1",
    "s3:PutObject octally-archive-123456789012-us-east-1/deliveries/*",
    "sqs:ChangeMessageVisibility octally-deliveries",
    "sqs:DeleteMessage octally-deliveries",
    "sqs:GetQueueAttributes octally-deliveries",
    "sqs:ReceiveMessage octally-deliveries",
    "sqs:SendMessage octally-deliveries-dead-letters",
    "sqs:SendMessage octally-sync-jobs",
  ];

  test("sync-worker, into a domain", () => {
    const paths = ["_aliases", "_bulk", "_index_template/octally-*", "_mget", "octally-*"];
    const store = ["Get", "Post", "Put"].flatMap((method) => paths.map((path) => `es:ESHttp${method} domain/octally/${path}`));
    expect(permissions(stack, "sync-worker")).toEqual([...worker, ...store].toSorted());
  });

  test("sync-worker, into an OpenSearch with a password", () => {
    expect(permissions(stackOf(existing), "sync-worker")).toEqual([...worker, "ssm:GetParameter parameter/octally/opensearch"].toSorted());
  });
});

describe("where GitHub is read", () => {
  const whichReads = stackOf(reading);
  const permissions = (from: Stack, word: string): string[] =>
    statements(from)
      .filter(({ where }) => where.startsWith("aws_iam_role_policy.") && where.includes(word))
      .flatMap(({ statement }) => list(statement.Action).flatMap((action) => list(statement.Resource).map((resource) => `${action} ${resource.replace(/^arn:aws:[^:]*:[^:]*:[^:]*:/, "")}`)))
      .toSorted();
  const logsOf = (name: string): string[] => ["CreateLogStream", "PutLogEvents"].map((action) => `logs:${action} log-group:/aws/lambda/octally-${name}:*`);
  const store = ["Get", "Post", "Put"].flatMap((method) => ["_aliases", "_bulk", "_index_template/octally-*", "_mget", "octally-*"].map((path) => `es:ESHttp${method} domain/octally/${path}`));
  const scroll = ["es:ESHttpDelete domain/octally/_search/scroll", "es:ESHttpPost domain/octally/_search/scroll"];
  const consume = (queue: string): string[] => ["ChangeMessageVisibility", "DeleteMessage", "GetQueueAttributes", "ReceiveMessage"].map((action) => `sqs:${action} octally-${queue}`);
  const send = (...queues: readonly string[]): string[] => queues.map((queue) => `sqs:SendMessage octally-${queue}`);
  const token = "ssm:GetParameter parameter/octally/github-token";
  const jobs = [...consume("sync-jobs"), ...consume("backfill-jobs"), ...send("sync-jobs", "backfill-jobs", "deliveries", "sync-jobs-dead-letters"), "s3:PutObject octally-archive-123456789012-us-east-1/claims/*", token];

  test("the jobs may, in full", () => {
    expect(permissions(whichReads, "jobs-worker_function")).toEqual([...logsOf("jobs-worker"), ...jobs, ...store, ...scroll].toSorted());
  });

  test("the discovery may, in full: it knows no secret of GitHub's", () => {
    expect(permissions(whichReads, "discovery_function")).toEqual([...logsOf("discovery"), ...send("backfill-jobs"), ...store, ...scroll].toSorted());
  });

  test("the checks may, in full: they take nothing off a queue", () => {
    expect(permissions(whichReads, "integrity-checker_function")).toEqual([...logsOf("integrity-checker"), "sqs:GetQueueAttributes octally-deliveries", "sqs:GetQueueAttributes octally-sync-jobs", ...send("sync-jobs"), ...store, token].toSorted());
  });

  test("the intake and the worker of deliveries may what they may without it", () => {
    for (const word of ["webhook-intake", "sync-worker_deliveries"]) expect(permissions(whichReads, word)).toEqual(permissions(stack, word));
  });

  test("the domain lets in each of these, and those who scroll to scroll", () => {
    const admitted = (from: Stack): [string, string][] => (JSON.parse(one(from, "aws_opensearch_domain_policy")["access_policies"]) as { Statement: { Principal: { AWS: string | string[] }; Resource: string[] }[] }).Statement.map(({ Principal, Resource }) => [[Principal.AWS].flat().map((arn) => /\{aws_iam_role\.(.+)_role_/.exec(arn)?.[1] ?? "administrator").join(), Resource[0]!.split("/").slice(2).join("/")]);
    expect(admitted(whichReads)).toEqual([
      ["administrator", "*"],
      ["sync-worker_deliveries,jobs-worker_function,discovery_function,integrity-checker_function", "_bulk"],
      ["jobs-worker_function,discovery_function", "_search/scroll"],
    ]);
    expect(admitted(stackOf(readingContained)).map(([who]) => who)).toEqual(["administrator", "sync-worker_container,discovery_function,integrity-checker_function", "sync-worker_container,discovery_function"]);
    expect(JSON.parse(String(whichReads.output!["store_writer_roles"]!.value))).toHaveLength(4);
  });

  test("a container does the jobs as well: no function and no mapping is left, and it may what both may", () => {
    const container = stackOf(readingContained);
    expect(all(container, "aws_lambda_function").map(([, each]) => String(each["function_name"])).toSorted()).toEqual(["octally-discovery", "octally-integrity-checker", "octally-webhook-intake"]);
    expect(container.resource["aws_lambda_event_source_mapping"]).toBeUndefined();
    const both = [...permissions(whichReads, "sync-worker_deliveries"), ...permissions(whichReads, "jobs-worker_function")].filter((each) => !each.startsWith("logs:"));
    expect(permissions(container, "container_permissions")).toEqual([...new Set(both)].toSorted());
    const environment = Object.keys(one(whichReads, "aws_lambda_function", "jobs-worker")["environment"].variables).filter((name) => name !== "NODE_OPTIONS");
    expect(JSON.parse(one(container, "aws_ecs_task_definition")["container_definitions"])[0].environment.map(({ name }: { name: string }) => name)).toEqual(expect.arrayContaining(environment));
    expect(one(container, "aws_cloudwatch_log_metric_filter", "github-budget")["log_group_name"]).toBe("/aws/ecs/octally-worker-container");
  });

  test("everything is called for by a schedule, in UTC", () => {
    expect(all(whichReads, "aws_scheduler_schedule").map(([, { name, schedule_expression: when, target }]) => `${name}: ${when} ${target.input}`).toSorted()).toEqual([
      'octally-check-audit: cron(20 3 * * ? *) {"checks":["audit"]}',
      'octally-check-canary: rate(5 minutes) {"checks":["canary"]}',
      'octally-check-counts: cron(7 * * * ? *) {"checks":["counts"]}',
      'octally-check-deliveries: cron(37 * * * ? *) {"checks":["deliveries"]}',
      'octally-check-references: cron(50 4 * * ? *) {"checks":["references"]}',
      'octally-list-repositories: cron(40 2 * * ? *) {"look":"all"}',
      'octally-look-for-new: rate(15 minutes) {"look":"new"}',
    ]);
  });

  test("what is chosen arrives: the App, its server, how much is checked, when an alarm rings", () => {
    const chosen = stackOf({ ...minimal, github: { sources: ["a", "b/c"], app: { id: "12345", privateKeyParameter: "/key" }, apiUrl: "https://github.example.org/api/v3" }, jobs: { concurrency: 3 }, checks: { auditDays: 7, mostRepairs: 20, completenessPercent: 99.9 } });
    const environmentOf = (word: string): Record<string, string> => one(chosen, "aws_lambda_function", word)["environment"].variables;
    const github = { GITHUB_API_URL: "https://github.example.org/api/v3", GITHUB_APP_ID: "12345", GITHUB_APP_PRIVATE_KEY_PARAMETER: "/key" };
    expect(environmentOf("jobs-worker")).toMatchObject(github);
    expect(environmentOf("jobs-worker")).not.toHaveProperty("GITHUB_TOKEN_PARAMETER");
    expect(environmentOf("integrity-checker")).toMatchObject({ ...github, OCTALLY_SOURCES: "a,b/c", OCTALLY_AUDIT_DAYS: "7", OCTALLY_MOST_REPAIRS: "20" });
    expect(environmentOf("discovery")).toMatchObject({ OCTALLY_SOURCES: "a,b/c" });
    expect(permissions(chosen, "jobs-worker_function")).toContain("ssm:GetParameter parameter/key");
    expect(one(chosen, "aws_lambda_function", "jobs-worker")["reserved_concurrent_executions"]).toBe(6);
    expect(one(chosen, "aws_cloudwatch_metric_alarm", "incomplete")).toMatchObject({ namespace: "octally", metric_name: "OverduePercent", comparison_operator: "GreaterThanThreshold", threshold: 0.1, evaluation_periods: 6, treat_missing_data: "breaching" });
  });

  test("without it there is nothing of all this, and nobody takes the jobs", () => {
    expect(Object.keys(stack.resource).filter((type) => /scheduler|metric_filter/.test(type))).toEqual([]);
    expect(all(stack, "aws_sqs_queue").map(([, queue]) => queue["name"]).filter((name) => name.includes("backfill"))).toEqual([]);
    expect(all(stack, "aws_lambda_event_source_mapping")).toHaveLength(1);
    expect(JSON.stringify(stack.output)).not.toContain("backfill");
  });
});

describe("a container as the worker", () => {
  const withContainer = stackOf(contained);
  const containerIn = (from: Stack): Resource => JSON.parse(one(from, "aws_ecs_task_definition")["container_definitions"])[0];
  const allowed = (from: Stack, word: string): readonly unknown[] =>
    statements(from).filter(({ where, statement }) => where.startsWith("aws_iam_role_policy.") && where.includes(word) && list(statement.Action).every((action) => !action.startsWith("logs:"))).map(({ statement }) => statement);

  test("without one in the configuration, nothing of Fargate is made", () => {
    expect(Object.keys(stack.resource).filter((type) => /ecs|security_group/.test(type))).toEqual([]);
  });

  test("takes the function's place: the queue has no mapping, the store lets its role in", () => {
    expect(all(withContainer, "aws_lambda_function").map(([, each]) => each["function_name"])).toEqual(["octally-webhook-intake"]);
    expect(withContainer.resource["aws_lambda_event_source_mapping"]).toBeUndefined();
    expect(one(withContainer, "aws_opensearch_domain_policy")["access_policies"]).toContain("aws_iam_role.sync-worker_container_role");
    expect(withContainer.output!["store_writer_roles"]!.value).toContain("aws_iam_role.sync-worker_container_role");
  });

  test("may exactly what the function may", () => {
    expect(allowed(withContainer, "container_permissions")).toEqual(allowed(stack, "sync-worker"));
    expect(allowed(withContainer, "container_permissions").length).toBeGreaterThan(5);
    // Not even its logs: they are written by what starts it.
    expect(statements(withContainer).filter(({ where }) => where.includes("container_permissions")).flatMap(({ statement }) => list(statement.Action)).filter((action) => action.startsWith("logs:"))).toEqual([]);
  });

  test("is started by a role that may read its one image and write its logs", () => {
    expect(allowed(withContainer, "container_start-permissions")).toEqual([
      { Effect: "Allow", Action: ["ecr:GetAuthorizationToken"], Resource: ["*"] },
      { Effect: "Allow", Action: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"], Resource: ["arn:aws:ecr:us-east-1:123456789012:repository/octally-worker"] },
    ]);
    const elsewhere = stackOf({ ...contained, worker: { container: { ...contained.worker.container, image: "ghcr.io/octo/octally-worker:1" } } });
    expect(allowed(elsewhere, "container_start-permissions")).toEqual([]);
  });

  test("finds in its environment what the function finds, and how many batches it takes", () => {
    const inFunction = one(stack, "aws_lambda_function", "sync-worker")["environment"].variables;
    const { NODE_OPTIONS, ...same } = inFunction;
    const found = Object.fromEntries(containerIn(withContainer)["environment"].map(({ name, value }: { name: string; value: string }) => [name, value]));
    expect(found).toEqual({ ...same, AWS_REGION: "us-east-1", WORKER_CONCURRENCY: "2" });
    expect(NODE_OPTIONS).toBe("--enable-source-maps");
  });

  test("reaches TLS, and the ports of the store and of GitHub where they have others", () => {
    const ports = (config: object): number[] => all(stackOf(config), "aws_vpc_security_group_egress_rule").map(([, rule]) => rule["to_port"]);
    expect(ports(contained)).toEqual([443]);
    expect(ports({ ...existing, worker: contained.worker })).toEqual([443]);
    expect(ports({ ...existing, store: { ...existing.store, endpoint: "https://search.example.org:9200" }, worker: contained.worker })).toEqual([443, 9200]);
    expect(ports({ ...readingContained, github: { ...reading.github, apiUrl: "https://github.example.org:8443/api/v3" } })).toEqual([443, 8443]);
  });

  test("is as large as it was asked for", () => {
    const large = stackOf({ ...contained, worker: { container: { ...contained.worker.container, tasks: 3, cpu: 1024, memoryMegabytes: 4096, concurrency: 8, publicIp: false } } });
    expect(one(large, "aws_ecs_task_definition")).toMatchObject({ cpu: "1024", memory: "4096" });
    expect(one(large, "aws_ecs_service")).toMatchObject({ desired_count: 3, launch_type: "FARGATE", network_configuration: { assign_public_ip: false, subnets: contained.worker.container.subnets } });
    expect(rules.containers(large)).toEqual([]);
  });
});

describe("what may be destroyed", () => {
  const types = (from: Stack): string[] => Object.keys(from.resource).filter((type) => !type.startsWith("aws_s3_bucket_"));

  test("the stack of only the data has the archive, and a managed store with what watches it", () => {
    expect(types(stackOf(existing, { parts: "data" }))).toEqual(["aws_s3_bucket"]);
    const managed = stackOf(minimal, { parts: "data" });
    expect(types(managed).filter((type) => /lambda|sqs|apigateway|dashboard/.test(type))).toEqual([]);
    expect(managed.resource["aws_opensearch_domain"]).toEqual(stack.resource["aws_opensearch_domain"]);
    expect(managed.resource["aws_s3_bucket"]).toEqual(stack.resource["aws_s3_bucket"]);
  });

  test("without protection, the archive and the store with all that is in them", () => {
    const unprotected = stackOf(minimal, { parts: "data", protection: false });
    expect(one(unprotected, "aws_s3_bucket")).toMatchObject({ force_destroy: true, lifecycle: { prevent_destroy: false } });
    expect(one(unprotected, "aws_opensearch_domain")["lifecycle"]).toEqual({ prevent_destroy: false });
  });
});

test("no secret of the environment gets into the stack", () => {
  const canaries = { GITHUB_WEBHOOK_SECRET: "canary-webhook", GITHUB_TOKEN: "canary-token", GITHUB_APP_PRIVATE_KEY: "canary-key", AWS_SECRET_ACCESS_KEY: "canary-aws", OPENSEARCH_URL: "https://canary-user:canary-password@example.org" };
  const before = { ...process.env };
  Object.assign(process.env, canaries);
  try {
    expect(JSON.stringify(stackOf(minimal))).not.toContain("canary");
  } finally {
    for (const name of Object.keys(canaries)) delete process.env[name];
    Object.assign(process.env, before);
  }
});

test("nothing of the machine gets into the stack", () => {
  expect(JSON.stringify(stack)).not.toMatch(/"\/(home|tmp|root|Users|opt)\//);
});

test("a new account, which can reserve nothing, still has the throttle", () => {
  const small = stackOf({ ...minimal, reserveConcurrency: false });
  expect(all(small, "aws_lambda_function").map(([, each]) => each["reserved_concurrent_executions"])).toEqual([undefined, undefined]);
  expect(rules.api(small)).toEqual([]);
});

test("a domain of another region is signed for where it is", () => {
  const domain = (region: string): object => ({ ...minimal, store: { kind: "existing", endpoint: "https://search.example.org", domainArn: `arn:aws:es:${region}:123456789012:domain/search` } });
  const environmentOf = (config: object): Record<string, string> => one(stackOf(config), "aws_lambda_function", "sync-worker")["environment"].variables;
  expect(environmentOf(domain("eu-west-1"))).toMatchObject({ OPENSEARCH_SIGNING_SERVICE: "es", OPENSEARCH_SIGNING_REGION: "eu-west-1" });
  expect(environmentOf(domain("us-east-1"))).not.toHaveProperty("OPENSEARCH_SIGNING_REGION");
});
