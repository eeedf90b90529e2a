/** The sources as they are called today: a repository that is one by itself may have another name or owner by now, and GitHub leads on from the former. */
import type { Call } from "@octally/github/call";
import { isJsonObject, textAt } from "@octally/shared/json";
import { parseSource } from "./core/source.ts";
import { findRepositories } from "./find-places.ts";
import type { Allowance, CheckerPorts } from "./ports.ts";
import { refusalOf } from "./refusal.ts";

/** A request for each repository that the store knows by no such name. */
export async function sourcesToday(ports: Pick<CheckerPorts, "reader" | "github">, { sources, timeMs, signal }: Allowance & { readonly sources: readonly string[] }): Promise<readonly string[]> {
  const today: string[] = [];
  for (const source of sources) {
    const parsed = parseSource(source);
    const isKnown = parsed.name === null || (await findRepositories(ports, parsed)).length > 0;
    today.push(isKnown ? source : await calledToday(ports, source, { timeMs, ...(signal === undefined ? {} : { signal }) }));
  }
  return [...new Set(today)];
}

async function calledToday({ github }: Pick<CheckerPorts, "github">, source: string, { timeMs, signal }: Allowance): Promise<string> {
  try {
    const call: Call = { purpose: "repair", kind: "coverage", ...(signal === undefined ? {} : { signal }) };
    const connected = await github.clientFor(source, call);
    if (connected.is === "not-installed") return source;
    const { owner, name } = parseSource(source);
    const answer = await connected.github.get({ path: "/repos/{owner}/{repo}", parameters: { owner, repo: name ?? "" } }, { ...call, deadlineMs: connected.github.nowMs() + timeMs });
    return answer.is === "found" && isJsonObject(answer.data) ? (textAt(answer.data, "full_name") ?? source) : source;
  } catch (thrown) {
    if (refusalOf(thrown) === undefined) throw thrown;
    return source;
  }
}
