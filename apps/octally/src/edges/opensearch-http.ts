/** Small reads of OpenSearch that need no client: counts for `status`, a first "are you there" for `doctor`. */
import { TransientError } from "@octally/shared/errors";
import { isJsonObject, part, textAt } from "@octally/shared/json";
import { withoutCredentials } from "../core/settings.ts";

const TIMEOUT_MS = 5000;

/** @throws TransientError when it cannot be reached or does not answer 2xx. */
export async function readOpenSearch(url: string, path: string, body?: object): Promise<unknown> {
  const target = new URL(url);
  const { username, password } = target;
  target.username = "";
  target.password = "";
  const answer = await fetch(`${target.href.replace(/\/+$/u, "")}${path}`, {
    method: body === undefined ? "GET" : "POST",
    headers: {
      "content-type": "application/json",
      // fetch refuses a URL with a user in it.
      ...(username === "" ? {} : { authorization: `Basic ${Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString("base64")}` }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch((cause: unknown) => {
    throw new TransientError("store-unavailable", `OpenSearch at ${target.origin} cannot be reached.`, { cause });
  });
  if (!answer.ok) throw new TransientError("store-unavailable", `OpenSearch at ${target.origin} answered ${answer.status} to ${path}.`);
  return answer.json().catch((cause: unknown) => {
    throw new TransientError("store-unavailable", `What answers at ${target.origin} is no OpenSearch: its answer to ${path} is no JSON.`, { cause });
  });
}

/** @throws TransientError when it cannot be reached, or is something else. */
export async function greetOpenSearch(url: string): Promise<void> {
  const answer = await readOpenSearch(url, "/");
  const version = part(isJsonObject(answer) ? answer : undefined, "version");
  if (textAt(version, "number") === undefined) throw new TransientError("store-unavailable", `What answers at ${withoutCredentials(url)} is no OpenSearch: it does not tell its version.`);
}
