/** Where GitHub's budget goes, as `api-usage` documents: each process writes its own rows, again with their sums so far where these have changed. */
import { addUse, EMPTY_TALLY, forgetHours, usageRows, type ApiUsage, type ApiUse } from "@octally/shared/api-usage";
import { identityOf } from "@octally/model/define-kind";
import type { Observation } from "@octally/model/observation";
import { apiUsage } from "@octally/model/own/api-usage";
import { toVersion } from "@octally/model/version";
import { messageOf } from "@octally/shared/errors";
import type { Clock } from "@octally/shared/clock";
import type { Logger } from "@octally/shared/log";
import type { Store } from "./write.ts";

export type UsageLog = { readonly add: (use: ApiUse) => void; readonly flush: (store: Store, log: Logger) => Promise<void> };

/** `processName`: no other process, past or present, has it. */
export function makeUsageLog(processName: string, clock: Clock): UsageLog {
  let tally = EMPTY_TALLY;
  /** Rows are replaced, not changed: one that was written stands for its sums. A process that runs for weeks keeps two hours of them. */
  let written: ReadonlySet<ApiUsage> = new Set();
  return {
    add(use) {
      tally = addUse(tally, use);
    },
    /** Best effort: no job fails because its cost could not be written; the next flush has it. */
    async flush(store, log) {
      const rows = usageRows(tally);
      const changed = rows.filter((row) => !written.has(row));
      if (changed.length === 0) return;
      const at = clock().toISOString();
      try {
        await store.write(changed.map((row) => toUsageObservation({ ...row, process: processName }, at)));
        const now = new Set(rows);
        tally = forgetHours(tally, (row) => !now.has(row));
        written = new Set(usageRows(tally).filter((row) => now.has(row)));
      } catch (thrown) {
        log.warn({ reason: messageOf(thrown) }, "the use of GitHub's budget could not be written; the next time");
      }
    },
  };
}

function toUsageObservation(document: Readonly<Record<string, string | number>>, at: string): Observation {
  const id = identityOf(apiUsage, document, null) ?? "unknown";
  return { kind: apiUsage.name, id, org: null, repository: null, document, deletedAt: null, version: toVersion(at, at), observedAt: at, source: "rest", archive: null };
}
