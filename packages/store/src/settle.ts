/**
 * Two observations of one thing with equal versions (a delivery that came twice, two changes within a tenth of a second, a
 * replay): both are compared, and the one that takes precedence stays, whichever came first.
 *
 * The write replaces exactly the document that was compared (`if_seq_no`); where another came between, the comparison is made
 * anew. Such a write raises OpenSearch's own version by one, so that it may lie a little above the document's: what decides is
 * `octally.version`, and write.ts compares also what is a little below.
 */
import type { Client } from "@opensearch-project/opensearch";
import { canonicalJson, comparePrecedence, precedenceOf, type Precedence } from "@octally/model/observation";
import * as z from "zod";
import { sendBulk, type BulkItem } from "./bulk-call.ts";
import type { BulkOperation, ReadState } from "./bulk-body.ts";
import { callStore } from "./client.ts";

const storedDocument = z.looseObject({
  octally: z.looseObject({ version: z.coerce.bigint(), observed_at: z.string(), deleted: z.boolean(), archive: z.string().nullable() }),
});
const mgetAnswer = z.object({
  docs: z.array(z.object({ _seq_no: z.number().optional(), _primary_term: z.number().optional(), _source: z.unknown().optional() })),
});

/** So often in a row somebody else may come between. */
const MAX_ROUNDS = 20;
const CONTENDED: BulkItem = { status: 503, error: { type: "contended", reason: `the document changed between reading and writing ${MAX_ROUNDS} times` } };

export async function settleEquals(client: Client, operations: readonly BulkOperation[]): Promise<ReadonlyMap<BulkOperation, BulkItem | "kept">> {
  const answers = new Map<BulkOperation, BulkItem | "kept">();
  /** Their versions were tried since the stored document was found to be of a lower one. */
  const tried = new Set<BulkOperation>();
  let open = operations;
  for (let round = 0; round < MAX_ROUNDS && open.length > 0; round += 1) {
    const docs = open.map(({ target, observation }) => ({ _index: target, _id: observation.id }));
    const answer = mgetAnswer.parse((await callStore(() => client.mget({ body: { docs } }))).body);
    const states = new Map<BulkOperation, ReadState>();
    const ours: BulkOperation[] = [];
    for (const [index, operation] of open.entries()) {
      const { _seq_no: seqNo, _primary_term: primaryTerm, _source: stored } = answer.docs[index] ?? {};
      if (!takesPrecedence(operation, stored)) {
        answers.set(operation, "kept");
        continue;
      }
      ours.push(operation);
      // The alias names another index by now (an upgrade), where only an older state is yet: replaced as it was read, it would keep that one's version.
      if (!tried.has(operation) && isLower(stored, operation)) {
        tried.add(operation);
        continue;
      }
      if (seqNo !== undefined && primaryTerm !== undefined) states.set(operation, { seqNo, primaryTerm });
    }
    const items = await sendBulk(client, ours, states);
    for (const [index, operation] of ours.entries()) answers.set(operation, items[index] ?? CONTENDED);
    open = ours.filter((_, index) => items[index]?.status === 409);
  }
  for (const operation of open) answers.set(operation, CONTENDED);
  return answers;
}

function isLower(stored: unknown, { observation }: BulkOperation): boolean {
  const parsed = storedDocument.safeParse(stored);
  return parsed.success && parsed.data.octally.version < observation.version;
}

function takesPrecedence(operation: BulkOperation, stored: unknown): boolean {
  const parsed = storedDocument.safeParse(stored);
  // Gone meanwhile, or written by somebody else in another form: ours is as good as any.
  if (!parsed.success) return true;
  const { octally } = parsed.data;
  const there: Precedence = {
    version: octally.version,
    observedAt: octally.observed_at,
    deleted: octally.deleted,
    archive: octally.archive ?? "",
    content: canonicalJson(stored),
  };
  const ours = precedenceOf(operation.observation);
  // The same raw input, read again: the reading of today counts (a replay after a mapping was corrected).
  const sameInput = there.archive !== "" && there.version === ours.version && there.observedAt === ours.observedAt && there.archive === ours.archive;
  return sameInput ? there.content !== ours.content : comparePrecedence(ours, there) > 0;
}

/** By how much OpenSearch's version may lie above the document's own: one for each settling of equal versions, and of a replay. */
const MAX_RAISED = 1024n;

/**
 * A conflict says "current version [A] is higher or equal to the one provided [B]": where A is far above, what is there is later; else the
 * documents must be compared. Where the text does not say it, they are.
 */
export function mayBeEqual(item: BulkItem, version: bigint): boolean {
  const current = /current version \[(\d+)\]/.exec(item.error?.reason ?? "")?.[1];
  return current === undefined || BigInt(current) - version <= MAX_RAISED;
}
