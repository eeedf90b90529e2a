import Table from "cli-table3";
import type { Command } from "commander";
import { ConfigError } from "@octally/shared/errors";
import { dropDeadLetters, listDeadLetters, retryDeadLetters, type DeadLetter, type Outcome, type Selection } from "@octally/sync-worker/dead-letters";
import { requireInstance } from "../instance.ts";
import { makeDeadLetterPorts } from "../local-use-cases.ts";

type Options = { readonly json?: boolean; readonly all?: boolean };

export function registerDeadLetters(program: Command): void {
  const command = program.command("dead-letters").description("what could not be processed: why, and what to do with it");
  command.command("list").description("every dead letter with its reason, newest first").option("--json", "one JSON object a line").action(list);
  command.command("show").argument("<id>", "as `list` names it").description("one dead letter whole: reason, request, answer").option("--json", "one JSON object").action(show);
  command
    .command("retry")
    .argument("[id...]", "as `list` names them")
    .description("put them back on the queues they came from, as they were, after the cause is gone")
    .option("--all", "every one")
    .option("--json", "one JSON object")
    .action((ids: readonly string[], options: Options) => settle("retried", retryDeadLetters, ids, options));
  command
    .command("drop")
    .argument("[id...]", "as `list` names them")
    .description("give them up for good")
    .option("--all", "every one")
    .option("--json", "one JSON object")
    .action((ids: readonly string[], options: Options) => settle("dropped", dropDeadLetters, ids, options));
}

async function ports() {
  return makeDeadLetterPorts(await requireInstance(process.env));
}

async function list(options: Options): Promise<void> {
  const letters = await listDeadLetters(await ports());
  if (options.json === true) {
    for (const { document, body, ...letter } of letters) console.log(JSON.stringify({ ...letter, document, bytes: body === null ? null : Buffer.byteLength(body) }));
    return;
  }
  if (letters.length === 0) {
    console.log("No dead letters.");
    return;
  }
  const table = new Table({ head: ["id", "event or job", "failed at", "reason"], style: { head: [], border: [] }, wordWrap: true, colWidths: [null, 40, null, 60] });
  for (const { id, event, job, failedAt, reason, waiting } of letters) {
    table.push([id, job ?? event ?? "?", failedAt ?? "?", printable(waiting ? reason : `${reason}\n(its message is no longer on the queue: only \`octally ${job === null ? "replay" : "check"}\` can make up for it)`)]);
  }
  console.log(table.toString());
  console.log(`${letters.length} dead letter${letters.length === 1 ? "" : "s"}. \`octally dead-letters show <id>\` tells more, \`retry <id>\` or \`retry --all\` tries again.`);
}

async function show(id: string, options: Options): Promise<void> {
  const letter = (await listDeadLetters(await ports())).find((candidate) => candidate.id === id);
  if (letter === undefined) throw new ConfigError(`There is no dead letter "${id}". \`octally dead-letters list\` names those there are.`);
  console.log(options.json === true ? JSON.stringify(letter) : text(letter));
}

function text(letter: DeadLetter): string {
  const { document, body, ...facts } = letter;
  return [
    ...Object.entries(facts).map(([name, value]) => `${name}: ${value === null ? "unknown" : printable(String(value))}`),
    "",
    "request:",
    JSON.stringify(document?.["request"] ?? { body }, undefined, 2),
    "",
    "answer:",
    JSON.stringify(document?.["response"] ?? null, undefined, 2),
  ].join("\n");
}

async function settle(done: string, act: (on: Awaited<ReturnType<typeof ports>>, selection: Selection) => Promise<Outcome>, ids: readonly string[], options: Options): Promise<void> {
  if ((options.all === true) === ids.length > 0) throw new ConfigError("Say which: the ids that `octally dead-letters list` shows, or --all.");
  const outcome = await act(await ports(), options.all === true ? { all: true } : { ids });
  if (options.json === true) console.log(JSON.stringify(outcome));
  else {
    console.log(`${outcome.done.length} ${done}.`);
    for (const id of outcome.unknown) console.error(`There is no dead letter "${printable(id)}".`);
    for (const id of outcome.gone) console.error(`The message of "${id}" is no longer on the queue: only \`octally replay\` or \`octally check\` can make up for it.`);
  }
  if (outcome.unknown.length > 0 || outcome.gone.length > 0) process.exitCode = 1;
}

/** A reason may quote a body, and a terminal obeys control characters. */
function printable(reason: string): string {
  return reason.replaceAll(/[^\P{C}\n]/gu, "\uFFFD");
}
