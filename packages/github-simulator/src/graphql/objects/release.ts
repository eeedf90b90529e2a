/** Releases and their assets, deployments and their statuses. */
import type * as E from "../../world/entities.ts";
import { connection, type PageArgs } from "../connection.ts";
import { globalId } from "../global-ids.ts";
import { account, dateTime, enumName, type Fields, markdownOrNull, maybeDateTime, userOnly } from "../resolver.ts";
import { repositoryPath } from "../urls.ts";
import { AssetOf } from "../views.ts";
import { neverReacted, users } from "./parts.ts";

export function latestRelease(releases: readonly E.Release[]): E.Release | null {
  return releases.filter(({ draft, prerelease }) => !draft && !prerelease).reduce<E.Release | null>((best, one) => (best === null || (one.publishedAt ?? 0) >= (best.publishedAt ?? 0) ? one : best), null);
}

function releasePath({ repository, tagName }: E.Release): string {
  return `${repositoryPath(repository)}/releases/tag/${tagName}`;
}

const MENTION = /(?<![\w`])@([A-Za-z0-9-]+)/g;

export const release: Fields<E.Release> = {
  ...neverReacted<E.Release>(),
  id: ({ id, repository, createdAt }, _, context) => globalId(context, "Release", repository.id, id, createdAt),
  databaseId: ({ id }) => id,
  name: ({ name }) => name,
  tagName: ({ tagName }) => tagName,
  description: ({ body }) => body,
  descriptionHTML: ({ body }) => markdownOrNull(body),
  shortDescriptionHTML: ({ body }) => markdownOrNull(body),
  author: ({ author }) => userOnly(author),
  isDraft: ({ draft }) => draft,
  isPrerelease: ({ prerelease }) => prerelease,
  isLatest: (source) => latestRelease(source.repository.releases) === source,
  createdAt: ({ createdAt }) => dateTime(createdAt),
  publishedAt: ({ publishedAt }) => maybeDateTime(publishedAt),
  updatedAt: ({ updatedAt }) => dateTime(updatedAt),
  repository: ({ repository }) => repository,
  tag: ({ repository: { tags }, tagName }) => tags.find(({ name }) => name === tagName) ?? null,
  tagCommit: ({ repository: { tags }, tagName }) => tags.find(({ name }) => name === tagName)?.commit ?? null,
  mentions: ({ body }, args: PageArgs, context, info) => {
    const found = [...(body ?? "").matchAll(MENTION)].flatMap(([, login = ""]) => context.world.accountsByLogin.get(login.toLowerCase()) ?? []);
    return users([...new Set(found)].filter((one): one is E.User => one.type !== "Organization"), args, context, info);
  },
  releaseAssets: (source, args: PageArgs & { readonly name?: string | null }, context, info) =>
    connection({ items: source.assets, filter: ({ name }) => args.name === undefined || args.name === null || name === args.name, id: ({ id }) => id, node: (asset) => new AssetOf(asset, source) }, args, context, info),
  resourcePath: (source) => releasePath(source),
  url: (source, _, { urls }) => urls.url(releasePath(source)),
};

function downloadPath({ asset, release: of }: AssetOf): string {
  return `${repositoryPath(of.repository)}/releases/download/${of.tagName}/${encodeURIComponent(asset.name)}`;
}

export const releaseAsset: Fields<AssetOf> = {
  id: ({ asset: { id, createdAt }, release: { repository } }, _, context) => globalId(context, "ReleaseAsset", repository.id, id, createdAt),
  name: ({ asset }) => asset.name,
  contentType: ({ asset }) => asset.contentType,
  size: ({ asset }) => asset.sizeBytes,
  downloadCount: ({ asset }) => asset.downloads,
  createdAt: ({ asset }) => dateTime(asset.createdAt),
  updatedAt: ({ asset }) => dateTime(asset.updatedAt),
  uploadedBy: ({ asset: { uploader } }, _, { world }) => userOnly(uploader) ?? world.ghost,
  release: (source) => source.release,
  downloadUrl: (source, _, { urls }) => urls.url(downloadPath(source)),
  url: (source, _, { urls }) => urls.url(downloadPath(source)),
};

export const deployment: Fields<E.Deployment> = {
  id: ({ id, repository, createdAt }, _, context) => globalId(context, "Deployment", repository.id, id, createdAt),
  databaseId: ({ id }) => id,
  commit: ({ sha }, _, { world }) => world.commits.get(sha) ?? null,
  commitOid: ({ sha }) => sha,
  createdAt: ({ createdAt }) => dateTime(createdAt),
  updatedAt: ({ updatedAt }) => dateTime(updatedAt),
  creator: ({ creator }, _, { world }) => account(creator) ?? world.ghost,
  description: ({ description }) => description,
  environment: ({ environment }) => environment,
  latestEnvironment: ({ environment }) => environment,
  originalEnvironment: ({ environment }) => environment,
  payload: () => null,
  task: ({ task }) => task,
  ref: ({ repository: { branches, tags }, ref }) => branches.find(({ name }) => name === ref) ?? tags.find(({ name }) => name === ref) ?? null,
  repository: ({ repository }) => repository,
  /** A deployment that succeeded is ACTIVE until a later one of its environment replaces it. */
  state: ({ statuses }) => {
    const state = statuses.at(-1)?.state;
    return state === undefined ? "PENDING" : state === "success" ? "ACTIVE" : enumName(state);
  },
  latestStatus: ({ statuses }) => statuses.at(-1) ?? null,
  statuses: ({ statuses }, args: PageArgs, context, info) => connection({ items: statuses, id: ({ id }) => id, descending: true }, args, context, info),
};

export const deploymentStatus: Fields<E.DeploymentStatus> = {
  id: ({ id, deployment: { repository }, createdAt }, _, context) => globalId(context, "DeploymentStatus", repository.id, id, createdAt),
  state: ({ state }) => enumName(state),
  creator: ({ creator }, _, { world }) => account(creator) ?? world.ghost,
  deployment: (source) => source.deployment,
  description: ({ description }) => description,
  environment: (source) => source.deployment.environment,
  environmentUrl: ({ environmentUrl }) => environmentUrl,
  logUrl: ({ logUrl }) => logUrl,
  createdAt: ({ createdAt }) => dateTime(createdAt),
  updatedAt: ({ updatedAt }) => dateTime(updatedAt),
};
