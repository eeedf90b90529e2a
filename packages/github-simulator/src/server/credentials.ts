/** Tokens, GitHub Apps and their installations: who a request comes from and what was granted to it. */
import { hash32, makeDice } from "../faults/dice.ts";
import type * as E from "../world/entities.ts";
import type { Level, Permission, Viewer } from "../world/viewer.ts";
import type { World } from "../world/world.ts";
import { badCredentials } from "./api-error.ts";
import { looksLikeJwt, verifyAppJwt } from "./app-jwt.ts";
import { permissionsOfScopes, seesPrivate } from "./scopes.ts";

export type Permissions = Readonly<Partial<Record<Permission, Level>>>;

export type RegisteredApp = { readonly app: E.App; readonly publicKey: string; readonly permissions: Permissions; readonly events: readonly string[]; readonly clientId: string };

export type Installation = {
  readonly id: number;
  readonly registered: RegisteredApp;
  readonly account: E.Account;
  readonly permissions: Permissions;
  readonly events: readonly string[];
  /** Null: all of the account's, also future ones. */
  readonly repositories: readonly E.Repository[] | null;
  readonly createdAt: E.Millis;
  suspendedAt: E.Millis | null;
};

export type Credential = {
  readonly token: string;
  readonly kind: "classic" | "fine-grained" | "installation";
  readonly viewer: Viewer;
  readonly scopes: readonly string[];
  readonly installation: Installation | null;
  readonly expiresAt: E.Millis | null;
  /** Sees all repositories of the installation's account, whichever these are at the time. */
  readonly followsAccount?: boolean;
};

/** Who asks, with what the answer's headers tell about the credential. */
export type Caller = { readonly viewer: Viewer; readonly credential: Credential | null; readonly registered: RegisteredApp | null };

const HOUR = 3_600_000;

export class Credentials {
  readonly #world: World;
  readonly #dice: () => number;
  readonly #tokens = new Map<string, Credential>();
  readonly #apps = new Map<string, RegisteredApp>();
  readonly #installations = new Map<number, Installation>();
  #nextInstallation: number;

  constructor(world: World, seed: number) {
    this.#world = world;
    this.#dice = makeDice(seed, "credentials");
    this.#nextInstallation = 50_000_000 + (hash32("installations", seed) % 1_000_000);
  }

  /** A classic personal access token; it does what its owner may do, within the scopes. */
  classic(user: E.User, scopes: readonly string[], token = this.#secret("ghp_", 36)): string {
    const viewer: Viewer = { is: "user", user, app: null, permissions: permissionsOfScopes(scopes), repositoryIds: seesPrivate(scopes) ? null : new Set<number>(), budget: `user:${user.id}` };
    return this.#add({ token, kind: "classic", viewer, scopes, installation: null, expiresAt: null });
  }

  /** A fine-grained token: named permissions, all repositories of its owner's organisations or the named ones. */
  fineGrained(user: E.User, permissions: Permissions, repositories: readonly E.Repository[] | null = null, token = `${this.#secret("github_pat_", 22)}_${this.#secret("", 59)}`): string {
    const repositoryIds = repositories === null ? null : new Set(repositories.map(({ id }) => id));
    return this.#add({ token, kind: "fine-grained", viewer: { is: "user", user, app: null, permissions, repositoryIds, budget: `user:${user.id}` }, scopes: [], installation: null, expiresAt: null });
  }

  /** Makes an app known by its public key (PEM), so that its JSON web tokens can be verified. */
  registerApp(app: E.App, publicKey: string, permissions: Permissions, events: readonly string[] = []): RegisteredApp {
    const registered = { app, publicKey, permissions, events, clientId: `Iv23li${hash32(app.slug, app.id).toString(36).padStart(14, "0")}` };
    this.#apps.set(String(app.id), registered);
    this.#apps.set(registered.clientId, registered);
    return registered;
  }

  install(registered: RegisteredApp, account: E.Account, repositories: readonly E.Repository[] | null = null): Installation {
    const installation: Installation = { id: this.#nextInstallation, registered, account, permissions: registered.permissions, events: registered.events, repositories, createdAt: this.#world.now(), suspendedAt: null };
    this.#nextInstallation += 1;
    this.#installations.set(installation.id, installation);
    return installation;
  }

  /** A token of an installation, good for an hour; `permissions` and `repositories` can only narrow what was granted. */
  installationToken(installation: Installation, permissions: Permissions = installation.permissions, repositories: readonly E.Repository[] | null = installation.repositories): Credential {
    const { app } = installation.registered;
    // A token sees the repositories of its account, whatever else the world holds.
    const granted = repositories ?? [...this.#world.repositories.values()].filter(({ owner, deleted }) => owner === installation.account && !deleted);
    const viewer: Viewer = { is: "installation", user: this.#botOf(app), app, permissions: { metadata: "read", ...permissions }, repositoryIds: new Set(granted.map(({ id }) => id)), budget: `installation:${installation.id}` };
    const credential: Credential = { token: this.#secret("ghs_", 36), kind: "installation", viewer, scopes: [], installation, expiresAt: this.#world.now() + HOUR, followsAccount: repositories === null };
    this.#add(credential);
    return credential;
  }

  revoke(token: string): boolean {
    return this.#tokens.delete(token);
  }

  /** Throws GitHub's 401 for a credential that is not, or no longer, good. */
  authenticate(authorization: string | undefined, from: string): Caller {
    const token = tokenOf(authorization);
    if (token === null) return { viewer: { is: "anonymous", user: null, app: null, permissions: { metadata: "read" }, repositoryIds: null, budget: `anonymous:${from}` }, credential: null, registered: null };
    if (looksLikeJwt(token)) {
      const registered = this.#apps.get(verifyAppJwt(token, this.#world.now(), (issuer) => this.#apps.get(issuer)?.publicKey ?? null));
      if (registered === undefined) throw badCredentials();
      return { viewer: { is: "app", user: null, app: registered.app, permissions: {}, repositoryIds: new Set<number>(), budget: `app:${registered.app.id}` }, credential: null, registered };
    }
    const credential = this.#tokens.get(token);
    if (credential === undefined || (credential.viewer.user?.deleted ?? false)) throw badCredentials();
    if (credential.expiresAt !== null && credential.expiresAt <= this.#world.now()) {
      this.#tokens.delete(token);
      throw badCredentials();
    }
    return { viewer: this.#current(credential), credential, registered: null };
  }

  installations(): readonly Installation[] {
    return [...this.#installations.values()];
  }

  installation(id: number): Installation | undefined {
    return this.#installations.get(id);
  }

  uninstall(id: number): boolean {
    for (const [token, { installation }] of this.#tokens) if (installation?.id === id) this.#tokens.delete(token);
    return this.#installations.delete(id);
  }

  app(slug: string): RegisteredApp | undefined {
    return [...this.#apps.values()].find(({ app }) => app.slug === slug);
  }

  /** An installation on all repositories sees those that came after its token was made, and no longer those that left. */
  #current(credential: Credential): Viewer {
    const { installation, viewer } = credential;
    if (installation === null || credential.followsAccount !== true) return viewer;
    const repositoryIds = new Set<number>();
    for (const { id, owner, deleted } of this.#world.repositories.values()) if (owner === installation.account && !deleted) repositoryIds.add(id);
    return { ...viewer, repositoryIds };
  }

  #botOf(app: E.App): E.User | null {
    const account = this.#world.accountsByLogin.get(`${app.slug}[bot]`);
    return account !== undefined && account.type !== "Organization" ? account : null;
  }

  #add(credential: Credential): string {
    this.#tokens.set(credential.token, credential);
    return credential.token;
  }

  #secret(prefix: string, length: number): string {
    const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    return prefix + Array.from({ length }, () => letters[Math.floor(this.#dice() * letters.length)]).join("");
  }
}

/** `Bearer x`, `token x`, or a password in `Basic`. */
function tokenOf(authorization: string | undefined): string | null {
  if (authorization === undefined || authorization === "") return null;
  const [scheme = "", value = ""] = authorization.split(" ", 2);
  if (scheme.toLowerCase() !== "basic") return value === "" ? scheme : value;
  const [user = "", password = ""] = Buffer.from(value, "base64").toString().split(":");
  return password === "" || password === "x-oauth-basic" ? user : password;
}
