/** People, organisations, their teams and Apps. */
import type { Millis, RepositoryPermission } from "./basics.ts";
import type { Hook } from "./hook.ts";
import type { Project } from "./project.ts";
import type { Repository } from "./repository.ts";

export type User = {
  readonly type: "User" | "Bot";
  readonly id: number;
  login: string;
  name: string | null;
  email: string | null;
  company: string | null;
  location: string | null;
  bio: string | null;
  readonly createdAt: Millis;
  updatedAt: Millis;
  /** A deleted account: what it wrote is shown as `ghost`'s in REST and as null in GraphQL. */
  deleted: boolean;
  /** The app whose bot this is. */
  readonly app: App | null;
};

export type Organization = {
  readonly type: "Organization";
  readonly id: number;
  login: string;
  name: string | null;
  description: string | null;
  email: string | null;
  readonly createdAt: Millis;
  updatedAt: Millis;
  members: readonly Membership[];
  invitations: readonly Invitation[];
  blocked: readonly User[];
  teams: readonly Team[];
  projects: readonly Project[];
  hooks: readonly Hook[];
};

export type Account = User | Organization;

export type Membership = { readonly user: User; role: "admin" | "member"; readonly since: Millis; readonly public: boolean };
export type Invitation = { readonly id: number; readonly user: User; readonly inviter: User; readonly role: "admin" | "direct_member"; readonly createdAt: Millis };

export type Team = {
  readonly id: number;
  readonly organization: Organization;
  name: string;
  slug: string;
  description: string | null;
  privacy: "closed" | "secret";
  parent: Team | null;
  members: readonly TeamMembership[];
  repositories: readonly TeamRepository[];
  readonly createdAt: Millis;
  updatedAt: Millis;
};
export type TeamMembership = { readonly user: User; role: "member" | "maintainer"; readonly since: Millis };
export type TeamRepository = { readonly repository: Repository; permission: RepositoryPermission };

export type App = {
  readonly id: number;
  readonly slug: string;
  readonly name: string;
  readonly owner: Account;
  readonly createdAt: Millis;
  /** Gets a check suite for each push, as an app with write access to checks does. Actions makes its own. */
  readonly checksPushes?: boolean;
};
