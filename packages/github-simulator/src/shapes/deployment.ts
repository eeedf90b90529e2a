import type { Deployment, DeploymentStatus } from "../world/entities.ts";
import { toUser } from "./account.ts";
import { toPerformingApp } from "./app.ts";
import { iso, type Json, repoApi, type Shaping } from "./shaping.ts";

export function toDeployment(s: Shaping, deployment: Deployment): Json {
  const url = `${repoApi(s, deployment.repository)}/deployments/${deployment.id}`;
  return {
    url,
    id: deployment.id,
    node_id: s.nodeId("Deployment", deployment.repository.id, deployment.id),
    task: deployment.task,
    original_environment: deployment.environment,
    environment: deployment.environment,
    description: deployment.description,
    created_at: iso(deployment.createdAt),
    updated_at: iso(deployment.updatedAt),
    statuses_url: `${url}/statuses`,
    repository_url: repoApi(s, deployment.repository),
    creator: toUser(s, deployment.creator),
    sha: deployment.sha,
    ref: deployment.ref,
    payload: {},
    transient_environment: deployment.transient,
    production_environment: deployment.production,
    performed_via_github_app: toPerformingApp(s, deployment.creator),
  };
}

export function toDeploymentStatus(s: Shaping, status: DeploymentStatus): Json {
  const { deployment } = status;
  const api = repoApi(s, deployment.repository);
  const url = `${api}/deployments/${deployment.id}`;
  return {
    url: `${url}/statuses/${status.id}`,
    id: status.id,
    node_id: s.nodeId("DeploymentStatus", deployment.repository.id, status.id),
    state: status.state,
    creator: toUser(s, status.creator),
    description: status.description,
    environment: deployment.environment,
    target_url: status.logUrl ?? "",
    created_at: iso(status.createdAt),
    updated_at: iso(status.updatedAt),
    deployment_url: url,
    repository_url: api,
    environment_url: status.environmentUrl ?? "",
    log_url: status.logUrl ?? "",
    performed_via_github_app: toPerformingApp(s, status.creator),
  };
}
