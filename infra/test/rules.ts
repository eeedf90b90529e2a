/** What must hold of every stack, each a function from the synthesised JSON to what is wrong with it. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { all, referred, type Resource, type Stack } from "./stack-json.ts";

export type Rule = (stack: Stack) => string[];

/** The wildcards that there may be. The part before them is matched as it is. */
const WILDCARDS: readonly { readonly type: string; readonly resource: RegExp; readonly actions: RegExp; readonly because: string }[] = [
  { type: "aws_iam_role_policy", resource: /:log-group:\/aws\/(lambda|ecs)\/[\w-]+:\*$/, actions: /^logs:(CreateLogStream|PutLogEvents)$/, because: "streams have no narrower name" },
  { type: "aws_cloudwatch_log_resource_policy", resource: /:log-group:\/aws\/opensearch\/[\w-]+:\*$/, actions: /^logs:(CreateLogStream|PutLogEvents)$/, because: "streams have no narrower name" },
  { type: "aws_iam_role_policy", resource: /^\*$/, actions: /^xray:Put(TraceSegments|TelemetryRecords)$/, because: "X-Ray knows no resources" },
  { type: "aws_iam_role_policy", resource: /^\*$/, actions: /^ecr:GetAuthorizationToken$/, because: "a registry's token knows no resources" },
  { type: "aws_iam_role_policy", resource: /^arn:aws:s3:::[\w-]+\/(claims|deliveries)\/\*$/, actions: /^s3:(GetObject|PutObject)$/, because: "a prefix of the archive" },
  { type: "aws_iam_role_policy", resource: /:domain\/[\w-]+\/(_index_template\/)?octally-\*$/, actions: /^es:ESHttp(Get|Post|Put)$/, because: "the indices of Octally" },
  { type: "aws_opensearch_domain_policy", resource: /:domain\/[\w-]+\/(_index_template\/)?octally-\*$/, actions: /^es:ESHttp(Get|Post|Put)$/, because: "the indices of Octally" },
  { type: "aws_iam_role_policy", resource: /:domain\/[\w-]+\/\*$/, actions: /^es:ESHttp/, because: "the administrator of the store" },
  { type: "aws_opensearch_domain_policy", resource: /:domain\/[\w-]+\/\*$/, actions: /^es:ESHttp/, because: "the administrator of the store" },
];
/** Those of them that only the store's administrator has. */
const ADMINISTRATORS = /:domain\/[\w-]+\/\*$/;

const POLICY_KEYS = ["policy", "assume_role_policy", "access_policies", "policy_document"];

type PolicyStatement = { Effect: string; Action?: string | string[]; Resource?: string | string[]; Principal?: unknown; NotAction?: unknown; NotResource?: unknown; NotPrincipal?: unknown; Condition?: Record<string, Record<string, string>> };
type Found = { readonly where: string; readonly type: string; readonly statement: PolicyStatement };

export function statements(stack: Stack): readonly Found[] {
  return Object.entries(stack.resource).flatMap(([type, byId]) =>
    Object.entries(byId).flatMap(([id, resource]) =>
      POLICY_KEYS.flatMap((key) => {
        if (typeof resource[key] !== "string") return [];
        const { Statement } = JSON.parse(resource[key]) as { Statement: PolicyStatement[] };
        return Statement.map((statement) => ({ where: `${type}.${id}`, type, statement }));
      }),
    ),
  );
}

export function list(value: string | string[] | undefined): readonly string[] {
  return value === undefined ? [] : [value].flat();
}

export const wildcards: Rule = (stack) => {
  const wrong = statements(stack).flatMap(({ where, type, statement }) => {
    if (statement.Effect !== "Allow") return [];
    const actions = list(statement.Action);
    const negations = (["NotAction", "NotResource", "NotPrincipal"] as const).filter((key) => statement[key] !== undefined).map((key) => `${where} allows by ${key}`);
    const open = JSON.stringify(statement.Principal ?? "").includes('"*"') ? [`${where} lets everybody in`] : [];
    const wideActions = actions.filter((action) => /[*?]/.test(action)).map((action) => `${where} allows ${action}`);
    const wideResources = list(statement.Resource)
      .filter((resource) => /[*?]/.test(resource))
      .filter((resource) => !WILDCARDS.some((entry) => entry.type === type && entry.resource.test(resource) && actions.every((action) => entry.actions.test(action)) && (!ADMINISTRATORS.test(resource) || isAdministrators(where, statement))))
      .map((resource) => `${where} allows ${actions.join(", ")} on ${resource}`);
    return [...negations, ...open, ...wideActions, ...wideResources];
  });
  const attached = ["aws_iam_role_policy_attachment", "aws_iam_policy_attachment"].flatMap((type) => all(stack, type).map(([id]) => `${type}.${id} gives a policy that is not written here`));
  const managed = all(stack, "aws_iam_role").filter(([, role]) => role["managed_policy_arns"] !== undefined).map(([id]) => `aws_iam_role.${id} has a policy that is not written here`);
  return [...wrong, ...attached, ...managed];
};

function isAdministrators(where: string, { Principal }: PolicyStatement): boolean {
  return where.includes("administrator") || JSON.stringify(Principal ?? "").includes("aws_iam_role.store_administrator_");
}

export const queues: Rule = (stack) => {
  const found = all(stack, "aws_sqs_queue");
  const targets = new Set(found.flatMap(([, queue]) => (queue["redrive_policy"] === undefined ? [] : [referred(stack, JSON.parse(queue["redrive_policy"]).deadLetterTargetArn)])));
  return found.flatMap(([id, queue]) => {
    const isTarget = targets.has(queue);
    const metric = isTarget ? "ApproximateNumberOfMessagesVisible" : "ApproximateAgeOfOldestMessage";
    return [
      ...(isTarget || queue["redrive_policy"] !== undefined ? [] : [`aws_sqs_queue.${id} has no dead-letter queue`]),
      ...(isWatched(stack, metric, { QueueName: queue["name"] }) ? [] : [`aws_sqs_queue.${id} has no alarm on ${metric}`]),
      ...(queue["sqs_managed_sse_enabled"] === true ? [] : [`aws_sqs_queue.${id} is not encrypted`]),
      ...(refusesPlainHttp(queue["policy"]) ? [] : [`aws_sqs_queue.${id} can be reached without TLS`]),
      ...(queue["message_retention_seconds"] === 1_209_600 ? [] : [`aws_sqs_queue.${id} does not keep messages for 14 days`]),
    ];
  });
};

function refusesPlainHttp(policy: unknown): boolean {
  if (typeof policy !== "string") return false;
  const { Statement } = JSON.parse(policy) as { Statement: PolicyStatement[] };
  return Statement.some(({ Effect, Principal, Condition }) => Effect === "Deny" && Principal === "*" && Condition?.["Bool"]?.["aws:SecureTransport"] === "false");
}

function isWatched(stack: Stack, metric: string, dimensions: Readonly<Record<string, string>>): boolean {
  return all(stack, "aws_cloudwatch_metric_alarm").some(
    ([, alarm]) => alarm["metric_name"] === metric && isDeepStrictEqual(alarm["dimensions"], dimensions) && (alarm["alarm_actions"] ?? []).length > 0 && alarm["actions_enabled"] !== false,
  );
}

export const mappings: Rule = (stack) => [
  ...all(stack, "aws_lambda_event_source_mapping").flatMap(([id, mapping]) => {
    const visibility: number = referred(stack, mapping["event_source_arn"])?.["visibility_timeout_seconds"] ?? 30;
    const timeout: number = referred(stack, mapping["function_name"])?.["timeout"] ?? 3;
    const window: number = mapping["maximum_batching_window_in_seconds"] ?? 0;
    return [
      ...(visibility >= 6 * timeout ? [] : [`aws_lambda_event_source_mapping.${id}: messages are hidden for ${visibility} s, less than 6 times the time-out of ${timeout} s`]),
      ...((mapping["function_response_types"] ?? []).includes("ReportBatchItemFailures") ? [] : [`aws_lambda_event_source_mapping.${id}: one failed message fails its whole batch`]),
      ...(mapping["scaling_config"]?.maximum_concurrency > 0 ? [] : [`aws_lambda_event_source_mapping.${id}: its concurrency has no bound`]),
      ...(mapping["batch_size"] <= 10 || window >= 1 ? [] : [`aws_lambda_event_source_mapping.${id}: a batch over 10 needs a window`]),
    ];
  }),
  // More pollers than calls would be throttled, and each throttle counts as a failed attempt of its messages.
  ...all(stack, "aws_lambda_function").flatMap(([id, { reserved_concurrent_executions: reserved }]) => {
    const mine = all(stack, "aws_lambda_event_source_mapping").filter(([, mapping]) => mapping["function_name"] === `\${aws_lambda_function.${id}.function_name}`);
    const wanted = mine.reduce((sum, [, mapping]) => sum + (mapping["scaling_config"]?.maximum_concurrency ?? 0), 0);
    return reserved > 0 && wanted > reserved ? [`aws_lambda_function.${id} is called ${wanted} times at once by its queues, and may run ${reserved} times`] : [];
  }),
];

export const buckets: Rule = (stack) =>
  all(stack, "aws_s3_bucket").flatMap(([id]) => {
    const its = (type: string): Resource | undefined => all(stack, type).find(([, part]) => part["bucket"] === `\${aws_s3_bucket.${id}.bucket}`)?.[1];
    const block = its("aws_s3_bucket_public_access_block") ?? {};
    const open = ["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"].filter((key) => block[key] !== true);
    const encryption = its("aws_s3_bucket_server_side_encryption_configuration")?.["rule"]?.[0]?.apply_server_side_encryption_by_default?.sse_algorithm;
    return [
      ...open.map((key) => `aws_s3_bucket.${id} may be public: ${key}`),
      ...(["AES256", "aws:kms"].includes(encryption) ? [] : [`aws_s3_bucket.${id} is not encrypted`]),
      ...(its("aws_s3_bucket_versioning")?.["versioning_configuration"]?.status === "Enabled" ? [] : [`aws_s3_bucket.${id} is not versioned`]),
      ...(refusesPlainHttp(its("aws_s3_bucket_policy")?.["policy"]) ? [] : [`aws_s3_bucket.${id} can be reached without TLS`]),
    ];
  });

export const logGroups: Rule = (stack) => {
  const groups = all(stack, "aws_cloudwatch_log_group");
  const names = new Set(groups.map(([, group]) => group["name"]));
  return [
    ...groups.filter(([, group]) => !(group["retention_in_days"] > 0)).map(([id]) => `aws_cloudwatch_log_group.${id} keeps its lines for ever`),
    ...all(stack, "aws_lambda_function").filter(([, { function_name: name }]) => !names.has(`/aws/lambda/${name}`)).map(([id]) => `aws_lambda_function.${id} has no log group and would make one that keeps its lines for ever`),
    ...containersOf(stack).filter(({ container }) => !names.has(container["logConfiguration"]?.options?.["awslogs-group"])).map(({ where }) => `${where} has no log group of this stack`),
  ];
};

const SECRET_NAME = /SECRET|TOKEN|PASSWORD|PRIVATE_KEY|CREDENTIALS/;
/** Keys of GitHub and AWS, private keys, and long runs of hex or base64, as secrets look. */
const SECRET_VALUE = /gh[pousr]_\w{20,}|github_pat_\w{20,}|AKIA[0-9A-Z]{16}|-----BEGIN|\b[0-9a-f]{32,}\b|[\w+/]{40,}={0,2}/;
/** What looks like one and is none: hashes of code and of images, and names with their paths. */
const NO_SECRET = new Set(["source_code_hash", "filename", "uniqueId", "path", "image"]);

export const secrets: Rule = (stack) => {
  const kept = ["aws_ssm_parameter", "aws_secretsmanager_secret_version"].flatMap((type) => all(stack, type).map(([id]) => `${type}.${id} would keep its value in Terraform's state`));
  const inFunctions = all(stack, "aws_lambda_function").flatMap(([id, each]) => noNames(`aws_lambda_function.${id}`, Object.entries(each["environment"]?.variables ?? {})));
  const inContainers = containersOf(stack).flatMap(({ where, container }) => [
    ...noNames(where, (container["environment"] ?? []).map(({ name, value }: { name: string; value: string }) => [name, value])),
    // ECS would read the parameter, and put its value into the environment.
    ...(container["secrets"] ?? []).map(({ name }: { name: string }) => `${where}: the value of ${name} would stand in the environment`),
  ]);
  return [...kept, ...inFunctions, ...inContainers, ...suspicious(stack)];
};

function noNames(where: string, environment: readonly [string, string][]): string[] {
  return environment.filter(([name, value]) => SECRET_NAME.test(name) && !(name.endsWith("_PARAMETER") && value.startsWith("/"))).map(([name]) => `${where}: ${name} is no name of a parameter`);
}

function suspicious(value: unknown, path: readonly string[] = []): string[] {
  if (typeof value === "string") {
    // References and addresses are made of words; a secret is not.
    const text = value.replaceAll(/\$\{[^}]*\}|arn:[\w:/.*-]+|https:\/\/\S+|\/aws\/[\w/-]+/g, "");
    return SECRET_VALUE.test(text) ? [`${path.join(".")} looks like a secret`] : [];
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => (NO_SECRET.has(key) ? [] : suspicious(key === "container_definitions" ? JSON.parse(member) : member, [...path, key])));
}

/** Also one that a later service might bring. */
const HOLDS_DATA = ["aws_s3_bucket", "aws_opensearch_domain", "aws_dynamodb_table", "aws_db_instance", "aws_rds_cluster", "aws_efs_file_system"];

export const dataStays: Rule = (stack) =>
  HOLDS_DATA.flatMap((type) =>
    all(stack, type).flatMap(([id, resource]) => [
      ...(resource["lifecycle"]?.prevent_destroy === true ? [] : [`${type}.${id} can be destroyed`]),
      ...(resource["force_destroy"] === true ? [`${type}.${id} can be destroyed with what is in it`] : []),
    ]),
  );

export const functions: Rule = (stack) => {
  const found = all(stack, "aws_lambda_function");
  return found.flatMap(([id, each]) => [
    ...(each["reserved_concurrent_executions"] > 0 ? [] : [`aws_lambda_function.${id} may run any number of times at once`]),
    ...(found.filter(([, other]) => other["role"] === each["role"]).length === 1 ? [] : [`aws_lambda_function.${id} shares its role`]),
    ...(each["runtime"] === "nodejs22.x" && String(each["architectures"]) === "arm64" ? [] : [`aws_lambda_function.${id} is not nodejs22.x on arm64`]),
    ...["Errors", "Throttles"].filter((metric) => !isWatched(stack, metric, { FunctionName: each["function_name"] })).map((metric) => `aws_lambda_function.${id} has no alarm on ${metric}`),
  ]);
};

function containersOf(stack: Stack): readonly { readonly where: string; readonly container: Resource }[] {
  return all(stack, "aws_ecs_task_definition").flatMap(([id, task]) => (JSON.parse(task["container_definitions"]) as Resource[]).map((container) => ({ where: `aws_ecs_task_definition.${id}`, container })));
}

export const containers: Rule = (stack) => [
  ...containersOf(stack).flatMap(({ where, container }) => [
    ...(/^[1-9]\d*(:[1-9]\d*)?$/.test(container["user"] ?? "") ? [] : [`${where} may run as root`]),
    ...(container["readonlyRootFilesystem"] === true ? [] : [`${where} can write on its root`]),
    ...(String(container["linuxParameters"]?.capabilities?.drop) === "ALL" && container["privileged"] !== true ? [] : [`${where} has rights of the kernel`]),
    ...(/(:(?!latest$)[\w.-]+|@sha256:[0-9a-f]{64})$/.test(container["image"]) ? [] : [`${where} does not say which image`]),
  ]),
  ...all(stack, "aws_ecs_task_definition").flatMap(([id, task]) => [
    ...(task["runtime_platform"]?.cpu_architecture === "ARM64" ? [] : [`aws_ecs_task_definition.${id} is not on arm64`]),
    ...(task["task_role_arn"] !== undefined && task["task_role_arn"] !== task["execution_role_arn"] ? [] : [`aws_ecs_task_definition.${id}: its code has the role that starts it`]),
  ]),
  ...all(stack, "aws_ecs_service").flatMap(([id, service]) => [
    ...(service["deployment_circuit_breaker"]?.enable === true ? [] : [`aws_ecs_service.${id} tries for ever what does not come up`]),
    ...(service["enable_execute_command"] === true ? [`aws_ecs_service.${id} lets people in`] : []),
    ...(isMissed(stack, service) ? [] : [`aws_ecs_service.${id} has no alarm on fewer tasks than ${service["desired_count"]}`]),
  ]),
  ...all(stack, "aws_security_group").filter(([, group]) => group["ingress"] !== undefined).map(([id]) => `aws_security_group.${id} lets something in`),
  ...all(stack, "aws_vpc_security_group_ingress_rule").map(([id]) => `aws_vpc_security_group_ingress_rule.${id} lets something in`),
  ...all(stack, "aws_security_group_rule").filter(([, rule]) => rule["type"] === "ingress").map(([id]) => `aws_security_group_rule.${id} lets something in`),
];

/** Each task sends one sample a minute, none at all send nothing. */
function isMissed(stack: Stack, { name, desired_count: tasks }: Resource): boolean {
  return all(stack, "aws_cloudwatch_metric_alarm").some(
    ([, alarm]) =>
      isDeepStrictEqual(alarm["dimensions"], { ClusterName: name, ServiceName: name }) &&
      alarm["statistic"] === "SampleCount" &&
      alarm["period"] === 60 &&
      alarm["comparison_operator"] === "LessThanOrEqualToThreshold" &&
      alarm["threshold"] === tasks - 1 &&
      alarm["treat_missing_data"] === "breaching" &&
      (alarm["alarm_actions"] ?? []).length > 0,
  );
}

/** Two that take the same messages would each be half as fast as they look, and answer to two alarms. */
export const consumers: Rule = (stack) => {
  const mayReceive = statements(stack).filter(({ type, statement }) => type === "aws_iam_role_policy" && statement.Effect === "Allow" && list(statement.Action).includes("sqs:ReceiveMessage"));
  const taken = mayReceive.flatMap(({ statement }) => list(statement.Resource));
  return taken.filter((queue, index) => taken.indexOf(queue) !== index).map((queue) => `${queue} has two consumers`);
};

export const api: Rule = (stack) => [
  ...all(stack, "aws_apigatewayv2_stage").flatMap(([id, stage]) => [
    ...(stage["default_route_settings"]?.throttling_rate_limit > 0 && stage["default_route_settings"]?.throttling_burst_limit > 0 ? [] : [`aws_apigatewayv2_stage.${id} has no throttle`]),
    ...(stage["access_log_settings"] === undefined ? [`aws_apigatewayv2_stage.${id} has no access log`] : []),
  ]),
  ...all(stack, "aws_apigatewayv2_route").filter(([, route]) => route["route_key"] !== "POST /webhooks/github" && route["authorization_type"] === undefined).map(([id, route]) => `aws_apigatewayv2_route.${id} is open to the world: ${route["route_key"]}`),
  ...all(stack, "aws_lambda_function_url").map(([id]) => `aws_lambda_function_url.${id} goes past the throttle`),
];

export const domains: Rule = (stack) =>
  all(stack, "aws_opensearch_domain").flatMap(([id, domain]) => [
    ...(domain["encrypt_at_rest"]?.enabled === true ? [] : [`aws_opensearch_domain.${id} is not encrypted`]),
    ...(domain["node_to_node_encryption"]?.enabled === true ? [] : [`aws_opensearch_domain.${id}: its nodes talk in the clear`]),
    ...(domain["domain_endpoint_options"]?.enforce_https === true ? [] : [`aws_opensearch_domain.${id} can be reached without TLS`]),
    ...(domain["advanced_security_options"]?.enabled === true && domain["advanced_security_options"].anonymous_auth_enabled === false ? [] : [`aws_opensearch_domain.${id} has no access control of its own`]),
    ...["ClusterStatus.red", "FreeStorageSpace", "ClusterIndexWritesBlocked", "JVMMemoryPressure"]
      .filter((metric) => !isWatched(stack, metric, { DomainName: domain["domain_name"], ClientId: stack.provider.aws[0]?.["allowed_account_ids"][0] }))
      .map((metric) => `aws_opensearch_domain.${id} has no alarm on ${metric}`),
  ]);

/** A metric that is not AWS's own is made of log lines that are written here; else its alarm would never ring. */
export const figures: Rule = (stack) => {
  const groups = new Set(all(stack, "aws_cloudwatch_log_group").map(([, group]) => group["name"]));
  const filters = all(stack, "aws_cloudwatch_log_metric_filter").map(([id, filter]) => ({ id, group: filter["log_group_name"], made: filter["metric_transformation"] }));
  const isMade = ({ namespace, metric_name: name }: Resource): boolean => filters.some(({ group, made }) => groups.has(group) && made.namespace === namespace && made.name === name && /^\$\.\w+$/.test(made.value));
  return [
    ...all(stack, "aws_cloudwatch_metric_alarm").filter(([, alarm]) => !String(alarm["namespace"]).startsWith("AWS/") && !isMade(alarm)).map(([id, alarm]) => `aws_cloudwatch_metric_alarm.${id}: nothing makes the metric ${alarm["metric_name"]}`),
    ...filters.filter(({ group }) => !groups.has(group)).map(({ id }) => `aws_cloudwatch_log_metric_filter.${id} reads a log group that is not of this stack`),
    ...filters.filter(({ made }, index) => filters.findIndex((other) => other.made.name === made.name && other.made.namespace === made.namespace) !== index).map(({ made }) => `the metric ${made.name} is made twice`),
  ];
};

/** What a schedule calls may be called by it, and by nobody of another account; a call that fails is not tried for ever. */
export const schedules: Rule = (stack) =>
  all(stack, "aws_scheduler_schedule").flatMap(([id, { target }]) => {
    const role = referred(stack, target.role_arn);
    const name = referred(stack, target.arn)?.["function_name"];
    const mine = all(stack, "aws_iam_role_policy").filter(([, policy]) => referred(stack, policy["role"]) === role);
    const allowed = mine.flatMap(([, policy]) => (JSON.parse(policy["policy"]) as { Statement: PolicyStatement[] }).Statement);
    const only = allowed.length === 1 && String(list(allowed[0]?.Action)) === "lambda:InvokeFunction" && list(allowed[0]?.Resource).every((resource) => resource.endsWith(`:function:${name}`));
    const fromHere = (JSON.parse(role?.["assume_role_policy"] ?? '{"Statement":[]}') as { Statement: PolicyStatement[] }).Statement.every(({ Condition }) => Condition?.["StringEquals"]?.["aws:SourceAccount"] !== undefined);
    return [
      ...(name !== undefined && only ? [] : [`aws_scheduler_schedule.${id} may do something else than call ${name}`]),
      ...(role !== undefined && fromHere ? [] : [`aws_scheduler_schedule.${id} could be used from another account`]),
      ...(target.retry_policy?.maximum_retry_attempts <= 3 ? [] : [`aws_scheduler_schedule.${id} tries for a day`]),
      ...(target.input !== undefined ? [] : [`aws_scheduler_schedule.${id} does not say what for`]),
    ];
  });

const RUNBOOKS = join(import.meta.dirname, "../../docs/runbooks");

export const runbooks: Rule = (stack) =>
  all(stack, "aws_cloudwatch_metric_alarm").flatMap(([id, alarm]) => {
    const page = /docs\/runbooks\/([\w-]+\.md)$/.exec(alarm["alarm_description"] ?? "")?.[1];
    return page !== undefined && existsSync(join(RUNBOOKS, page)) ? [] : [`aws_cloudwatch_metric_alarm.${id} has no page in docs/runbooks`];
  });

export const rules = { wildcards, queues, mappings, buckets, logGroups, secrets, dataStays, functions, containers, consumers, api, domains, figures, schedules, runbooks } satisfies Record<string, Rule>;
