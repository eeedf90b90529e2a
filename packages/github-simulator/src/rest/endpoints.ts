/** Every endpoint that is served. */
import type { Endpoint } from "./call.ts";
import { APPS } from "./endpoints/apps.ts";
import { AUTOMATION } from "./endpoints/automation.ts";
import { COMMITS } from "./endpoints/commits.ts";
import { EVENTS } from "./endpoints/events.ts";
import { HOOKS } from "./endpoints/hooks.ts";
import { ISSUE_ENDPOINTS } from "./endpoints/issues.ts";
import { META } from "./endpoints/meta.ts";
import { ORGANIZATIONS } from "./endpoints/organizations.ts";
import { PLANNING } from "./endpoints/planning.ts";
import { PULLS_ENDPOINTS } from "./endpoints/pulls.ts";
import { REPOSITORIES } from "./endpoints/repositories.ts";
import { SEARCH } from "./endpoints/search.ts";
import { SECURITY } from "./endpoints/security.ts";
import { USERS } from "./endpoints/users.ts";
import { WRITES } from "./endpoints/writes.ts";

export const ENDPOINTS: readonly Endpoint[] = [
  ...META, ...USERS, ...ORGANIZATIONS, ...REPOSITORIES, ...COMMITS, ...ISSUE_ENDPOINTS, ...PULLS_ENDPOINTS, ...AUTOMATION,
  ...SECURITY, ...PLANNING, ...EVENTS, ...HOOKS, ...APPS, ...SEARCH, ...WRITES,
];
