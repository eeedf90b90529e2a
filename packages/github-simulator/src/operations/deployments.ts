/** Deployments and what became of them. */
import { NONE } from "../world/entities.ts";
import type * as E from "../world/entities.ts";
import type { World } from "../world/world.ts";
import { freshId } from "./first-ids.ts";
import { touch } from "./touch.ts";

type NewDeployment = { readonly actor: E.User } & Pick<E.Deployment, "repository" | "sha" | "ref" | "environment"> & Partial<Pick<E.Deployment, "task" | "description" | "transient" | "production">>;

export function createDeployment(world: World, { actor, repository, sha, ref, environment, task = "deploy", description = null, transient = false, production = environment === "production" }: NewDeployment): E.Deployment {
  const now = world.now();
  const deployment: E.Deployment = { id: freshId(world, "deployment"), repository, sha, ref, task, environment, description, creator: actor, transient, production, statuses: NONE, createdAt: now, updatedAt: now };
  world.journal.push(repository, "deployments", deployment);
  world.register("Deployment", deployment.id, deployment);
  world.emit({ at: now, actor, event: "deployment", action: "created", repository, deployment });
  return deployment;
}

type NewStatus = { readonly actor: E.User } & Pick<E.DeploymentStatus, "deployment" | "state"> & Partial<Pick<E.DeploymentStatus, "description" | "environmentUrl" | "logUrl">>;

/** A success makes the earlier one of that environment inactive, of which no webhook tells. */
export function setDeploymentStatus(world: World, { actor, deployment, state, description = "", environmentUrl = null, logUrl = null }: NewStatus): E.DeploymentStatus {
  const { repository } = deployment;
  const status = addStatus(world, { deployment, state, creator: actor, description, environmentUrl, logUrl });
  if (state !== "inactive") world.emit({ at: world.now(), actor, event: "deployment_status", action: "created", repository, status });
  if (state !== "success" || deployment.transient) return status;
  const former = repository.deployments.findLast((other) => other !== deployment && other.environment === deployment.environment && !other.transient && other.statuses.at(-1)?.state === "success");
  if (former !== undefined) addStatus(world, { deployment: former, state: "inactive", creator: actor, description: "", environmentUrl: null, logUrl: null });
  return status;
}

function addStatus(world: World, what: Omit<E.DeploymentStatus, "id" | "createdAt" | "updatedAt">): E.DeploymentStatus {
  const now = world.now();
  const status: E.DeploymentStatus = { id: freshId(world, "deploymentStatus"), ...what, createdAt: now, updatedAt: now };
  world.journal.push(what.deployment, "statuses", status);
  world.register("DeploymentStatus", status.id, status);
  touch(world, what.deployment);
  return status;
}
