/** What `up`, `status` and `doctor` say of whether webhooks come. Pure. */
import { silentOnes, type WebhookHealth } from "./checker-news.ts";
import { ageText, completenessLine, type StoredTotal } from "./completeness-report.ts";
import type { Finding } from "./finding.ts";

export function webhookLine({ hook, health, asked_at: asked, seen_at: seen, reason }: WebhookHealth, now: string): string {
  const ago = (at: string | null): string => (at === null ? "" : ` ${ageText(at, now)} ago`);
  switch (health) {
    case "well":
      return `Webhooks come (${hook}): GitHub's last ping arrived, asked for${ago(asked)}.`;
    case "waiting":
      return `Webhooks (${hook}): a ping was asked for${ago(asked)} and is awaited.`;
    case "silent":
      return `WEBHOOKS ARE SILENT (${hook}): a ping asked for${ago(asked)} has not arrived${seen === null ? "" : `, the last one did${ago(seen)}`}. Nothing that GitHub delivers arrives; the hourly look at its log brings it later. See the hook's "Recent deliveries" at GitHub, and the way from there to this machine.`;
    case "cannot-ask":
      return `Webhooks (${hook}): whether they come cannot be tried. ${reason ?? ""}`.trimEnd();
    case "unknown":
      return `Webhooks (${hook}): not tried yet.`;
    default:
      return health satisfies never;
  }
}

/** Whether webhooks come, and how much of what GitHub has is here; null: the store cannot be read. */
export function mirrorLines({ webhooks, completeness }: { readonly webhooks: readonly WebhookHealth[]; readonly completeness: readonly StoredTotal[] | null }, now: string): readonly string[] {
  return [...webhooks.map((one) => webhookLine(one, now)), ...(completeness === null ? ["Completeness cannot be read now."] : completenessLine(completeness, now).split("\n"))];
}

export function webhookFindings(webhooks: readonly WebhookHealth[], now: string): readonly Finding[] {
  const silent = silentOnes(webhooks);
  return [
    ...silent.map((one): Finding => ({ name: "webhooks", ok: false, problem: webhookLine(one, now) })),
    ...webhooks.filter((one) => !silent.includes(one)).map((one): Finding => ({ name: "webhooks", ok: true, detail: webhookLine(one, now) })),
  ];
}
