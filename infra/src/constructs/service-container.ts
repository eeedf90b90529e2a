import { EcsCluster } from "@cdktf/provider-aws/lib/ecs-cluster/index.js";
import { EcsService } from "@cdktf/provider-aws/lib/ecs-service/index.js";
import { EcsTaskDefinition } from "@cdktf/provider-aws/lib/ecs-task-definition/index.js";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy/index.js";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role/index.js";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group/index.js";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule/index.js";
import { Construct } from "constructs";
import type { ContainerConfig } from "../container-config.ts";
import type { Deployment } from "../deployment.ts";
import { policyOf, trustPolicyOf, type Statement } from "../policy.ts";
import type { AlarmTopic, Metric } from "./alarm-topic.ts";
import { allowPull } from "./image-pull.ts";
import { LogGroup } from "./log-group.ts";

export type ContainerProps = {
  /** With the deployment's name before it the service's name. */
  readonly service: string;
  readonly container: ContainerConfig;
  /** The TCP ports that it may reach; nothing reaches it. */
  readonly ports: readonly number[];
  /** Names, URLs and limits. Secrets are named by `…_PARAMETER` and read at start-up. */
  readonly environment: Readonly<Record<string, string>>;
  /** All that the code in it may do. Its logs and its image are the business of another role, which the code never has. */
  readonly permissions: readonly Statement[];
  readonly alarms: AlarmTopic;
};

/** The base image's user without rights (`node`). */
const NOBODY_SPECIAL = "1000:1000";
/** After SIGTERM the worker finishes what is in hand, 25 s at most. */
const STOP_SECONDS = 60;

/** A process that runs for long, on Fargate: no door in, a role with only what it uses, nothing to write on, its own logs, its alarm. */
export class ServiceContainer extends Construct {
  readonly name: string;
  readonly roleArn: string;
  readonly logs: LogGroup;

  constructor(scope: Construct, id: string, deployment: Deployment, { service, container, ports, environment, permissions, alarms }: ContainerProps) {
    super(scope, id);
    this.name = `${deployment.name}-${service}`;
    const logs = new LogGroup(this, "logs", deployment, `/aws/ecs/${this.name}`);
    this.logs = logs;
    const forTasks = trustPolicyOf({ Service: "ecs-tasks.amazonaws.com" }, { StringEquals: { "aws:SourceAccount": deployment.account } });

    const role = new IamRole(this, "role", { name: this.name, assumeRolePolicy: forTasks });
    this.roleArn = role.arn;
    const mayWork = new IamRolePolicy(this, "permissions", { name: "permissions", role: role.name, policy: policyOf(permissions) });
    const start = new IamRole(this, "start-role", { name: `${this.name}-start`, assumeRolePolicy: forTasks });
    const mayStart = new IamRolePolicy(this, "start-permissions", { name: "permissions", role: start.name, policy: policyOf([logs.allowWrite(), ...allowPull(container.image)]) });

    const task = new EcsTaskDefinition(this, "task", {
      family: this.name,
      requiresCompatibilities: ["FARGATE"],
      networkMode: "awsvpc",
      runtimePlatform: { operatingSystemFamily: "LINUX", cpuArchitecture: "ARM64" },
      cpu: String(container.cpu),
      memory: String(container.memoryMegabytes),
      executionRoleArn: start.arn,
      taskRoleArn: role.arn,
      containerDefinitions: JSON.stringify([
        {
          name: service,
          image: container.image,
          essential: true,
          user: NOBODY_SPECIAL,
          readonlyRootFilesystem: true,
          linuxParameters: { capabilities: { drop: ["ALL"] } },
          stopTimeout: STOP_SECONDS,
          environment: Object.entries({ AWS_REGION: deployment.region, ...environment }).map(([name, value]) => ({ name, value })),
          logConfiguration: { logDriver: "awslogs", options: { "awslogs-group": logs.name, "awslogs-region": deployment.region, "awslogs-stream-prefix": service } },
        },
      ]),
      dependsOn: [logs.resource, mayWork, mayStart],
    });
    const cluster = new EcsCluster(this, "cluster", { name: this.name, setting: [{ name: "containerInsights", value: "disabled" }] });
    new EcsService(this, "service", {
      name: this.name,
      cluster: cluster.arn,
      taskDefinition: task.arn,
      desiredCount: container.tasks,
      launchType: "FARGATE",
      // A new one runs before an old one ends.
      deploymentMinimumHealthyPercent: 100,
      deploymentMaximumPercent: 200,
      // What does not come up is taken back, and Terraform says so instead of "Apply complete!".
      deploymentCircuitBreaker: { enable: true, rollback: true },
      waitForSteadyState: true,
      timeouts: { create: "10m", update: "10m" },
      networkConfiguration: { subnets: [...container.subnets], securityGroups: [this.closeDoors(container.vpc, ports)], assignPublicIp: container.publicIp },
      enableExecuteCommand: false,
      propagateTags: "SERVICE",
    });
    this.watch(alarms, container.tasks);
  }

  metric(name: "CPUUtilization" | "MemoryUtilization", statistic: Metric["statistic"]): Metric {
    return { namespace: "AWS/ECS", name, dimensions: { ClusterName: this.name, ServiceName: this.name }, statistic };
  }

  /** Without any rule for what comes in, nothing does. */
  private closeDoors(vpc: string, ports: readonly number[]): string {
    const group = new SecurityGroup(this, "no-doors", { name: this.name, description: "Nothing comes in.", vpcId: vpc });
    for (const port of ports) {
      new VpcSecurityGroupEgressRule(this, `out-${port}`, { securityGroupId: group.id, description: "TLS", ipProtocol: "tcp", fromPort: port, toPort: port, cidrIpv4: "0.0.0.0/0" });
    }
    return group.id;
  }

  /** Each running task sends one sample a minute: their number is that of the tasks, without the price of Container Insights. */
  private watch(alarms: AlarmTopic, tasks: number): void {
    alarms.watch(this, "worker-container-missing", {
      runbook: "worker-container",
      says: `${this.name} runs fewer tasks than the ${tasks} it should.`,
      metric: this.metric("CPUUtilization", "SampleCount"),
      when: "at-most",
      threshold: tasks - 1,
      periodSeconds: 60,
      periods: 5,
      // None at all send nothing.
      silenceRings: true,
    });
  }
}
