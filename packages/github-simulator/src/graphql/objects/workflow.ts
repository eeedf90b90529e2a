/** Workflows, their runs, and apps. */
import type * as E from "../../world/entities.ts";
import { connection, emptyConnection, type PageArgs } from "../connection.ts";
import { globalId } from "../global-ids.ts";
import { ListIndex } from "../list-index.ts";
import { dateTime, enumName, type Fields } from "../resolver.ts";
import { repositoryPath } from "../urls.ts";

const runsOfWorkflow = new ListIndex<E.WorkflowRun, E.Workflow>(({ workflow: of }) => of);

export const workflowRun: Fields<E.WorkflowRun> = {
  id: ({ id, repository, createdAt }, _, context) => globalId(context, "WorkflowRun", repository.id, id, createdAt),
  databaseId: ({ id }) => id,
  checkSuite: ({ checkSuite: suite }) => suite,
  createdAt: ({ createdAt }) => dateTime(createdAt),
  updatedAt: ({ updatedAt }) => dateTime(updatedAt),
  event: ({ event }) => event,
  runNumber: ({ runNumber }) => runNumber,
  workflow: (source) => source.workflow,
  file: () => null,
  deploymentReviews: emptyConnection,
  pendingDeploymentRequests: emptyConnection,
  resourcePath: ({ repository, id }) => `${repositoryPath(repository)}/actions/runs/${id}`,
  url: ({ repository, id }, _, { urls }) => urls.url(`${repositoryPath(repository)}/actions/runs/${id}`),
};

function workflowPath({ repository, path }: E.Workflow): string {
  return `${repositoryPath(repository)}/actions/workflows/${path.split("/").at(-1) ?? path}`;
}

export const workflow: Fields<E.Workflow> = {
  id: ({ id, repository, createdAt }, _, context) => globalId(context, "Workflow", repository.id, id, createdAt),
  databaseId: ({ id }) => id,
  name: ({ name }) => name,
  state: ({ state }) => enumName(state),
  createdAt: ({ createdAt }) => dateTime(createdAt),
  updatedAt: ({ updatedAt }) => dateTime(updatedAt),
  runs: (source, args: PageArgs & { readonly orderBy?: { readonly direction: string } | null }, context, info) => connection({ items: runsOfWorkflow.all(source.repository.workflowRuns, source), id: ({ id }) => id, key: ({ createdAt }) => createdAt, descending: args.orderBy?.direction !== "ASC" }, args, context, info),
  resourcePath: (source) => workflowPath(source),
  url: (source, _, { urls }) => urls.url(workflowPath(source)),
};

export const app: Fields<E.App> = {
  id: ({ id, createdAt }, _, context) => globalId(context, "App", 0, id, createdAt),
  databaseId: ({ id }) => id,
  clientId: () => null,
  createdAt: ({ createdAt }) => dateTime(createdAt),
  updatedAt: ({ createdAt }) => dateTime(createdAt),
  description: () => "",
  logoBackgroundColor: () => "ffffff",
  logoUrl: ({ id }, { size }: { readonly size?: number | null }) => `https://avatars.githubusercontent.com/in/${id}?${size === undefined || size === null ? "" : `s=${size}&`}v=4`,
  name: ({ name }) => name,
  slug: ({ slug }) => slug,
  url: ({ slug }, _, { urls }) => urls.url(`/apps/${slug}`),
  ipAllowListEntries: emptyConnection,
};
