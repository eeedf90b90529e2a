/** Where a repository is now, by its id, which outlives its name. */
import type { Call } from "@octally/github/call";
import { toRepositoryRef } from "@octally/model/place";
import type { RepositoryRef } from "@octally/model/observation";
import { TransientError } from "@octally/shared/errors";
import { isJsonObject, part, textAt, type JsonObject } from "@octally/shared/json";
import type { GitHubPort } from "./walks/walk.ts";

export type FoundRepository =
  /** `found`: itself, as REST shows it. */
  | { readonly is: "there" | "moved"; readonly repository: RepositoryRef; readonly owner: string; readonly observedAt: string | null; readonly found: JsonObject }
  /** GitHub shows it no more: deleted, or hidden from this token. `isUnknown`: GitHub knows none, and refuses nothing. */
  | { readonly is: "hidden"; readonly message: string; readonly observedAt: string | null; readonly isUnknown: boolean };

/** @throws TransientError where GitHub does not say */
export async function findRepository(github: Pick<GitHubPort, "get">, call: Call, known: RepositoryRef): Promise<FoundRepository> {
  const answer = await github.get({ path: "/repositories/{id}", parameters: { id: known.id } }, call);
  const { observedAt } = answer;
  if (answer.is === "missing" || answer.is === "disabled") return { is: "hidden", message: answer.message, observedAt, isUnknown: answer.is === "missing" && answer.why !== "legal" };
  if (answer.is === "forbidden") return { is: "hidden", message: answer.missing.message, observedAt, isUnknown: false };
  const repository = answer.is === "found" && isJsonObject(answer.data) ? toRepositoryRef(answer.data) : undefined;
  if (repository === undefined || answer.is !== "found" || !isJsonObject(answer.data)) throw new TransientError("github-unexpected", `GitHub does not say where repository ${known.id} is (${answer.is}).`);
  const owner = textAt(part(answer.data, "owner"), "login") ?? repository.name_with_owner.split("/")[0] ?? "";
  return { is: repository.name_with_owner.toLowerCase() === known.name_with_owner.toLowerCase() ? "there" : "moved", repository, owner, observedAt, found: answer.data };
}
