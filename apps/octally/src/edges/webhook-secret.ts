import { randomBytes } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { LocalConfig } from "../core/settings.ts";
import { makeFolder } from "./make-folder.ts";

export type WebhookSecret = { readonly value: string; /** The file it is kept in; undefined when it comes from the environment. */ readonly file: string | undefined };

export function secretFile(home: string): string {
  return join(home, "webhook-secret");
}

/** `GITHUB_WEBHOOK_SECRET`, else the one of the home, which is made at the first start and readable by its owner only. */
export async function resolveWebhookSecret(config: LocalConfig, home: string): Promise<WebhookSecret> {
  if (config.GITHUB_WEBHOOK_SECRET !== undefined) return { value: config.GITHUB_WEBHOOK_SECRET, file: undefined };
  const file = secretFile(home);
  const kept = (await readFile(file, "utf8").catch(() => "")).trim();
  if (kept !== "") return { value: kept, file };
  const made = randomBytes(32).toString("hex");
  await makeFolder(home);
  await writeFile(file, `${made}\n`, { mode: 0o600 });
  return { value: made, file };
}
