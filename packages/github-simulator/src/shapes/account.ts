/** People, bots and organisations, in the form that stands inside everything else and in their own. */
import type { Account, Organization, User } from "../world/entities.ts";
import { avatar, iso, type Json, once, type Shaping } from "./shaping.ts";

/** The form that stands inside other things. A deleted account is shown as `ghost`; an organisation as owner has this form too. */
export function toUser(s: Shaping, account: Account): Json {
  const shown = account.type !== "Organization" && account.deleted ? s.world.ghost : account;
  return once(s, "user", shown, () => {
    const url = `${s.base.api}/users/${encodeURIComponent(shown.login)}`;
    return {
      login: shown.login,
      id: shown.id,
      node_id: s.nodeId(shown.type, 0, shown.id),
      avatar_url: avatar(s, shown),
      gravatar_id: "",
      url,
      html_url: accountHtml(s, shown),
      followers_url: `${url}/followers`,
      following_url: `${url}/following{/other_user}`,
      gists_url: `${url}/gists{/gist_id}`,
      starred_url: `${url}/starred{/owner}{/repo}`,
      subscriptions_url: `${url}/subscriptions`,
      organizations_url: `${url}/orgs`,
      repos_url: `${url}/repos`,
      events_url: `${url}/events{/privacy}`,
      received_events_url: `${url}/received_events`,
      type: shown.type,
      user_view_type: "public",
      site_admin: false,
    };
  });
}

export function toUserOrNull(s: Shaping, user: User | null): Json | null {
  return user === null ? null : toUser(s, user);
}

/** Where GitHub shows nobody for a deleted account: reviews, review comments, events of the timeline. */
export function toUserUnlessDeleted(s: Shaping, user: User | null): Json | null {
  return user === null || user.deleted ? null : toUser(s, user);
}

function accountHtml(s: Shaping, account: Account): string {
  return account.type === "Bot" ? `${s.base.html}/apps/${account.app?.slug ?? account.login.replace("[bot]", "")}` : `${s.base.html}/${account.login}`;
}

/** `GET /users/{login}`; an organisation asked for there has this form too. */
export function toFullUser(s: Shaping, account: Account, counts: { readonly publicRepositories: number; readonly followers: number; readonly following: number }): Json {
  const person = account.type === "Organization" ? null : account;
  return {
    ...toUser(s, account),
    name: account.name,
    company: person?.company ?? null,
    blog: "",
    location: person?.location ?? null,
    email: account.email,
    hireable: null,
    bio: person?.bio ?? null,
    twitter_username: null,
    public_repos: counts.publicRepositories,
    public_gists: 0,
    followers: counts.followers,
    following: counts.following,
    created_at: iso(account.createdAt),
    updated_at: iso(account.updatedAt),
  };
}

/** The form of lists and of webhook payloads. */
export function toOrganization(s: Shaping, organization: Organization): Json {
  return once(s, "organization", organization, () => {
    const url = `${s.base.api}/orgs/${organization.login}`;
    return {
      login: organization.login,
      id: organization.id,
      node_id: s.nodeId("Organization", 0, organization.id),
      url,
      repos_url: `${url}/repos`,
      events_url: `${url}/events`,
      hooks_url: `${url}/hooks`,
      issues_url: `${url}/issues`,
      members_url: `${url}/members{/member}`,
      public_members_url: `${url}/public_members{/member}`,
      avatar_url: avatar(s, organization),
      description: organization.description,
    };
  });
}

/** `GET /orgs/{org}`; `forMember` adds what only members and apps with rights on the organisation see. */
export function toFullOrganization(s: Shaping, organization: Organization, counts: { readonly publicRepositories: number; readonly privateRepositories: number }, forMember = false): Json {
  return {
    ...toOrganization(s, organization),
    name: organization.name,
    company: null,
    blog: null,
    location: null,
    email: organization.email,
    twitter_username: null,
    is_verified: false,
    has_organization_projects: true,
    has_repository_projects: true,
    public_repos: counts.publicRepositories,
    public_gists: 0,
    followers: 0,
    following: 0,
    html_url: `${s.base.html}/${organization.login}`,
    created_at: iso(organization.createdAt),
    updated_at: iso(organization.updatedAt),
    archived_at: null,
    type: "Organization",
    ...(forMember ? forMembers(organization, counts.privateRepositories) : {}),
  };
}

function forMembers(organization: Organization, privateRepositories: number): Json {
  return {
    total_private_repos: privateRepositories,
    owned_private_repos: privateRepositories,
    private_gists: 0,
    disk_usage: 0,
    collaborators: 0,
    billing_email: organization.email,
    default_repository_permission: "read",
    members_can_create_repositories: true,
    two_factor_requirement_enabled: false,
    members_allowed_repository_creation_type: "all",
    members_can_create_public_repositories: true,
    members_can_create_private_repositories: true,
    members_can_create_internal_repositories: false,
    members_can_create_pages: true,
    members_can_fork_private_repositories: false,
    web_commit_signoff_required: false,
    plan: { name: "team", space: 976_562_499, private_repos: 999_999, filled_seats: organization.members.length, seats: organization.members.length },
  };
}

