/**
 * Versioned writes (SPEC I1, I2, I5): whatever the order and however often observations arrive, the one that takes
 * precedence stays, and every operation has its own result.
 *
 * Written over the bulk API itself: the client's bulk helper retries only 429, drops every other failure in silence, and
 * cannot write a version of 63 bits.
 */
import type { Client } from "@opensearch-project/opensearch";
import type { Kind } from "@octally/model/define-kind";
import type { Observation } from "@octally/model/observation";
import { AppError, PermanentError, messageOf, toAppError } from "@octally/shared/errors";
import { ensureShelf } from "./bootstrap.ts";
import { bulkChunks, toOperation, type BulkOperation } from "./bulk-body.ts";
import { sendBulk, type BulkItem } from "./bulk-call.ts";
import { failureOf } from "./client.ts";
import { DEFAULT_PREFIX, shelfOf, writeAlias } from "./names.ts";
import { rivalsOf } from "./rivals.ts";
import { mayBeEqual, settleEquals } from "./settle.ts";

export type WriteResult =
  /** It is in the store, searchable after the next refresh. */
  | { readonly outcome: "written" }
  /** Something that takes precedence is there already: success. */
  | { readonly outcome: "superseded" }
  | { readonly outcome: "failed"; readonly error: AppError; readonly response: unknown };

export type Store = {
  /**
   * One result for each observation, in their order. Of several observations of one thing in one call the one that takes
   * precedence is written; where the store refuses it, the next.
   * @throws TransientError where the store cannot be reached at all
   */
  readonly write: (observations: readonly Observation[]) => Promise<readonly WriteResult[]>;
};

const SUPERSEDED: WriteResult = { outcome: "superseded" };

export function makeStore(client: Client, kinds: readonly Kind[], prefix = DEFAULT_PREFIX): Store {
  const byName = new Map(kinds.map((kind) => [kind.name, kind]));

  /** A monthly kind's months are apart, in one call as in several. */
  function placeOf({ kind: name, version, id }: Observation): string {
    const kind = byName.get(name);
    return `${kind === undefined ? name : writeAlias(prefix, shelfOf(kind, version))}/${id}`;
  }

  /** The operation, or why there is none. */
  function operationOf(observation: Observation): BulkOperation | WriteResult {
    const kind = byName.get(observation.kind);
    if (kind === undefined) return failed(new PermanentError("unknown-kind", `No kind is named "${observation.kind}".`));
    const shelf = shelfOf(kind, observation.version);
    try {
      return toOperation(kind, shelf, writeAlias(prefix, shelf), observation);
    } catch (cause) {
      return failed(new PermanentError("not-writable", `The document cannot be written as JSON: ${messageOf(cause)}`, { cause }));
    }
  }

  /** One result for each; one that is refused or meets a failure takes none of the others along. */
  async function writeEach(observations: readonly Observation[]): Promise<ReadonlyMap<Observation, WriteResult>> {
    const results = new Map<Observation, WriteResult>();
    const operations: BulkOperation[] = [];
    for (const observation of observations) {
      const operation = operationOf(observation);
      if ("outcome" in operation) results.set(observation, operation);
      else operations.push(operation);
    }
    for (const [operation, result] of await writeOperations(client, prefix, operations)) results.set(operation.observation, result);
    return results;
  }

  return {
    async write(observations) {
      const results = new Map<Observation, WriteResult>();
      let open = rivalsOf(observations, placeOf);
      while (open.length > 0) {
        const round = await writeEach(open.flatMap(([first]) => (first === undefined ? [] : [first.observation])));
        open = open.flatMap(([first, ...rest]) => {
          if (first === undefined) return [];
          const result = round.get(first.observation) ?? failed(failureOf(500, undefined));
          results.set(first.observation, result);
          for (const same of first.same) results.set(same, givenWay(result));
          // What gave way to one that is refused stands for itself: a poison message fails alone (SPEC I10).
          if (result.outcome === "failed" && !result.error.retryable) return rest.length === 0 ? [] : [rest];
          for (const { observation, same } of rest) for (const loser of [observation, ...same]) results.set(loser, givenWay(result));
          return [];
        });
      }
      return observations.map((observation) => results.get(observation) ?? failed(failureOf(500, undefined)));
    },
  };
}

/** What gave way to another of the same call shares its fate: if that one comes again, this one does too. */
function givenWay(result: WriteResult): WriteResult {
  return result.outcome === "written" ? SUPERSEDED : result;
}

async function writeOperations(client: Client, prefix: string, operations: readonly BulkOperation[]): Promise<ReadonlyMap<BulkOperation, WriteResult>> {
  const results = new Map<BulkOperation, WriteResult>();
  const equals: BulkOperation[] = [];
  const chunks = bulkChunks(operations);
  for (const [position, chunk] of chunks.entries()) {
    try {
      for (const [operation, answer] of await sendEnsuring(client, prefix, chunk)) {
        if (!(answer instanceof AppError) && answer.status === 409 && mayBeEqual(answer, operation.observation.version)) equals.push(operation);
        else results.set(operation, resultOf(answer));
      }
    } catch (thrown) {
      if (position === 0) throw thrown;
      // What was written is written; the rest comes again.
      for (const operation of chunks.slice(position).flat()) results.set(operation, failed(toAppError(thrown)));
      break;
    }
  }
  for (const [operation, answer] of await settleOrFail(client, equals)) results.set(operation, answer === "kept" ? SUPERSEDED : resultOf(answer));
  return results;
}

const NO_PLACE: ReadonlySet<string> = new Set(["index_not_found_exception", "cluster_block_exception"]);

type Answers = ReadonlyMap<BulkOperation, BulkItem | AppError>;

/**
 * A writer that finds no index makes it (a new month, indices deleted under a running system), once. One that finds its index closed for
 * writes was under way while an upgrade turned them: its alias names the new one now.
 */
async function sendEnsuring(client: Client, prefix: string, operations: readonly BulkOperation[]): Promise<Answers> {
  const items = await sendBulk(client, operations);
  const answers = new Map<BulkOperation, BulkItem | AppError>(operations.map((operation, index) => [operation, items[index] ?? LOST_ITEM]));
  const missing = operations.filter((_, index) => NO_PLACE.has(items[index]?.error?.type ?? ""));
  for (const group of Map.groupBy(missing, ({ target }) => target).values()) {
    const [first] = group;
    if (first === undefined) continue;
    try {
      await ensureShelf(client, first.kind, first.shelf, prefix);
      const again = await sendBulk(client, group);
      for (const [index, operation] of group.entries()) answers.set(operation, again[index] ?? LOST_ITEM);
    } catch (thrown) {
      for (const operation of group) answers.set(operation, toAppError(thrown));
    }
  }
  return answers;
}

async function settleOrFail(client: Client, equals: readonly BulkOperation[]): Promise<ReadonlyMap<BulkOperation, BulkItem | AppError | "kept">> {
  try {
    return await settleEquals(client, equals);
  } catch (thrown) {
    const error = toAppError(thrown);
    return new Map(equals.map((operation) => [operation, error]));
  }
}

const LOST_ITEM: BulkItem = { status: 500, error: { type: "missing_item", reason: "the bulk answer has no item for this operation" } };

function resultOf(answer: BulkItem | AppError): WriteResult {
  if (answer instanceof AppError) return failed(answer);
  if (answer.status < 300) return { outcome: "written" };
  if (answer.status === 409) return SUPERSEDED;
  return failed(failureOf(answer.status, answer.error), answer);
}

function failed(error: AppError, response: unknown = null): WriteResult {
  return { outcome: "failed", error, response };
}
