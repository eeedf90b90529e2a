import { expect, test } from "@jest/globals";
import type { WebhookHealth } from "./checker-news.ts";
import { webhookFindings, webhookLine } from "./webhooks-report.ts";

const NOW = "2026-11-21T12:00:00Z";
const hook = (more: Partial<WebhookHealth>): WebhookHealth => ({ hook: "/orgs/octo/hooks/1", health: "well", asked_at: "2026-11-21T11:50:00Z", seen_at: "2026-11-21T09:00:00Z", reason: null, ...more });

test.each([
  ["well", "Webhooks come (/orgs/octo/hooks/1): GitHub's last ping arrived, asked for 10 min ago."],
  ["waiting", "Webhooks (/orgs/octo/hooks/1): a ping was asked for 10 min ago and is awaited."],
  ["cannot-ask", "Webhooks (/orgs/octo/hooks/1): whether they come cannot be tried."],
  ["unknown", "Webhooks (/orgs/octo/hooks/1): not tried yet."],
] as const)("%s", (health, line) => {
  expect(webhookLine(hook({ health }), NOW)).toBe(line);
});

test("silence says since when, what it means and where to look, and is a problem", () => {
  const silent = hook({ health: "silent" });
  expect(webhookLine(silent, NOW)).toMatch(/^WEBHOOKS ARE SILENT .* asked for 10 min ago has not arrived, the last one did 3 h ago\. .*Recent deliveries/);
  expect(webhookFindings([hook({}), silent], NOW).map(({ ok }) => ok)).toEqual([false, true]);
});
