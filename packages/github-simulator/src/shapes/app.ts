import type { App, User } from "../world/entities.ts";
import { toUser } from "./account.ts";
import { iso, type Json, once, type Shaping } from "./shaping.ts";

/** A GitHub App, as it stands in check suites and in what it wrote. */
export function toApp(s: Shaping, app: App): Json {
  return once(s, "app", app, () => ({
    id: app.id,
    slug: app.slug,
    node_id: s.nodeId("App", 0, app.id),
    owner: toUser(s, app.owner),
    name: app.name,
    description: "",
    external_url: `https://${app.slug}.example.com`,
    html_url: `${s.base.html}/apps/${app.slug}`,
    created_at: iso(app.createdAt),
    updated_at: iso(app.createdAt),
    permissions: { actions: "write", checks: "write", contents: "write", issues: "write", metadata: "read", pull_requests: "write", statuses: "write" },
    events: ["check_run", "check_suite", "issues", "pull_request", "push"],
  }));
}

/** `performed_via_github_app`: the app whose bot the author is. */
export function toPerformingApp(s: Shaping, author: User): Json | null {
  return author.app === null ? null : toApp(s, author.app);
}
