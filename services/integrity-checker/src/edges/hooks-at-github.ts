/** Hooks at GitHub: those of an organisation, the log of one, a ping. */
import type { Call } from "@octally/github/call";
import type { GitHub } from "@octally/github/make-github";
import type { RestAnswer, RestListAnswer } from "@octally/github/rest";
import { toLogEntry, type Log, type LogEntry } from "../core/delivery-log.ts";
import type { Hook } from "../core/hook.ts";

export type Blind = { readonly is: "cannot-see"; readonly permission: string; readonly reason: string };

const PERMISSIONS: Readonly<Record<Hook["targetType"], string>> = { organization: "organization_hooks=read", repository: "repository_hooks=read", integration: "the App's own key" };

/** Undefined: no blindness. Whoever may not see hooks gets a 404 as often as a 403. */
function blindnessOf(answer: RestAnswer | Exclude<RestListAnswer, { is: "page" }>, type: Hook["targetType"]): Blind | undefined {
  if (answer.is === "forbidden") {
    const [set] = answer.missing.permissions;
    return { is: "cannot-see", permission: set === undefined || set.length === 0 ? PERMISSIONS[type] : set.join(","), reason: answer.missing.message };
  }
  return answer.is === "missing" || answer.is === "disabled" ? { is: "cannot-see", permission: PERMISSIONS[type], reason: `GitHub shows no such hook to this token: ${answer.message}` } : undefined;
}

export async function listHooks(github: Pick<GitHub, "list">, org: string, call: Call): Promise<{ readonly is: "hooks"; readonly items: readonly unknown[] } | Blind> {
  const items: unknown[] = [];
  for await (const page of github.list({ path: "/orgs/{org}/hooks", parameters: { org } }, call)) {
    if (page.is !== "page") return blindnessOf(page, "organization") ?? { is: "cannot-see", permission: PERMISSIONS.organization, reason: `GitHub does not list the hooks (${page.is}).` };
    items.push(...page.items);
  }
  return { is: "hooks", items };
}

export type ReadLog = Log & { readonly is: "log"; readonly requests: number };

/** Newest first, down to what `from` says when GitHub has told its present: by the Date of its answer, else by its newest entry. */
export async function readLog(github: Pick<GitHub, "list">, hook: Hook, from: (observedAt: string) => string, call: Call): Promise<ReadLog | Blind> {
  const entries: LogEntry[] = [];
  let observedAt: string | null = null;
  let requests = 0;
  const told = (whole: boolean): ReadLog => ({ is: "log", entries, whole, observedAt, requests });
  for await (const page of github.list({ path: `${hook.path}/deliveries` }, call)) {
    requests += 1;
    if (page.is !== "page") return blindnessOf(page, hook.targetType) ?? told(false);
    const read = page.items.map(toLogEntry);
    const wanted = read.filter((entry) => entry !== undefined);
    observedAt ??= page.observedAt ?? wanted[0]?.deliveredAt ?? null;
    if (observedAt === null) return told(false);
    const since = Date.parse(from(observedAt));
    entries.push(...wanted.filter(({ deliveredAt }) => Date.parse(deliveredAt) >= since));
    if (wanted.length < read.length) return told(false);
    if (wanted.some(({ deliveredAt }) => Date.parse(deliveredAt) < since)) break;
  }
  return told(true);
}

export async function ping(github: Pick<GitHub, "post">, hook: Hook, call: Call): Promise<{ readonly is: "asked" } | Blind> {
  const answer = await github.post({ path: `${hook.path}/pings` }, call);
  if (answer.is === "found") return { is: "asked" };
  return blindnessOf(answer, hook.targetType) ?? { is: "cannot-see", permission: PERMISSIONS[hook.targetType], reason: `GitHub does not ping (${answer.is}).` };
}
