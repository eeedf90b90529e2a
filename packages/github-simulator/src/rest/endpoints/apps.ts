/** GitHub Apps, their installations and tokens. */
import type * as E from "../../world/entities.ts";
import { PERMISSIONS } from "../../world/viewer.ts";
import { toUser } from "../../shapes/account.ts";
import { toApp } from "../../shapes/app.ts";
import { toListedRepository } from "../../shapes/repository.ts";
import { iso, isoOrNull, type Json } from "../../shapes/shaping.ts";
import { ApiError, notFound } from "../../server/api-error.ts";
import type { Installation, Permissions, RegisteredApp } from "../../server/credentials.ts";
import { created, NO_CONTENT, ok, type Answer, type Call, type Endpoint } from "../call.ts";
import { found, numberIn, onOrganization, organizationNamed, plain, reads } from "../define.ts";
import { page } from "../paging.ts";
import { permissions, visible } from "./users.ts";

export const APPS: readonly Endpoint[] = [
  plain("GET", "/app", "apps/apps#get-the-authenticated-app", (call) => {
    const app = authenticatedApp(call);
    return ok({ ...toWholeApp(call, app), installations_count: installationsOf(call, app).length });
  }),
  plain("GET", "/apps/:slug", "apps/apps#get-an-app", (call) => ok(toWholeApp(call, found(call.services.credentials.app(call.params["slug"] ?? ""))))),
  plain("GET", "/app/installations", "apps/apps#list-installations-for-the-authenticated-app", (call) => page(call, installationsOf(call, authenticatedApp(call)), (installation) => toInstallation(call, installation))),
  plain("GET", "/app/installations/:installation", "apps/apps#get-an-installation-for-the-authenticated-app", (call) => ok(toInstallation(call, installationIn(call)))),
  plain("DELETE", "/app/installations/:installation", "apps/apps#delete-an-installation-for-the-authenticated-app", (call) => {
    call.services.credentials.uninstall(installationIn(call).id);
    return NO_CONTENT;
  }),
  plain("POST", "/app/installations/:installation/access_tokens", "apps/apps#create-an-installation-access-token-for-an-app", accessToken),
  plain("GET", "/orgs/:org/installation", "apps/apps#get-an-organization-installation-for-the-authenticated-app", (call) => ok(toInstallation(call, installationOn(call, organizationNamed(call, call.params["org"] ?? ""))))),
  plain("GET", "/users/:username/installation", "apps/apps#get-a-user-installation-for-the-authenticated-app", (call) => ok(toInstallation(call, installationOn(call, found(call.world.accountsByLogin.get((call.params["username"] ?? "").toLowerCase())))))),
  plain("GET", "/repos/:owner/:repo/installation", "apps/apps#get-a-repository-installation-for-the-authenticated-app", (call) => {
    const repository = found(call.world.repositoriesByName.get(`${call.params["owner"]}/${call.params["repo"]}`.toLowerCase()));
    const installation = installationOn(call, repository.owner);
    if (repository.deleted || (installation.repositories !== null && !installation.repositories.includes(repository))) throw notFound();
    return ok(toInstallation(call, installation));
  }),
  plain("GET", "/installation/repositories", "apps/installations#list-repositories-accessible-to-the-app-installation", (call) => {
    const installation = call.caller.credential?.installation;
    if (installation === null || installation === undefined) throw new ApiError(403, "You must authenticate with an installation access token in order to list repositories for an installation.");
    const granted = visible(call).filter(({ id }) => call.viewer.repositoryIds?.has(id) === true);
    return page(call, granted, (repository) => toListedRepository(call.s, repository, permissions(call, repository)), { wrap: (repositories, total_count) => ({ total_count, repository_selection: selectionOf(installation), repositories }) });
  }),
  plain("DELETE", "/installation/token", "apps/installations#revoke-an-installation-access-token", (call) => {
    const { credential } = call.caller;
    if (credential?.installation === null || credential === null) throw new ApiError(403, "You must authenticate with an installation access token in order to revoke it.");
    call.services.credentials.revoke(credential.token);
    return NO_CONTENT;
  }),
  onOrganization("/installations", "orgs/orgs#list-app-installations-for-an-organization", reads("organization_administration"), "admin", (call, organization) =>
    page(call, call.services.credentials.installations().filter(({ account }) => account === organization), (installation) => toInstallation(call, installation), { wrap: (installations, total_count) => ({ total_count, installations }) })),
];

function authenticatedApp({ caller }: Call): RegisteredApp {
  if (caller.registered === null) throw new ApiError(401, "A JSON web token could not be decoded");
  return caller.registered;
}

function installationsOf(call: Call, registered: RegisteredApp): readonly Installation[] {
  return call.services.credentials.installations().filter((installation) => installation.registered === registered);
}

function installationIn(call: Call): Installation {
  const app = authenticatedApp(call);
  return found(installationsOf(call, app).find(({ id }) => id === numberIn(call, "installation")));
}

function installationOn(call: Call, account: E.Account): Installation {
  return found(installationsOf(call, authenticatedApp(call)).find((installation) => installation.account === account));
}

/** An hour long, for what the installation was granted or the part of it that is asked for. */
function accessToken(call: Call): Answer {
  const installation = installationIn(call);
  if (installation.suspendedAt !== null) throw new ApiError(403, "This installation has been suspended");
  const { input } = call;
  const wanted = narrowed(installation, input["permissions"]);
  const repositories = chosen(call, installation);
  const credential = call.services.credentials.installationToken(installation, wanted, repositories ?? installation.repositories);
  return created({
    token: credential.token,
    expires_at: iso(credential.expiresAt ?? 0),
    permissions: wanted,
    repository_selection: repositories === null ? selectionOf(installation) : "selected",
    ...(repositories === null ? {} : { repositories: repositories.map((repository) => toListedRepository(call.s, repository, null)) }),
  });
}

function narrowed(installation: Installation, asked: unknown): Permissions {
  if (typeof asked !== "object" || asked === null) return { metadata: "read", ...installation.permissions };
  const granted: Permissions = { metadata: "read", ...installation.permissions };
  for (const [name, level] of Object.entries(asked)) {
    const permission = PERMISSIONS.find((one) => one === name);
    const has = permission === undefined ? undefined : granted[permission];
    if (has === undefined || (level === "write" && has !== "write")) throw new ApiError(422, `The permissions requested are not granted to this installation.`);
  }
  return asked;
}

/** `repositories` names them, `repository_ids` numbers them; null: all that the installation has. */
function chosen(call: Call, installation: Installation): readonly E.Repository[] | null {
  const { repositories: names, repository_ids: ids } = call.input;
  if (!Array.isArray(names) && !Array.isArray(ids)) return null;
  const all = installation.repositories ?? [...call.world.repositories.values()].filter(({ owner, deleted }) => owner === installation.account && !deleted);
  const wanted = all.filter(({ name, id }) => (Array.isArray(names) && names.includes(name)) || (Array.isArray(ids) && ids.includes(id)));
  if (wanted.length < (Array.isArray(names) ? names.length : 0) + (Array.isArray(ids) ? ids.length : 0)) throw new ApiError(422, "There is at least one repository that does not exist or is not accessible to the parent installation.");
  return wanted;
}

function selectionOf({ repositories }: Installation): "all" | "selected" {
  return repositories === null ? "all" : "selected";
}

function toWholeApp({ s }: Call, { app, clientId, permissions: granted, events }: RegisteredApp): Json {
  return { ...toApp(s, app), client_id: clientId, permissions: { metadata: "read", ...granted }, events };
}

function toInstallation({ s }: Call, installation: Installation): Json {
  const { account, registered, id } = installation;
  const isOrganization = account.type === "Organization";
  return {
    id,
    client_id: registered.clientId,
    account: toUser(s, account),
    repository_selection: selectionOf(installation),
    access_tokens_url: `${s.base.api}/app/installations/${id}/access_tokens`,
    repositories_url: `${s.base.api}/installation/repositories`,
    html_url: isOrganization ? `${s.base.html}/organizations/${account.login}/settings/installations/${id}` : `${s.base.html}/settings/installations/${id}`,
    app_id: registered.app.id,
    app_slug: registered.app.slug,
    target_id: account.id,
    target_type: isOrganization ? "Organization" : "User",
    permissions: { metadata: "read", ...installation.permissions },
    events: installation.events,
    created_at: iso(installation.createdAt),
    updated_at: iso(installation.createdAt),
    single_file_name: null,
    has_multiple_single_files: false,
    single_file_paths: [],
    suspended_by: null,
    suspended_at: isoOrNull(installation.suspendedAt),
  };
}

