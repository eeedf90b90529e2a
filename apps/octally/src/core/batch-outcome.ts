/** What Lambda does with the answer of an SQS handler that reports partial batch failures. */
export type BatchOutcome =
  | { readonly kind: "handled"; readonly failedIds: ReadonlySet<string> }
  | { readonly kind: "retry-all"; readonly reason: string };

/**
 * No answer, no list or an empty list: all are done. A list that names something else than a message of the batch: the whole batch
 * comes back, because it is not known which ones were done.
 */
export function decideBatchOutcome(response: unknown, messageIds: readonly string[]): BatchOutcome {
  if (response === undefined || response === null) return { kind: "handled", failedIds: new Set() };
  if (typeof response !== "object") return { kind: "retry-all", reason: "the response is no object" };
  const failures: unknown = "batchItemFailures" in response ? response.batchItemFailures : undefined;
  if (failures === undefined || failures === null) return { kind: "handled", failedIds: new Set() };
  if (!Array.isArray(failures)) return { kind: "retry-all", reason: "batchItemFailures is no list" };
  const known = new Set(messageIds);
  const failedIds = new Set<string>();
  for (const failure of failures as readonly unknown[]) {
    const id = typeof failure === "object" && failure !== null && "itemIdentifier" in failure ? failure.itemIdentifier : undefined;
    if (typeof id !== "string" || !known.has(id)) return { kind: "retry-all", reason: "an itemIdentifier names no message of the batch" };
    failedIds.add(id);
  }
  return { kind: "handled", failedIds };
}
